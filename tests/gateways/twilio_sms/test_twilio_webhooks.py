"""What Twilio posts: signatures, texts, states, calls."""

import json
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from gateways.conftest import ACCOUNT_SID
from hypothesis import given
from hypothesis import strategies as st
from support.persons import BOB, BUSINESS, SARAH
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from customer_thread.domain.errors import BadInput
from customer_thread.domain.inbound import CallReport, InboundSms, StatusReport
from customer_thread.domain.model import RemoteAttachment
from customer_thread.gateways.twilio_sms.inbound import (
	EMPTY_TWIML,
	NotAnSms,
	parse_call,
	parse_message,
	parse_status,
	verify,
)

DATA = Path(__file__).parents[2] / "data" / "twilio"
NOW = 1_778_850_000_000_000
#: the one that is called in call_completed.json
NUMBER = "+15035550199"
URL = "https://portal.mikescontracting.example/api/method/customer_thread.api.webhooks.twilio_message?a=1&b=2"


def recorded(name: str, **changes: str) -> dict[str, str]:
	return {**json.loads((DATA / f"{name}.json").read_text()), **changes}


class TestVerify:
	#: twilio/tests/unit/test_request_validator.py
	VECTOR_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
	VECTOR: ClassVar = {
		"CallSid": "CA1234567890ABCDE",
		"Digits": "1234",
		"From": "+14158675309",
		"To": "+18005551212",
		"Caller": "+14158675309",
	}
	VECTOR_SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8="

	def sign(self, params: dict[str, str], url: str = URL, token: str = "token") -> str:
		return str(RequestValidator(token).compute_signature(url, params))

	def test_the_library_signs_as_documented(self) -> None:
		assert self.sign(self.VECTOR, self.VECTOR_URL, "12345") == self.VECTOR_SIGNATURE

	def test_it_accepts_what_twilio_signed(self) -> None:
		params = recorded("inbound_sms")
		assert verify(URL, params, self.sign(params), ["token"], ACCOUNT_SID)

	def test_it_accepts_the_token_of_before(self) -> None:
		params = recorded("inbound_sms")
		assert verify(URL, params, self.sign(params), ["new", "token"], ACCOUNT_SID)

	def test_it_accepts_a_name_given_twice(self) -> None:
		params = MultiDict([("AccountSid", ACCOUNT_SID), ("X", "b"), ("X", "a"), ("X", "b")])
		signature = str(RequestValidator("token").compute_signature(URL, params))
		assert verify(URL, params, signature, ["token"], ACCOUNT_SID)

	@pytest.mark.parametrize("signed", [URL.replace(".example/", ".example:443/"), URL])
	@pytest.mark.parametrize("asked", [URL.replace(".example/", ".example:443/"), URL])
	def test_the_default_port_may_be_written_or_not(self, signed: str, asked: str) -> None:
		params = recorded("inbound_sms")
		assert verify(asked, params, self.sign(params, signed), ["token"], ACCOUNT_SID)

	@pytest.mark.parametrize("signature", [None, "", "x", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "ü" * 28])
	def test_it_refuses_another_signature(self, signature: str | None) -> None:
		assert not verify(URL, recorded("inbound_sms"), signature, ["token"], ACCOUNT_SID)

	@pytest.mark.parametrize("tokens", [[], [""], ["other"]])
	def test_it_refuses_without_the_token(self, tokens: list[str]) -> None:
		params = recorded("inbound_sms")
		assert not verify(URL, params, self.sign(params), tokens, ACCOUNT_SID)

	def test_an_empty_token_signs_nothing(self) -> None:
		params = recorded("inbound_sms")
		assert not verify(URL, params, self.sign(params, token=""), ["", "token"], ACCOUNT_SID)

	@pytest.mark.parametrize(
		"url",
		[
			URL.replace("https", "http"),
			URL.replace("a=1", "a=2"),
			URL.partition("?")[0],
			URL.replace("portal", "other"),
			"https://portal.mikescontracting.example:x/",
			"https://[::1",
		],
	)
	def test_it_refuses_another_address(self, url: str) -> None:
		params = recorded("inbound_sms")
		assert not verify(url, params, self.sign(params), ["token"], ACCOUNT_SID)

	@pytest.mark.parametrize("change", [{"Body": "Sounds good"}, {"From": BOB.phone}, {"New": ""}])
	def test_it_refuses_one_changed_value(self, change: dict[str, str]) -> None:
		params = recorded("inbound_sms")
		assert not verify(URL, {**params, **change}, self.sign(params), ["token"], ACCOUNT_SID)

	@pytest.mark.parametrize("account", ["", "AC" + "f" * 32])
	def test_it_refuses_another_account(self, account: str) -> None:
		params = recorded("inbound_sms")
		assert not verify(URL, params, self.sign(params), ["token"], account)

	def test_it_refuses_a_webhook_that_names_no_account(self) -> None:
		params = recorded("inbound_sms")
		del params["AccountSid"]
		assert not verify(URL, params, self.sign(params), ["token"], ACCOUNT_SID)


