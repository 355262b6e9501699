"""Notices as the office makes them and the mailbox gets them; and what waits for quiet hours to end."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import requests
from support.host import BUSINESS, EmbeddedHost
from support.people import TIMEOUT, Browser, Staff, message_of
from support.waiting import wait_until


def be_quiet(browser: Browser, hours: int = 3) -> None:
	"""Let it be somebody's night, from an hour ago on."""
	now = datetime.now(timezone.utc)
	start, end = now - timedelta(hours=1), now + timedelta(hours=hours)
	answer = browser.post(
		"save_preferences", quiet_start=f"{start:%H:%M}", quiet_end=f"{end:%H:%M}", timezone="UTC", quiet=True
	)
	assert answer.status_code == 200, answer.text


def card(staff: Staff, customer: str, **given: object) -> int:
	said: dict[str, Any] = {"event_type": "Invoice sent", "title": "Invoice #2041 sent", "amount": "4200"}
	entry = staff.do("record_event", customer=customer, currency="USD", **said, **given)
	return int(entry["id"])


def became(staff: Staff, customer: str, entry: int) -> dict[str, tuple[str, str]]:
	rows = staff.deliveries(customer, entry)
	return {row["channel"]: (row["state"], row["reason"]) for row in rows if row["purpose"] == "Notice"}


def test_an_urgent_card_is_told_by_mail_and_ended_with_one_post(
	host: EmbeddedHost, staff: Staff, sarah: Browser
) -> None:
	be_quiet(sarah)
	entry = card(staff, sarah.customer, notify=True, urgent=True)
	[told] = [row for row in staff.deliveries(sarah.customer, entry) if row["channel"] == "Email"]
	# a user of a site has an address of their own
	[letter] = wait_until(lambda: host.mails_to(told["address"], "Invoice #2041 sent"))
	mail = letter.message

	assert mail["Subject"] == "Invoice #2041 sent — $4,200"
	assert mail["Auto-Submitted"] == "auto-generated"
	assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
	assert BUSINESS in mail["From"]
	found = wait_until(
		lambda: (
			became(staff, sarah.customer, entry)["Email"][0] == "Sent"
			and became(staff, sarah.customer, entry)
		)
	)
	assert found["Email"] == ("Sent", "sent: urgent")
	assert found["SMS"] == ("Skipped", "skipped: a text is the last resort")
	unsubscribe = mail["List-Unsubscribe"].strip("<>")
	ended = requests.post(unsubscribe, data={"List-Unsubscribe": "One-Click"}, timeout=TIMEOUT)
	assert ended.status_code == 200, ended.text
	again = card(staff, sarah.customer, notify=True, urgent=True)
	assert became(staff, sarah.customer, again)["Email"] == (
		"Skipped",
		"skipped: switched off in the notification settings",
	)


def test_what_is_not_urgent_waits_and_says_until_when(staff: Staff, sarah: Browser) -> None:
	be_quiet(sarah)
	entry = card(staff, sarah.customer, notify=True)
	state, reason = became(staff, sarah.customer, entry)["Email"]
	assert state == "Held"
	assert reason.startswith("held: quiet hours until ")
	assert reason.endswith(" in UTC")
	assert became(staff, sarah.customer, card(staff, sarah.customer)) == {}


def test_the_office_sees_the_night_and_lets_a_text_wait(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str
) -> None:
	card(staff, sarah.customer)
	be_quiet(sarah)
	shown = message_of(staff.get("way", customer=sarah.customer))
	assert shown["quiet_text"].startswith("Sarah’s quiet hours end at ")
	assert shown["quiet_until"] == staff.thread(sarah.customer)["thread"]["quiet_until"]
	[waits] = staff.do("send", customer=sarah.customer, text="Good morning", when="quiet")["deliveries"]
	assert (waits["state"], waits["due_at"]) == ("Held", shown["quiet_until"])
	staff.do("send", customer=sarah.customer, text="Good night", when="now")
	wait_until(lambda: host.texts_to(phone, "Good night"))
	assert host.texts_to(phone, "Good morning") == []
	[held] = staff.do("send", customer=sarah.customer, text="A reminder", automated=True)["deliveries"]
	assert held["state"] == "Held"


@pytest.mark.parametrize("when", ["later", "QUIET"])
def test_it_refuses_another_time(staff: Staff, sarah: Browser, when: str) -> None:
	answer = staff.post("send", customer=sarah.customer, text="Hi", when=when)
	assert answer.status_code == 400
