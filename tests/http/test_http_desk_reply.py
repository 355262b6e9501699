"""Answering from the Desk: which way it goes, once, and not where nobody would read it."""

import uuid
from typing import Any

import pytest
import requests
from support.host import (
	CONTRACTOR,
	NUMBER,
	OFFICE,
	EmbeddedHost,
	new_email,
	new_phone,
	reply_token,
	text_params,
)
from support.mails import mail
from support.people import API, Staff, message_of
from support.waiting import wait_until


def way(staff: Staff, **of: object) -> dict[str, Any]:
	found: dict[str, Any] = message_of(staff.get("way", **of))
	return found


def unmatched(staff: Staff, address: str) -> str:
	"""Return the thread in which an address waits."""
	waiting = staff.unmatched(address)
	assert waiting
	return str(waiting["thread"])


def test_it_says_how_a_message_will_go(host: EmbeddedHost, staff: Staff) -> None:
	phone, address = new_phone(), new_email()
	both = host.add_customer("Bob Both", phone=phone, email=address)
	none = host.add_customer("Bob None")
	staff.do("send", customer=both, text="opens it", channel="portal")
	staff.do("send", customer=none, text="opens it", channel="portal")

	short = way(staff, customer=both)
	assert (short["channel"], short["address"], short["reason"]) == ("sms", phone, "texts come first")
	assert short["text"] == f"Text to ({phone[2:5]}) {phone[5:8]}-{phone[8:]}"
	long = way(staff, customer=both, length=1601)
	assert (long["channel"], long["text"]) == ("email", f"E-mail to {address}")
	assert long["reason"] == "longer than a text may be (1,600 characters)"
	nowhere = way(staff, customer=none)
	assert (nowhere["channel"], nowhere["address"], nowhere["text"]) == (
		"portal",
		None,
		"Stays in the portal",
	)
	assert nowhere["reason"] == "no phone number on file, no e-mail on file"
	assert (short["channels"], nowhere["channels"]) == (["sms", "email", "portal"], ["portal"])
	by_mail = way(staff, customer=both, channel="email")
	assert (by_mail["text"], by_mail["reason"]) == (f"E-mail to {address}", "asked for")
	assert staff.get("way", customer=both, channel="pigeon").status_code == 400


def test_it_opens_a_thread_in_which_nothing_has_been_said(host: EmbeddedHost, staff: Staff) -> None:
	customer = host.add_customer("Bob First")
	opened = staff.do("open", customer=customer)
	assert (opened["title"], opened["last_words"], opened["waiting_since"]) == ("Bob First", "", None)
	assert staff.do("open", customer=customer)["thread"] == opened["thread"]
	assert way(staff, thread=opened["thread"])["channel"] == "portal"
	assert staff.post("open", customer="nobody").status_code == 404
	assert staff.post("open", lead="nobody").status_code == 404


def test_it_says_so_to_staff_alone(host: EmbeddedHost, staff: Staff) -> None:
	browser = host.sign_in(host.add_customer("Bob Asks", phone=new_phone()))
	staff.do("note", customer=browser.customer, text="opens it")
	url, params = f"{browser.base}{API}.desk.way", {"customer": browser.customer}
	assert browser.http.get(url, params=params, timeout=20).status_code == 403
	key = staff.token.partition(":")[0]
	for authorization in ("", "token", f"token {key}:wrong"):
		headers = {"Authorization": authorization} if authorization else {}
		host.check_refused(requests.get(url, params=params, headers=headers, timeout=20))


@pytest.mark.parametrize(
	("params", "status"),
	[
		({"customer": "nobody"}, 404),
		({"thread": "nothing"}, 404),
		({}, 400),
		({"length": "x"}, 400),
		({"length": -1}, 400),
		({"length": 20_001}, 400),
	],
)
def test_it_knows_no_other_way(host: EmbeddedHost, staff: Staff, params: dict[str, Any], status: int) -> None:
	if "length" in params:
		params = {**params, "customer": host.add_customer("Bob Length")}
		staff.do("note", customer=params["customer"], text="opens it")
	assert staff.get("way", **params).status_code == status