class TestMessage:
	def test_it_reads_a_text_and_strips_nothing(self) -> None:
		assert parse_message(recorded("inbound_sms"), NOW) == InboundSms(
			provider_sid="SM" + "1" * 32,
			sender=SARAH.phone,
			recipient=BUSINESS.phone,
			text=" Sounds good!  What time works? ",
			attachments=(),
			occurred_us=NOW,
		)

	def test_it_reads_every_picture(self) -> None:
		text = parse_message(recorded("inbound_mms"), NOW)
		base = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/MM{'3' * 32}/Media/ME"
		assert text.attachments == (
			RemoteAttachment(base + "a" * 32, "image/jpeg"),
			RemoteAttachment(base + "b" * 32, "image/png"),
			RemoteAttachment(base + "c" * 32, "video/mp4"),
		)

	def test_a_picture_without_an_address_is_left_out(self) -> None:
		assert len(parse_message(recorded("inbound_mms", MediaUrl1=""), NOW).attachments) == 2

	def test_it_counts_no_further_than_ten(self) -> None:
		urls = {f"MediaUrl{i}": "https://api.twilio.com/x" for i in range(99)}
		text = parse_message(recorded("inbound_mms", NumMedia="99", **urls), NOW)
		assert len(text.attachments) == 10

	@pytest.mark.parametrize("sender", ["24365", "MIKES", "Mikes Deck Co"])
	def test_it_keeps_a_sender_that_is_no_number(self, sender: str) -> None:
		assert parse_message(recorded("inbound_sms", From=sender), NOW).sender == sender

	@pytest.mark.parametrize("end", ["From", "To"])
	@pytest.mark.parametrize(
		("scheme", "said"),
		[
			("whatsapp", "whatsapp"),
			("WhatsApp", "whatsapp"),
			(" whatsapp", "whatsapp"),
			("messenger", "messenger"),
			("rcs", "rcs"),
			("x-15035550142", "another channel"),
		],
	)
	def test_it_refuses_what_is_no_text(self, scheme: str, said: str, end: str) -> None:
		address = recorded("inbound_sms")[end]
		with pytest.raises(NotAnSms) as refused:
			parse_message(recorded("inbound_sms", **{end: f"{scheme}:{address}"}), NOW)
		assert str(refused.value) == f"A message by {said} was refused: it is no text."

	def test_it_drops_what_no_database_takes(self) -> None:
		assert parse_message(recorded("inbound_sms", Body="a\0b\ud800c"), NOW).text == "ab?c"

	@pytest.mark.parametrize(
		("body", "keyword"),
		[
			("STOP", "STOP"),
			(" stop\n", "STOP"),
			("StopAll", "STOP"),
			("unsubscribe", "STOP"),
			("End", "STOP"),
			("QUIT", "STOP"),
			("cancel", "STOP"),
			("revoke", "STOP"),
			("OPTOUT", "STOP"),
			("Start", "START"),
			("unstop", "START"),
			("YES", "START"),
			("help", "HELP"),
			("INFO", "HELP"),
			("Please stop by at 5", None),
			("STOP 12345", None),
			("CONFIRM", None),
			("", None),
		],
	)
	def test_it_knows_twilios_words(self, body: str, keyword: str | None) -> None:
		assert parse_message(recorded("inbound_sms", Body=body), NOW).keyword == keyword

	@pytest.mark.parametrize(("said", "keyword"), [("STOP", "STOP"), ("start", "START"), ("OTHER", None)])
	def test_twilios_own_word_for_it_goes_first(self, said: str, keyword: str | None) -> None:
		params = recorded("inbound_sms", Body="ARRET", OptOutType=said)
		assert parse_message(params, NOW).keyword == keyword

	@pytest.mark.parametrize("name", ["From", "To"])
	def test_it_refuses_a_text_without_ends(self, name: str) -> None:
		with pytest.raises(BadInput, match=name):
			parse_message(recorded("inbound_sms", **{name: ""}), NOW)

	def test_it_refuses_a_text_without_an_id(self) -> None:
		with pytest.raises(BadInput, match="MessageSid"):
			parse_message(recorded("inbound_sms", MessageSid="", SmsSid="", SmsMessageSid=""), NOW)

	@pytest.mark.parametrize("count", ["-1", "two", "1e9", "9" * 5000, "²"])
	def test_it_refuses_a_number_that_is_none(self, count: str) -> None:
		with pytest.raises(BadInput, match="NumMedia"):
			parse_message(recorded("inbound_sms", NumMedia=count), NOW)


