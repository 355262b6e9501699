"""How a customer is reached, as far as staff see it: consent, devices, clock and what was read."""

import uuid
from datetime import datetime, timezone
from typing import Any

from support.host import EmbeddedHost, text_params
from support.people import Browser, Staff, message_of

from customer_thread.standalone.demo.push_stand_in import PushedBrowser

CHROME = (
	"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
)


def facts(staff: Staff, customer: str) -> dict[str, Any]:
	thread = staff.thread(customer)["thread"]["thread"]
	found: dict[str, Any] = message_of(staff.get("facts", thread=thread))
	return found


def test_staff_see_how_she_is_reached(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str, address: str
) -> None:
	before = facts(staff, sarah.customer)
	assert before["timezone"] == "America/New_York"
	assert before["time_there"].endswith(("am", "pm"))
	assert [(one["address"], one["consent"]) for one in before["addresses"]] == [
		(address, None),
		(phone, None),
	]
	assert (before["devices"], before["read_at"], before["unread"]) == ([], None, 0)

	host.webhook("twilio_message", text_params(phone, "STOP", OptOutType="STOP"))
	sarah.open()
	browser = PushedBrowser(f"https://push.example.com/{uuid.uuid4()}")
	message_of(sarah.post("subscribe", subscription=browser.subscription, browser=CHROME))

	after = facts(staff, sarah.customer)
	[consent] = [one["consent"] for one in after["addresses"] if one["address"] == phone]
	assert (consent["state"], consent["how"]) == ("Opted Out", "texted STOP")
	assert datetime.fromisoformat(consent["at"]) <= datetime.now(timezone.utc)
	[device] = after["devices"]
	assert (device["device"], device["reached_at"]) == ("Chrome on Android", None)
	assert device["user"] == after["preferences"][0]["user"]


def test_staff_see_when_she_last_read(staff: Staff, sarah: Browser) -> None:
	first = staff.do("send", customer=sarah.customer, text="one", channel="portal")["entry"]["id"]
	second = staff.do("send", customer=sarah.customer, text="two", channel="portal")["entry"]["id"]
	assert (facts(staff, sarah.customer)["read_at"], facts(staff, sarah.customer)["unread"]) == (None, 2)

	sarah.open()
	sarah.mark_read(first)
	read = facts(staff, sarah.customer)
	assert read["unread"] == 1
	over = staff.thread(sarah.customer)["thread"]
	assert (over["customer_read_at"], over["customer_unread"]) == (read["read_at"], 1)

	# said again it is nothing new
	sarah.mark_read(first)
	assert facts(staff, sarah.customer)["read_at"] == read["read_at"]
	sarah.mark_read(second)
	last = facts(staff, sarah.customer)
	assert last["unread"] == 0
	assert last["read_at"] > read["read_at"]
