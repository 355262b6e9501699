"""What Twilio says became of a text: forward only, in whatever order it comes."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from support.host import ACCOUNT, CONTRACTOR, MOBILE, NUMBER, EmbeddedHost, new_email, new_phone
from support.people import Browser, Staff, message_of
from support.waiting import stays, wait_until

from customer_thread.standalone.demo.twilio_message import TwilioMessage, make_sid


@pytest.fixture(scope="module", autouse=True)
def _silent(host: EmbeddedHost) -> Iterator[None]:
	"""Let the stand-in report nothing by itself."""
	host.twilio.callback_delay = 3600
	yield
	host.twilio.callback_delay = 0.01


def report(host: EmbeddedHost, text: TwilioMessage, status: str, code: str = "") -> requests.Response:
	"""Post a status callback of a text, to the address our own call named."""
	params = {
		"AccountSid": ACCOUNT,
		"From": NUMBER,
		"To": text.to,
		"MessageSid": text.sid,
		"SmsSid": text.sid,
		"MessageStatus": status,
		"SmsStatus": status,
	}
	if code:
		params["ErrorCode"] = code
	query = urlsplit(text.status_callback).query
	return host.webhook("twilio_status", params, query=f"?{query}" if query else "")


def forwarded(host: EmbeddedHost, words: str) -> TwilioMessage:
	"""Return the text to the contractor that holds these words, once Twilio has it and we know."""
	text: TwilioMessage = wait_until(lambda: host.texts_to(MOBILE, words))[0]
	return text


@pytest.fixture
def said(host: EmbeddedHost, sarah: Browser, staff: Staff) -> tuple[int, TwilioMessage]:
	"""Return a reply's entry and the text that carried it, taken by Twilio."""
	entry = sarah.reply(f"status of {sarah.customer}.")["id"]
	text = forwarded(host, f"status of {sarah.customer}.")
	wait_until(lambda: staff.deliveries(sarah.customer, entry)[0]["provider_id"] == text.sid)
	return entry, text


def test_it_moves_a_reply_on(host: EmbeddedHost, sarah: Browser, said: tuple[int, TwilioMessage]) -> None:
	entry, text = said
	seen = [sarah.entry(entry)["state"]]
	for status in ("queued", "sending", "sent", "delivered"):
		answer = report(host, text, status)
		assert answer.status_code == 200
		assert answer.headers["Content-Type"].startswith("text/xml")
		seen.append(sarah.entry(entry)["state"])

	assert seen == ["sending", "sending", "sending", "sent", "delivered"]


@pytest.mark.parametrize(
	"order",
	[
		["delivered", "sent", "sending", "queued"],
		["delivered", "undelivered"],
		["delivered", "failed"],
		["sent", "delivered", "sent", "delivered", "delivered"],
	],
)
def test_it_never_moves_back(
	host: EmbeddedHost, sarah: Browser, staff: Staff, said: tuple[int, TwilioMessage], order: list[str]
) -> None:
	entry, text = said
	for status in order:
		report(host, text, status, "30008" if status in ("undelivered", "failed") else "")

	assert sarah.entry(entry)["state"] == "delivered"
	assert len(staff.deliveries(sarah.customer, entry)) == 1


def test_it_knows_a_report_that_comes_before_our_own_call_has_returned(
	host: EmbeddedHost, sarah: Browser, staff: Staff
) -> None:
	host.twilio.hang_next(1.0)
	entry = sarah.reply(f"early report {sarah.customer}.")["id"]
	text = forwarded(host, f"early report {sarah.customer}.")

	assert report(host, text, "delivered").status_code == 200

	assert sarah.entry(entry)["state"] == "delivered"
	stays(lambda: sarah.entry(entry)["state"] == "delivered", seconds=1.4)
	[delivery] = staff.deliveries(sarah.customer, entry)
	assert delivery["provider_id"] == text.sid
	assert len(host.texts_to(MOBILE, f"early report {sarah.customer}.")) == 1


def test_it_ignores_reports_of_what_it_never_sent(
	host: EmbeddedHost, sarah: Browser, said: tuple[int, TwilioMessage]
) -> None:
	entry, text = said
	stranger = TwilioMessage(make_sid("SM"), "outbound-api", NUMBER, MOBILE, "x", "sent", 0)
	assert report(host, stranger, "delivered").status_code == 200

	# a sid of another text with this one's delivery id
	stranger.status_callback = text.status_callback
	assert report(host, stranger, "failed", "30006").status_code == 200
	stranger.status_callback = "http://x/?delivery=nothing"
	assert report(host, stranger, "failed").status_code == 200

	assert sarah.entry(entry)["state"] == "sending"