def test_it_answers_somebody_whom_nobody_knows_where_they_wrote_from(
	host: EmbeddedHost, staff: Staff
) -> None:
	phone = new_phone()
	host.text(phone, "do you build decks?")
	thread = unmatched(staff, phone)
	assert way(staff, thread=thread)["channel"] == "sms"
	client_id = str(uuid.uuid4())
	sent = staff.do("send", thread=thread, text="We do.", client_id=client_id)
	[text] = wait_until(lambda: host.texts_to(phone, "We do."))
	assert text.from_ == NUMBER

	# the answer to that was lost on its way, and meanwhile somebody said whose it is
	customer = host.add_customer("Bob Assigned")
	staff.do("assign", thread=thread, customer=customer)
	again = staff.do("send", thread=thread, text="We do.", client_id=client_id)
	assert again["entry"]["id"] == sent["entry"]["id"]
	assert [entry["text"] for entry in staff.thread(customer)["entries"]] == ["do you build decks?", "We do."]


def test_it_writes_nothing_where_nobody_would_read_it(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	host.text(phone, "who reads this?")
	host.webhook("twilio_message", text_params(phone, "STOP", OptOutType="STOP"))
	thread = unmatched(staff, phone)
	closed = way(staff, thread=thread)
	assert (closed["channel"], closed["address"], closed["reason"]) == (None, None, None)
	assert closed["text"] == (
		"No answer reaches this address (texts are off: the number answered STOP, no e-mail on file). "
		"Say first whose conversation this is."
	)
	for channel in ("auto", "sms", "portal"):
		answer = staff.post("send", thread=thread, text="hello?", channel=channel)
		assert answer.status_code == 400
		assert "Say first whose" in answer.json()["message"]
	assert [entry["text"] for entry in staff.thread(thread=thread)["entries"]] == ["who reads this?", "STOP"]
	# a note is no answer
	staff.do("note", thread=thread, text="asked us to stop")
	assert [note["text"] for note in staff.thread(thread=thread)["notes"]] == ["asked us to stop"]


def test_it_does_not_answer_the_business_itself(host: EmbeddedHost, staff: Staff) -> None:
	host.take(mail(CONTRACTOR, OFFICE, "about nobody"), OFFICE)
	waiting = staff.unmatched(CONTRACTOR)
	assert waiting
	thread = waiting["thread"]
	closed = way(staff, thread=thread)
	assert closed["channel"] is None
	assert "business itself" in closed["text"]
	assert staff.post("send", thread=thread, text="hello, me").status_code == 400


def test_it_keeps_a_repeated_note_once(host: EmbeddedHost, staff: Staff) -> None:
	customer = host.add_customer("Bob Noted")
	client_id = str(uuid.uuid4())
	note = staff.do("note", customer=customer, text="pays late", client_id=client_id)
	assert note["text"] == "pays late"
	assert staff.do("note", customer=customer, text="pays late", client_id=client_id) is None
	assert [row["text"] for row in staff.thread(customer)["notes"]] == ["pays late"]
	assert staff.post("note", customer=customer, text="x", client_id="y").status_code == 400


def test_it_shows_staff_alone_an_address_that_is_not_on_file(host: EmbeddedHost, staff: Staff) -> None:
	phone, address, work = new_phone(), new_email(), new_email("work")
	browser = host.sign_in(host.add_customer("Bob Works", phone=phone, email=address))
	staff.do("send", customer=browser.customer, text="Hi Bob!", channel="email")
	[letter] = wait_until(lambda: host.mails_to(address))
	token = reply_token(letter)
	host.take(mail(work, token, "from my desk"), token)
	host.take(mail(address, token, "from home"), token)
	host.text(phone, "from my phone")

	page = staff.thread(browser.customer)
	from_work = next(entry["id"] for entry in page["entries"] if entry["text"] == "from my desk")
	assert page["senders"] == [{"entry": from_work, "address": work}]
	assert set(browser.texts()) == {"Hi Bob!", "from my desk", "from home", "from my phone"}
	assert work not in str(browser.timeline())
	assert work not in str(browser.timeline(**{"as": "html"}))
	assert work not in browser.get("original", entry=from_work).text
