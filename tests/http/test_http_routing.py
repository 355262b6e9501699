"""Where a reply goes: decided on the server at the moment of sending, and written down with its reason."""

import re
import uuid
from typing import Any

import pytest
from support.host import CONTRACTOR, DOMAIN, EmbeddedHost, new_email, new_phone, reply_token
from support.mails import plain_text
from support.people import Browser, Staff
from support.waiting import stays, wait_until

#: a landline of London
LANDLINE = "+442079460018"


@pytest.fixture
def mobile(host: EmbeddedHost) -> str:
	"""Return a contractor's phone of this test's own."""
	number = new_phone()
	host.set(contractor_mobile=number)
	return number


def only_delivery(staff: Staff, browser: Browser, entry: int) -> dict[str, Any]:
	"""Return the one delivery of an entry."""
	[delivery] = staff.deliveries(browser.customer, entry)
	return delivery


def settled(browser: Browser, entry: int) -> str:
	"""Return the state of an entry once it is no longer being sent."""
	wait_until(lambda: browser.entry(entry)["state"] != "sending", what="settled")
	return str(browser.entry(entry)["state"])


@pytest.mark.parametrize(
	("has_phone", "has_mail", "channel", "reason"),
	[
		(True, True, "SMS", "customer has a phone"),
		(True, False, "SMS", "customer has a phone"),
		(False, True, "Email", "no phone number on file"),
		(False, False, None, "portal only: no phone number on file, no e-mail on file"),
	],
)
def test_it_routes_a_reply_by_what_is_on_file(
	host: EmbeddedHost,
	staff: Staff,
	mobile: str,
	has_phone: bool,
	has_mail: bool,
	channel: str | None,
	reason: str,
) -> None:
	contacts = {"phone": new_phone() if has_phone else "", "email": new_email() if has_mail else ""}
	browser = host.sign_in(host.add_customer("Sarah Lee", **contacts))
	words = f"routed {uuid.uuid4()}"

	entry = browser.reply(words)["id"]

	delivery = only_delivery(staff, browser, entry)
	assert delivery["channel"] == channel
	assert str(delivery["reason"]).startswith(reason) or reason in str(delivery["reason"])
	assert delivery["purpose"] == "Forward"
	if channel == "SMS":
		wait_until(lambda: len(host.texts_to(mobile, words)) == 1)
	elif channel == "Email":
		wait_until(lambda: len(host.mails_to(CONTRACTOR, words)) == 1)
	else:
		assert (delivery["state"], delivery["address"]) == ("Skipped", None)
	state = settled(browser, entry)
	assert state in ("sent", "delivered")
	assert (channel == "SMS") == bool(host.texts_to(mobile, words))
	assert (channel == "Email") == bool(host.mails_to(CONTRACTOR, words))


def test_it_mails_so_that_the_contractor_can_answer(host: EmbeddedHost, staff: Staff) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", email=new_email()))
	words = f"by mail {uuid.uuid4()}"
	browser.reply(words)

	[letter] = wait_until(lambda: host.mails_to(CONTRACTOR, words))
	message = letter.message
	assert message["To"] == CONTRACTOR
	assert "Sarah Lee" in str(message["From"])
	assert "Sarah Lee" in str(message["Subject"])
	assert reply_token(letter).endswith(DOMAIN)
	assert str(message["Message-ID"]).startswith("<")
	assert words in plain_text(letter)


def test_a_landline_takes_no_texts_and_its_owners_replies_are_texts_all_the_same(
	host: EmbeddedHost, staff: Staff, mobile: str
) -> None:
	customer = host.add_customer("Sarah Lee", phone=LANDLINE, email=new_email())
	browser = host.sign_in(customer)

	reply = only_delivery(staff, browser, browser.reply("she writes")["id"])
	sent = only_delivery(staff, browser, staff.do("send", customer=customer, text="he writes")["entry"]["id"])

	assert (reply["channel"], reply["address"]) == ("SMS", mobile)
	assert (sent["channel"], sent["reason"]) == ("Email", "by e-mail: the number cannot receive texts")


def test_stop_holds_for_what_goes_to_her_and_not_for_what_reaches_him(
	host: EmbeddedHost, staff: Staff, mobile: str, phone: str, address: str
) -> None:
	customer = host.add_customer("Sarah Lee", phone=phone, email=address)
	browser = host.sign_in(customer)
	host.text(phone, "STOP")
	reply = only_delivery(staff, browser, browser.reply("after STOP")["id"])
	stopped = only_delivery(
		staff, browser, staff.do("send", customer=customer, text="after STOP")["entry"]["id"]
	)
	host.text(phone, "START")
	again = only_delivery(
		staff, browser, staff.do("send", customer=customer, text="after START")["entry"]["id"]
	)

	assert (reply["channel"], reply["address"]) == ("SMS", mobile)
	assert [stopped["channel"], again["channel"]] == ["Email", "SMS"]
	assert "STOP" in str(stopped["reason"])


@pytest.mark.parametrize(
	("off", "contacts", "channel"),
	[
		({"contractor_mobile": ""}, "both", "Email"),
		({"contractor_mobile": "", "contractor_email": ""}, "both", None),
		({"twilio_auth_token": ""}, "both", "Email"),
		({"twilio_from_number": ""}, "both", "Email"),
		({"smtp_url": ""}, "email", None),
		({"contractor_email": ""}, "email", None),
		({"contractor_mobile": "", "smtp_url": ""}, "both", None),
	],
)
def test_it_decides_at_the_moment_of_sending(
	own_host: EmbeddedHost, off: dict[str, str], contacts: str, channel: str | None
) -> None:
	phone = new_phone() if contacts == "both" else ""
	browser = own_host.sign_in(own_host.add_customer("Sarah Lee", phone=phone, email=new_email()))
	# the page is open already
	own_host.set(**off)

	entry = browser.reply("which way now?")["id"]

	delivery = only_delivery(own_host.staff, browser, entry)
	assert delivery["channel"] == channel
	assert delivery["reason"]
	assert settled(browser, entry) in ("sent", "delivered")
	assert browser.texts() == ["which way now?"]