def test_it_refuses_a_forged_report(
	host: EmbeddedHost, sarah: Browser, said: tuple[int, TwilioMessage]
) -> None:
	entry, text = said
	query = urlsplit(text.status_callback).query
	params = {"AccountSid": ACCOUNT, "MessageSid": text.sid, "MessageStatus": "failed"}

	assert host.webhook("twilio_status", params, query=f"?{query}", token="wrong").status_code == 403
	assert host.webhook("twilio_status", params, query=f"?{query}", signature="").status_code == 403
	assert sarah.entry(entry)["state"] == "sending"


@pytest.mark.parametrize("status", ["", "exploded", "received", "DELIVERED "])
def test_it_takes_a_state_it_does_not_know_for_no_news(
	host: EmbeddedHost, sarah: Browser, said: tuple[int, TwilioMessage], status: str
) -> None:
	entry, text = said

	assert report(host, text, status).status_code == 200
	assert sarah.entry(entry)["state"] == "sending"


def test_it_mails_once_what_a_landline_did_not_take(host: EmbeddedHost, staff: Staff) -> None:
	phone, address = new_phone(), new_email()
	browser = host.sign_in(host.add_customer("Bob Landline", phone=phone, email=address))
	sent = staff.do("send", customer=browser.customer, text="on our way")["entry"]["id"]
	[text] = wait_until(lambda: host.texts_to(phone))

	report(host, text, "sent")
	for _ in range(3):
		report(host, text, "undelivered", "30006")

	wait_until(lambda: host.mails_to(address, "on our way"))
	stays(lambda: len(host.mails_to(address, "on our way")) == 1)
	failed, instead = staff.deliveries(browser.customer, sent)
	assert (failed["state"], failed["error_code"]) == ("Failed", "30006")
	assert "landline" in failed["error"]
	assert (instead["channel"], instead["fallback_of"]) == ("Email", failed["id"])
	assert browser.texts() == ["on our way"]
	# the number cannot take texts: not tried again
	again = staff.do("send", customer=browser.customer, text="still on our way")
	assert [row["channel"] for row in again["deliveries"]] == ["Email"]
	assert again["deliveries"][0]["reason"] == "by e-mail: the number cannot receive texts"


