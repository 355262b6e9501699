"""Sending a text, and finding out whether it was sent."""

import base64
import socket
import threading
from dataclasses import replace

import pytest
from gateways.conftest import ACCOUNT_SID, AUTH_TOKEN, SERVICE, Clock
from pytest_httpserver import HTTPServer
from support.persons import BUSINESS, SARAH
from support.waiting import wait_until

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundSms
from customer_thread.gateways.twilio_sms.account import TwilioAccount
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

HELLO = OutboundSms(to=SARAH.phone, sender=BUSINESS.phone, text="Hello Sarah")
CREATE = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"


def refusal(sms: TwilioSms, text: OutboundSms = HELLO) -> GatewayError:
	with pytest.raises(GatewayError) as caught:
		sms.send(text)
	return caught.value


def test_it_says_everything_twilio_needs(httpserver: HTTPServer) -> None:
	httpserver.expect_request(CREATE, "POST").respond_with_json({"sid": "SM1", "status": "queued"}, 201)
	account = TwilioAccount(
		ACCOUNT_SID, AUTH_TOKEN, api_base=httpserver.url_for("/"), status_url="https://m.example/status"
	)
	TwilioSms(account).send(replace(HELLO, delivery="7", valid_seconds=900))
	[(request, _response)] = httpserver.log
	assert request.form.to_dict() == {
		"To": SARAH.phone,
		"From": BUSINESS.phone,
		"Body": "Hello Sarah",
		"StatusCallback": "https://m.example/status?delivery=7",
		"ValidityPeriod": "900",
		"SmartEncoded": "true",
	}
	expected = base64.b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()
	assert request.headers["Authorization"] == f"Basic {expected}"


def test_it_asks_for_no_report_that_could_reach_nobody(sms: TwilioSms, twilio: TwilioStandIn) -> None:
	sms.send(replace(HELLO, delivery="7"))
	assert (twilio.sent[0].body, twilio.sent[0].status_callback) == (HELLO.text, "")


def test_it_uses_an_api_key_with_its_own_secret(account: TwilioAccount) -> None:
	keyed = replace(account, api_key="SK1", api_secret="key-secret", auth_token="of no use")
	assert TwilioSms(keyed).send(HELLO).provider_sid.startswith("SM")


def test_it_uses_no_half_of_an_api_key(account: TwilioAccount) -> None:
	assert TwilioSms(replace(account, api_key="SK1")).send(HELLO).provider_sid


@pytest.mark.parametrize(("seconds", "said"), [(0, "1"), (90_000, "36000"), (None, "")])
def test_it_keeps_to_the_limits_of_validity(
	seconds: int | None, said: str, sms: TwilioSms, twilio: TwilioStandIn
) -> None:
	sms.send(replace(HELLO, valid_seconds=seconds))
	assert twilio.sent[0].validity_period == said


def test_it_lets_a_messaging_service_choose(account: TwilioAccount, twilio: TwilioStandIn) -> None:
	sms = TwilioSms(replace(account, messaging_service_sid=SERVICE))
	sent = sms.send(replace(HELLO, sender=""))
	assert (twilio.sent[0].service, sent.state) == (SERVICE, "Sending")
	assert sms.find_sent(replace(HELLO, sender=SERVICE), 0)[0].provider_sid == sent.provider_sid


def test_it_sends_from_the_number_of_the_account(sms: TwilioSms, twilio: TwilioStandIn) -> None:
	sms.send(replace(HELLO, sender=""))
	assert twilio.sent[0].from_ == BUSINESS.phone


@pytest.mark.parametrize("name", ["TWILIO_EDGE", "TWILIO_REGION"])
def test_it_goes_where_it_is_told_to(
	name: str, monkeypatch: pytest.MonkeyPatch, account: TwilioAccount
) -> None:
	monkeypatch.setenv(name, "ashburn")
	assert TwilioSms(account).send(HELLO).provider_sid


@pytest.mark.parametrize(
	("to", "code"),
	[
		("+15005550001", "21211"),
		("+15005550002", "21612"),
		("+15005550003", "21408"),
		("+15005550004", "21610"),
		("+15005550009", "21614"),
	],
)
def test_it_says_why_a_receiver_is_refused(to: str, code: str, sms: TwilioSms) -> None:
	error = refusal(sms, replace(HELLO, to=to))
	assert (error.code, error.permanent, error.ambiguous) == (code, True, False)
	said = {"21211": "Not Textable", "21610": "Opted Out", "21614": "Not Textable"}
	assert error.consent == said.get(code)
	assert "Twilio refused" not in str(error)