def test_it_uses_a_phone_that_became_known_after_the_page_was_opened(
	host: EmbeddedHost, staff: Staff, mobile: str
) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", email=new_email()))
	phone = new_phone()
	host.text(phone, "my new number")
	waiting = wait_until(lambda: staff.unmatched(phone))
	first = browser.reply("by mail")["id"]

	staff.do("assign", thread=waiting["thread"], customer=browser.customer)

	second = browser.reply("by text now")["id"]
	assert only_delivery(staff, browser, first)["channel"] == "Email"
	assert only_delivery(staff, browser, second)["channel"] == "SMS"
	wait_until(lambda: host.texts_to(mobile, "by text now"))


def test_it_falls_back_to_mail_when_twilio_refuses(host: EmbeddedHost, staff: Staff, sarah: Browser) -> None:
	words = f"refused {uuid.uuid4()}"
	host.twilio.fail_next(401, 20003, holding=words)

	entry = sarah.reply(words)["id"]

	wait_until(lambda: host.mails_to(CONTRACTOR, words))
	assert wait_until(lambda: sarah.entry(entry)["state"] == "sent")
	failed, instead = staff.deliveries(sarah.customer, entry)
	assert (failed["channel"], failed["state"], failed["error_code"]) == ("SMS", "Failed", "20003")
	assert "Auth Token" in failed["error"]
	assert (instead["channel"], instead["fallback_of"]) == ("Email", failed["id"])
	assert len(sarah.entries()) == 1


def state_on_page(browser: Browser, entry: int) -> tuple[str, str]:
	"""Return the state of an entry of the customer's as the page has it, and in what words."""
	row = browser.open().text.partition(f'<li id="{entry}" ')[2].partition("</li>")[0]
	found = re.search(r'data-state="(\w+)".*<span class="state">([^<]*)</span>', row, re.DOTALL)
	assert found, row
	return found[1], found[2]


def test_it_tells_the_customer_of_no_failure_that_is_not_theirs_to_mend(
	host: EmbeddedHost, staff: Staff
) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone()))
	host.set(contractor_email="")
	host.twilio.fail_next(401, 20003, holding="please arrive")
	client_id = str(uuid.uuid4())
	entry = browser.reply("please arrive", client_id)["id"]
	try:
		assert settled(browser, entry) == "sent"
		assert state_on_page(browser, entry) == ("sent", "Received")
		assert staff.deliveries(browser.customer, entry)[0]["state"] == "Failed"

		again = browser.reply("please arrive", client_id)

		assert again["id"] == entry
		wait_until(lambda: state_on_page(browser, entry) == ("delivered", "Delivered"))
		assert browser.texts() == ["please arrive"]
	finally:
		host.set(contractor_email=CONTRACTOR)


def test_it_can_be_tried_again_by_staff(host: EmbeddedHost, staff: Staff, mobile: str) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=new_phone()))
	host.set(contractor_email="")
	host.twilio.fail_next(400, 21606, holding="try again")
	entry = browser.reply("try again")["id"]
	try:
		assert settled(browser, entry) == "sent"
		failed = only_delivery(staff, browser, entry)

		retried = staff.do("retry", delivery=failed["id"])

		assert retried["id"] == failed["id"]
		wait_until(lambda: len(host.texts_to(mobile, "try again")) == 1)
		assert settled(browser, entry) in ("sent", "delivered")
		# it has not failed any more
		assert staff.post("retry", delivery=failed["id"]).status_code == 409
	finally:
		host.set(contractor_email=CONTRACTOR)


@pytest.mark.parametrize("delivery", ["", "nothing", "' OR 1=1", "0"])
def test_it_tries_nothing_again_that_is_not_there(staff: Staff, delivery: str) -> None:
	assert staff.post("retry", delivery=delivery).status_code == 404


def test_it_keeps_what_a_passing_trouble_holds_up(host: EmbeddedHost, staff: Staff, sarah: Browser) -> None:
	host.twilio.fail_next(429, 20429, holding="a little later")

	entry = sarah.reply("a little later")["id"]

	delivery = wait_until(lambda: [row for row in staff.deliveries(sarah.customer, entry) if row["error"]])[0]
	assert (delivery["state"], delivery["error_code"], delivery["attempts"]) == ("Queued", "20429", 1)
	assert delivery["due_at"]
	assert state_on_page(sarah, entry) == ("sent", "Received")


def test_it_has_received_what_it_passes_on_to_nobody(host: EmbeddedHost) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee"))

	entry = browser.reply("is anybody there?")

	assert entry["state"] == "sent"
	assert state_on_page(browser, entry["id"]) == ("sent", "Received")


@pytest.mark.embedded("a site's Email Queue tries a refused mail again, and tells nobody in the end")
def test_it_falls_back_to_a_text_when_the_mail_server_refuses(
	host: EmbeddedHost, staff: Staff, mobile: str
) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", email=new_email()))
	host.mailbox.refuse_next(550, "5.1.1 nobody here")
	words = f"refused mail {uuid.uuid4()}"

	browser.reply(words)

	wait_until(lambda: host.texts_to(mobile, words))
	stays(lambda: len(host.texts_to(mobile, words)) == 1 and not host.mails_to(CONTRACTOR, words))