def test_it_keeps_texting_a_number_that_was_only_switched_off(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	browser = host.sign_in(host.add_customer("Bob Asleep", phone=phone))
	staff.do("send", customer=browser.customer, text="hello")
	[text] = wait_until(lambda: host.texts_to(phone))
	report(host, text, "undelivered", "30003")

	again = staff.do("send", customer=browser.customer, text="hello again")

	assert [row["channel"] for row in again["deliveries"]] == ["SMS"]


def test_it_mails_the_contractor_what_his_phone_did_not_take(
	host: EmbeddedHost, sarah: Browser, said: tuple[int, TwilioMessage]
) -> None:
	entry, text = said
	report(host, text, "undelivered", "30008")

	wait_until(lambda: host.mails_to(CONTRACTOR, f"status of {sarah.customer}."))
	wait_until(lambda: sarah.entry(entry)["state"] == "sent")
	assert len(sarah.entries()) == 1


# Calls


def ended(host: EmbeddedHost, **facts: str) -> requests.Response:
	"""Post the end of a call."""
	params = {
		"AccountSid": ACCOUNT,
		"CallSid": make_sid("CA"),
		"CallStatus": "completed",
		"CallDuration": "360",
		"Direction": "inbound",
		"To": NUMBER,
		"Timestamp": "Wed, 13 May 2026 20:18:00 +0000",
	}
	return host.webhook("twilio_voice", params | facts)


def test_it_marks_a_call_at_its_beginning(host: EmbeddedHost, sarah: Browser, phone: str) -> None:
	answer = ended(host, From=phone)

	assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (200, "text/xml")
	[entry] = sarah.entries()
	assert entry["call"] == {"seconds": 360, "text": "Phone call — May 13, 4:12pm · 6 min"}
	assert entry["at"] == "2026-05-13T20:12:00.000000Z"


def test_it_marks_a_call_once(host: EmbeddedHost, sarah: Browser, phone: str) -> None:
	sid = make_sid("CA")
	for _ in range(3):
		ended(host, From=phone, CallSid=sid)
	# the leg that rang the contractor's phone
	ended(host, From=NUMBER, To=phone, CallSid=make_sid("CA"), ParentCallSid=sid)

	assert len(sarah.entries()) == 1


def test_it_marks_a_call_we_made(host: EmbeddedHost, sarah: Browser, phone: str) -> None:
	ended(host, From=NUMBER, To=phone, Direction="outbound-api")

	assert [entry["author"] for entry in sarah.entries()] == ["contractor"]


@pytest.mark.embedded("another site's settings are not touched")
def test_it_marks_no_call_with_the_contractors_own_phone(own_host: EmbeddedHost) -> None:
	mobile, office, phone = new_phone(), new_phone(), new_phone()
	own_host.set(contractor_mobile=mobile, business_phone=office, twilio_from_number=NUMBER)
	bob = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	for own in (mobile, office, NUMBER):
		ended(own_host, From=own)
		ended(own_host, From=NUMBER, To=own, Direction="outbound-api")
	# a click to call, whichever leg is reported first: the contractor's, then the customer's
	sid = make_sid("CA")
	ended(own_host, From=NUMBER, To=mobile, CallSid=sid, Direction="outbound-api")
	ended(
		own_host, From=NUMBER, To=phone, CallSid=make_sid("CA"), ParentCallSid=sid, Direction="outbound-dial"
	)
	sid = make_sid("CA")
	ended(
		own_host, From=NUMBER, To=phone, CallSid=make_sid("CA"), ParentCallSid=sid, Direction="outbound-dial"
	)
	ended(own_host, From=NUMBER, To=mobile, CallSid=sid, Direction="outbound-api")

	assert [entry["author"] for entry in bob.entries()] == ["contractor", "contractor"]
	assert not any(own_host.staff.unmatched(own) for own in (mobile, office, NUMBER))
	refused = own_host.staff.post("record_call", phone=mobile, seconds=60)
	assert refused.status_code == 400
	# nothing of it is news
	assert bob.timeline()["unread"] == 0
	waiting = message_of(own_host.staff.get("threads", filter="unread"))["threads"]
	assert waiting == []


@pytest.mark.parametrize("status", ["ringing", "in-progress", "queued", "initiated"])
def test_it_marks_no_call_that_goes_on(host: EmbeddedHost, sarah: Browser, phone: str, status: str) -> None:
	assert ended(host, From=phone, CallStatus=status).status_code == 200
	assert sarah.entries() == []


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed", "canceled"])
def test_it_hides_a_missed_call(
	host: EmbeddedHost, staff: Staff, sarah: Browser, phone: str, status: str
) -> None:
	stranger = new_phone()
	for caller in (phone, stranger):
		assert ended(host, From=caller, CallStatus=status, CallDuration="0").status_code == 200

	assert sarah.entries() == []
	assert staff.unmatched(stranger) is None


@pytest.mark.parametrize("caller", ["anonymous", "+266696687", "sip:bob@example.com", "client:bob"])
def test_it_marks_no_call_of_nobody(host: EmbeddedHost, staff: Staff, caller: str) -> None:
	assert ended(host, From=caller).status_code == 200
	assert staff.unmatched(caller) is None
	known = new_phone()
	assert ended(host, From=known).status_code == 200
	assert staff.unmatched(known)


def test_it_refuses_a_call_from_nowhere(host: EmbeddedHost) -> None:
	assert ended(host, From="", Caller="").status_code == 400


def test_it_refuses_a_call_whose_length_is_none(host: EmbeddedHost, sarah: Browser, phone: str) -> None:
	assert ended(host, From=phone, CallDuration="-5").status_code == 400
	assert ended(host, From=phone, CallDuration="long").status_code == 400
	assert sarah.entries() == []


def test_it_takes_no_calls_that_are_not_wanted(own_host: EmbeddedHost) -> None:
	phone, stranger = new_phone(), new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	own_host.set(capture_calls=0)
	for caller in (phone, stranger):
		assert ended(own_host, From=caller).status_code == 200

	assert browser.entries() == []
	assert own_host.staff.unmatched(stranger) is None