@pytest.mark.parametrize(
	("sender", "code", "permanent"),
	[("+15005550001", "21212", True), ("+15005550007", "21606", True), ("+15005550008", "21611", False)],
)
def test_it_says_why_a_sender_is_refused(sender: str, code: str, permanent: bool, sms: TwilioSms) -> None:
	error = refusal(sms, replace(HELLO, sender=sender))
	assert (error.code, error.permanent) == (code, permanent)


def test_it_refuses_words_that_are_too_many_or_none(sms: TwilioSms, twilio: TwilioStandIn) -> None:
	assert refusal(sms, replace(HELLO, text="x" * 1601)).code == "21617"
	assert refusal(sms, replace(HELLO, text="")).code == "21602"
	assert twilio.sent == []


def test_a_wrong_token_is_permanent_and_says_where_to_look(account: TwilioAccount) -> None:
	error = refusal(TwilioSms(replace(account, auth_token="wrong")))
	assert (error.code, error.permanent) == ("20003", True)
	assert "Customer Thread Settings" in str(error)


@pytest.mark.parametrize("missing", ["account_sid", "auth_token"])
def test_without_an_account_nothing_is_asked(
	missing: str, account: TwilioAccount, twilio: TwilioStandIn
) -> None:
	error = refusal(TwilioSms(replace(account, **{missing: ""})))
	assert error.permanent
	assert "not set up" in str(error)
	assert not twilio.requests


@pytest.mark.parametrize(
	("status", "code", "ambiguous"), [(429, 20429, False), (500, 20500, True), (503, 20503, True)]
)
def test_trouble_at_twilio_passes(
	status: int, code: int, ambiguous: bool, sms: TwilioSms, twilio: TwilioStandIn
) -> None:
	twilio.fail_next(status, code)
	error = refusal(sms)
	assert (error.permanent, error.ambiguous, error.code) == (False, ambiguous, str(code))
	assert sms.send(HELLO).provider_sid


@pytest.mark.parametrize(
	("status", "body"), [(502, "<html>Bad Gateway"), (201, "<html>"), (201, "[]"), (201, "{}")]
)
def test_an_answer_that_is_none_is_ambiguous(status: int, body: str, httpserver: HTTPServer) -> None:
	httpserver.expect_request(CREATE).respond_with_data(body, status)
	error = refusal(TwilioSms(TwilioAccount(ACCOUNT_SID, AUTH_TOKEN, api_base=httpserver.url_for("/"))))
	assert error.ambiguous
	assert not error.permanent


def test_an_unknown_refusal_names_its_code(sms: TwilioSms, twilio: TwilioStandIn) -> None:
	twilio.fail_next(400, 21999)
	error = refusal(sms)
	assert error.permanent
	assert "21999" in str(error)


def test_a_text_that_timed_out_is_found_again(
	account: TwilioAccount, twilio: TwilioStandIn, clock: Clock
) -> None:
	began = clock()
	twilio.hang_next(600)
	error = refusal(TwilioSms(account, timeout=0.3))
	assert (error.ambiguous, error.permanent) == (True, False)
	[taken] = wait_until(lambda: twilio.sent)
	assert [found.provider_sid for found in TwilioSms(account).find_sent(HELLO, began)] == [taken.sid]


def test_a_connection_that_breaks_after_the_question_is_ambiguous() -> None:
	with socket.create_server(("127.0.0.1", 0)) as server:

		def hang_up() -> None:
			connection, _ = server.accept()
			connection.recv(65_536)
			connection.close()

		thread = threading.Thread(target=hang_up)
		thread.start()
		port = server.getsockname()[1]
		error = refusal(
			TwilioSms(TwilioAccount(ACCOUNT_SID, AUTH_TOKEN, api_base=f"http://127.0.0.1:{port}"))
		)
		thread.join()
	assert error.ambiguous


def test_a_connection_that_is_refused_is_not(unused_port: int) -> None:
	error = refusal(
		TwilioSms(TwilioAccount(ACCOUNT_SID, AUTH_TOKEN, api_base=f"http://127.0.0.1:{unused_port}"))
	)
	assert (error.ambiguous, error.permanent) == (False, False)


@pytest.fixture
def unused_port() -> int:
	with socket.create_server(("127.0.0.1", 0)) as server:
		return int(server.getsockname()[1])


def test_a_name_that_does_not_resolve_is_not_ambiguous() -> None:
	error = refusal(TwilioSms(TwilioAccount(ACCOUNT_SID, AUTH_TOKEN, api_base="http://nowhere.invalid")))
	assert not error.ambiguous