class TestStatus:
	def test_it_reads_a_failure_with_its_reason(self) -> None:
		report = parse_status(recorded("status_undelivered"), {"delivery": "D-7"})
		assert report is not None
		assert replace(report, error=None) == StatusReport("SM" + "4" * 32, "Failed", "D-7")
		assert report.error is not None
		assert (report.error.code, report.error.consent) == ("30006", "Not Textable")
		assert report.error.permanent
		assert "landline" in str(report.error)

	@pytest.mark.parametrize(
		("said", "state"),
		[
			("accepted", "Sending"),
			("scheduled", "Sending"),
			("queued", "Sending"),
			("sending", "Sending"),
			("sent", "Sent"),
			("partially_delivered", "Sent"),
			("delivered", "Delivered"),
			("read", "Delivered"),
			("undelivered", "Failed"),
			("failed", "Failed"),
			("canceled", "Failed"),
		],
	)
	def test_it_translates_every_state(self, said: str, state: str) -> None:
		report = parse_status(recorded("status_undelivered", MessageStatus=said), {})
		assert report is not None
		assert (report.state, report.delivery) == (state, "")
		assert bool(report.error) is (state == "Failed")

	@pytest.mark.parametrize("said", ["receiving", "received", "", "something new"])
	def test_a_state_that_says_nothing_is_none(self, said: str) -> None:
		assert parse_status(recorded("status_undelivered", MessageStatus=said, SmsStatus=said), {}) is None

	@pytest.mark.parametrize("code", ["", "0", "39999"])
	def test_a_failure_always_has_words(self, code: str) -> None:
		report = parse_status(recorded("status_undelivered", ErrorCode=code), {})
		assert report is not None
		assert report.error is not None
		assert str(report.error)
		assert report.error.code == code.strip("0")

	def test_it_refuses_a_state_of_nothing(self) -> None:
		with pytest.raises(BadInput):
			parse_status(recorded("status_undelivered", MessageSid="", SmsSid=""), {})