class TestFinding:
	def test_it_finds_what_still_waits(self, sms: TwilioSms, twilio: TwilioStandIn, clock: Clock) -> None:
		twilio.callback_delay = 60
		sent = sms.send(HELLO)
		assert twilio.sent[0].sent_us is None
		assert [found.provider_sid for found in sms.find_sent(HELLO, clock())] == [sent.provider_sid]

	def test_it_finds_it_below_many_others(self, sms: TwilioSms, twilio: TwilioStandIn, clock: Clock) -> None:
		began = clock()
		sent = sms.send(HELLO)
		twilio.settle()
		for index in range(60):
			clock.step(1)
			twilio.receive(BUSINESS.phone, SARAH.phone, f"other {index}")
		assert [found.provider_sid for found in sms.find_sent(HELLO, began)] == [sent.provider_sid]

	def test_it_says_what_became_of_it(self, sms: TwilioSms, twilio: TwilioStandIn, clock: Clock) -> None:
		twilio.landlines.add(SARAH.phone)
		sms.send(HELLO)
		twilio.settle()
		[found] = sms.find_sent(HELLO, clock())
		assert found.state == "Failed"
		assert found.error is not None
		assert (found.error.code, found.error.consent) == ("30006", "Not Textable")
		assert found.error.permanent

	@pytest.mark.parametrize(
		"kept", ["Hello Sarah", "Sent from your Twilio trial account - Hello Sarah", "Hello  Sarah "]
	)
	def test_it_knows_words_that_twilio_changed(
		self, kept: str, sms: TwilioSms, twilio: TwilioStandIn, clock: Clock
	) -> None:
		sms.send(HELLO)
		twilio.sent[0].body = kept
		assert len(sms.find_sent(HELLO, clock())) == 1

	def test_it_knows_quotes_that_were_straightened(
		self, sms: TwilioSms, twilio: TwilioStandIn, clock: Clock
	) -> None:
		typed = replace(HELLO, text="It’s “done” — see you…")
		sms.send(typed)
		twilio.sent[0].body = 'It\'s "done" - see you...'
		assert len(sms.find_sent(typed, clock())) == 1

	def test_another_number_of_ours_did_not_send_it(
		self, sms: TwilioSms, twilio: TwilioStandIn, clock: Clock
	) -> None:
		twilio.numbers.append("+15035550199")
		sent = sms.send(replace(HELLO, sender="+15035550199"))
		assert twilio.sent[0].sid == sent.provider_sid
		assert sms.find_sent(HELLO, clock()) == []

	def test_the_copy_at_another_number_of_the_account_is_not_it(
		self, sms: TwilioSms, twilio: TwilioStandIn, clock: Clock
	) -> None:
		twilio.receive(BUSINESS.phone, SARAH.phone, HELLO.text)
		assert len(twilio.messages) == 1
		assert sms.find_sent(HELLO, clock()) == []

	def test_trouble_with_the_list_is_an_error_and_not_an_empty_list(
		self, sms: TwilioSms, twilio: TwilioStandIn
	) -> None:
		twilio.fail_next(429, 20429, on="list")
		with pytest.raises(GatewayError) as caught:
			sms.find_sent(HELLO, 0)
		assert (caught.value.code, caught.value.permanent) == ("20429", False)


def test_it_names_the_pictures_that_go_along(httpserver: HTTPServer) -> None:
	httpserver.expect_request(CREATE, "POST").respond_with_json({"sid": "MM1", "status": "queued"}, 201)
	account = TwilioAccount(ACCOUNT_SID, AUTH_TOKEN, api_base=httpserver.url_for("/"))
	urls = ("https://m.example/messages/p/1/0/small", "https://m.example/messages/p/1/1/small")
	assert TwilioSms(account).send(replace(HELLO, picture_urls=urls)).provider_sid == "MM1"
	[(request, _response)] = httpserver.log
	assert tuple(request.form.getlist("MediaUrl")) == urls


@pytest.mark.parametrize(("status", "code"), [(400, 21620), (400, 21623), (400, 12300)])
def test_it_says_that_it_was_for_the_pictures(
	sms: TwilioSms, twilio: TwilioStandIn, status: int, code: int
) -> None:
	twilio.fail_next(status, code)
	error = refusal(sms)
	assert (error.of_pictures, error.permanent, error.consent) == (True, True, None)
	twilio.fail_next(400, 21614)
	assert not refusal(sms).of_pictures