class TestCall:
	END = 1_778_703_492_000_000

	def test_it_reads_a_call_and_counts_back_to_its_beginning(self) -> None:
		assert parse_call(recorded("call_completed"), NUMBER, NOW) == CallReport(
			provider_sid="CA" + "6" * 32,
			caller=SARAH.phone,
			called=NUMBER,
			incoming=True,
			seconds=372,
			answered=True,
			occurred_us=self.END - 372_000_000,
		)

	@pytest.mark.parametrize("caller", ["+266696687", "+2562533", "+7378742833", "+86282452253", "+8656696"])
	def test_a_number_that_is_withheld_is_nobodys(self, caller: str) -> None:
		call = parse_call(recorded("call_completed", From=caller, Caller=caller), NUMBER, NOW)
		assert call is not None
		assert (call.caller, call.incoming, call.seconds) == ("", True, 372)

	def test_a_call_without_a_parent_has_its_own_id(self) -> None:
		call = parse_call(recorded("call_completed", ParentCallSid=""), NUMBER, NOW)
		assert call is not None
		assert call.provider_sid == "CA" + "5" * 32

	@pytest.mark.parametrize("said", ["busy", "failed", "no-answer", "canceled"])
	def test_a_call_that_nobody_took(self, said: str) -> None:
		call = parse_call(recorded("call_completed", CallStatus=said, CallDuration="0"), NUMBER, NOW)
		assert call is not None
		assert (call.answered, call.seconds) == (False, 0)

	@pytest.mark.parametrize("said", ["queued", "initiated", "ringing", "in-progress"])
	def test_a_call_that_goes_on_is_none_yet(self, said: str) -> None:
		assert parse_call(recorded("call_completed", CallStatus=said), NUMBER, NOW) is None

	@pytest.mark.parametrize("said", ["", "soon", "Wed, 99 May 2026", "Fri, 01 Jan 2100 00:00:00 +0000", "0"])
	def test_a_time_that_cannot_be_is_now(self, said: str) -> None:
		call = parse_call(recorded("call_completed", Timestamp=said), NUMBER, NOW)
		assert call is not None
		assert call.occurred_us == NOW - 372_000_000

	@pytest.mark.parametrize("name", ["CallStatus", "CallSid"])
	def test_it_refuses_a_call_without_what_it_is(self, name: str) -> None:
		with pytest.raises(BadInput, match=name):
			parse_call(recorded("call_completed", **{name: "", "ParentCallSid": ""}), NUMBER, NOW)

	@pytest.mark.parametrize("said", ["-5", "six minutes"])
	def test_it_refuses_a_duration_that_is_none(self, said: str) -> None:
		with pytest.raises(BadInput, match="CallDuration"):
			parse_call(recorded("call_completed", CallDuration=said), NUMBER, NOW)


def test_the_empty_answer_is_twiml() -> None:
	from xml.etree import ElementTree

	root = ElementTree.fromstring(EMPTY_TWIML)
	assert (root.tag, len(root)) == ("Response", 0)


NAMES = st.sampled_from(
	[
		"MessageSid",
		"SmsSid",
		"From",
		"To",
		"Body",
		"NumMedia",
		"MediaUrl0",
		"MediaContentType0",
		"OptOutType",
		"MessageStatus",
		"ErrorCode",
		"CallSid",
		"CallStatus",
		"CallDuration",
		"Timestamp",
		"ParentCallSid",
		"AccountSid",
	]
)
VALUES = st.text() | st.sampled_from(["completed", "delivered", "1", "Wed, 13 May 2026 20:18:12 +0000"])


@given(st.dictionaries(NAMES, VALUES), st.text())
def test_nothing_but_bad_input_is_ever_raised(params: dict[str, str], signature: str) -> None:
	assert not verify(URL, params, signature, ["token"], ACCOUNT_SID)
	for read in (
		lambda: parse_message(params, NOW),
		lambda: parse_status(params, params),
		lambda: parse_call(params, NUMBER, NOW),
	):
		try:
			found = read()
		except BadInput:
			continue
		if isinstance(found, InboundSms | CallReport):
			assert found.provider_sid
			assert found.occurred_us <= NOW
