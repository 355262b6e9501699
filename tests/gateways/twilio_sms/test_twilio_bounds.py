"""Whatever Twilio answers has an end, and what is wrong with one thing is wrong with that alone."""

import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import pytest
import requests
from gateways.conftest import ACCOUNT_SID, Clock
from pytest_httpserver import HTTPServer
from support.persons import BUSINESS, SARAH
from twilio.rest.api.v2010.account.message import MessageInstance
from urllib3.exceptions import MaxRetryError, SSLError
from werkzeug import Request, Response

from customer_thread.domain.errors import BadInput, GatewayError
from customer_thread.domain.limits import TWILIO_LIST_ROWS
from customer_thread.domain.model import Attachment, DeliveryState
from customer_thread.domain.outbound import OutboundSms
from customer_thread.gateways.twilio_sms import media
from customer_thread.gateways.twilio_sms.account import TwilioAccount
from customer_thread.gateways.twilio_sms.errors import of_network
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.gateways.twilio_sms.inbound import INBOUND_STATES, STATES, parse_message, parse_status
from customer_thread.standalone.demo.twilio_message import TwilioMessage, make_sid
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

TEXT = OutboundSms(to=SARAH.phone, sender=BUSINESS.phone, text="On my way")
LIST = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"


@pytest.fixture
def odd(httpserver: HTTPServer, account: TwilioAccount) -> TwilioSms:
	"""Return a gateway to a server that answers as a test says."""
	return TwilioSms(replace(account, api_base=httpserver.url_for("").rstrip("/")), timeout=0.5)


def _message(number: int, **changes: object) -> dict[str, object]:
	return {
		"sid": f"SM{number:032x}",
		"direction": "inbound",
		"from": SARAH.phone,
		"to": BUSINESS.phone,
		"body": str(number),
		"num_media": "0",
		"status": "received",
		"date_created": "Fri, 15 May 2026 13:00:00 +0000",
		"date_sent": "Fri, 15 May 2026 13:00:00 +0000",
		**changes,
	}


def _pages(*pages: list[dict[str, object]], endless: bool = False) -> Any:  # noqa: ANN401
	asked: list[str] = []

	def answer(request: Request) -> Response:
		page = pages[min(len(asked), len(pages) - 1)]
		asked.append(request.full_path)
		more = endless or len(asked) < len(pages)
		found = {"messages": page, "page": 0, "next_page_uri": f"{LIST}?Page={len(asked)}" if more else None}
		return Response(json.dumps(found), content_type="application/json")

	answer.asked = asked  # type: ignore[attr-defined]
	return answer


@pytest.mark.parametrize("page", [[], [_message(1)]])
def test_a_list_without_end_has_one(
	httpserver: HTTPServer, odd: TwilioSms, page: list[dict[str, object]]
) -> None:
	answer = _pages(page, endless=True)
	httpserver.expect_request(LIST).respond_with_handler(answer)
	if page:
		assert len(odd.list_received(0)) == TWILIO_LIST_ROWS // 200
	else:
		with pytest.raises(GatewayError):
			odd.list_received(0)
	assert len(answer.asked) == TWILIO_LIST_ROWS // 200
	with pytest.raises(GatewayError):
		odd.find_sent(TEXT, 0)


def test_it_does_not_say_of_a_text_beyond_the_list_that_it_is_not_there(
	sms: TwilioSms, twilio: TwilioStandIn, clock: Clock
) -> None:
	began = clock()
	for number in range(TWILIO_LIST_ROWS):
		sent = TwilioMessage(
			f"SM{number:032x}", "outbound-api", BUSINESS.phone, SARAH.phone, "x", "sent", began, began
		)
		twilio.messages.append(sent)
	with pytest.raises(GatewayError):
		sms.find_sent(TEXT, began)


def test_a_message_that_cannot_be_read_keeps_back_no_other(httpserver: HTTPServer, odd: TwilioSms) -> None:
	bad: list[dict[str, object]] = [
		_message(1, date_created="yesterday", date_sent=None),
		{"sid": None},
		_message(2, from_=None),
	]
	httpserver.expect_request(LIST).respond_with_handler(_pages([*bad, _message(3)]))
	assert "3" in [text.text for text in odd.list_received(0)]


def test_pictures_that_cannot_be_listed_keep_back_that_text_alone(
	httpserver: HTTPServer, odd: TwilioSms
) -> None:
	listed = [_message(1, num_media="2"), _message(2)]
	httpserver.expect_request(LIST).respond_with_handler(_pages(listed))
	pictures = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/SM{1:032x}/Media.json"
	httpserver.expect_request(pictures).respond_with_response(Response("", status=503))
	found = odd.list_received(0)
	# the first is old: its words come without its pictures, which show as such that could not be loaded
	assert [text.text for text in found] == ["1", "2"]
	assert [item.url for item in found[0].attachments] == ["", ""]
	with pytest.raises(GatewayError) as caught:
		odd.fetch_attachment("")
	assert caught.value.permanent


def test_it_lists_no_pictures_of_what_is_known(sms: TwilioSms, twilio: TwilioStandIn) -> None:
	twilio.receive(SARAH.phone, BUSINESS.phone, "look", [Attachment("a.png", "image/png", b"x")])
	before = twilio.requests["list"]
	assert sms.list_received(0, lambda _sid: True) == []
	assert twilio.requests["list"] == before + 1


def test_an_answer_that_drips_is_given_up(httpserver: HTTPServer, odd: TwilioSms) -> None:
	ending = threading.Event()

	def drip() -> Iterator[bytes]:
		while not ending.wait(0.05):
			yield b" "

	httpserver.expect_request(LIST).respond_with_handler(lambda _request: Response(drip(), status=201))
	with pytest.raises(GatewayError) as caught:
		odd.send(TEXT)
	ending.set()
	assert caught.value.ambiguous


def test_a_connection_that_breaks_within_tls_may_have_left_a_text() -> None:
	def broken(reason: Exception) -> requests.exceptions.SSLError:
		return requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError(reason)))  # type: ignore[arg-type]

	assert of_network(broken(ssl.SSLEOFError("EOF")), sending=True).ambiguous
	assert not of_network(broken(ssl.SSLCertVerificationError("self-signed")), sending=True).ambiguous


def test_it_knows_every_state_of_twilios() -> None:
	states = {value for name, value in vars(MessageInstance.Status).items() if not name.startswith("_")}
	assert states == STATES.keys() | INBOUND_STATES
	assert set(STATES.values()) <= set(get_args(DeliveryState))
	report = parse_status({"MessageSid": make_sid("SM"), "MessageStatus": "partially_delivered"}, {})
	assert report
	assert report.state == "Sent"


@pytest.mark.parametrize(
	("name", "value", "gone"),
	[
		("MessageSid", "SM" + "1" * 32 + "NumMedia0", "NumMedia"),
		("MessageSid", "SM1", ""),
		("MessageSid", "CA" + "1" * 32, ""),
		("ApiVersion", "2010-04-01BodyHello", "Body"),
		("From", SARAH.phone + "FromCityPortland", "FromCity"),
		("To", BUSINESS.phone + "ToCityPortland", "ToCity"),
		("NumMedia", "0NumSegments1", "NumSegments"),
		("MediaContentType0", "image/pngMediaUrl0https://x.example/", "MediaUrl0"),
	],
)
def test_parameters_that_have_run_into_each_other_are_refused(name: str, value: str, gone: str) -> None:
	params = {
		"MessageSid": make_sid("MM"),
		"From": SARAH.phone,
		"To": BUSINESS.phone,
		"Body": "",
		"NumMedia": "1",
		"MediaUrl0": "https://api.twilio.com/x",
		"MediaContentType0": "image/png",
	}
	assert parse_message(params, 1)
	changed = {key: given for key, given in {**params, name: value}.items() if key != gone}
	with pytest.raises(BadInput):
		parse_message(changed, 1)


def test_an_id_is_one_in_any_case() -> None:
	params = {"MessageSid": "SM" + "A" * 32, "From": SARAH.phone, "To": BUSINESS.phone, "Body": "x"}
	assert parse_message(params, 1).provider_sid == "SM" + "a" * 32


@pytest.mark.parametrize(
	"location",
	[
		"https://a.example:99999/",
		"https://[::1",
		"http://[/",
		"https://a b/",
		"https://..../",
		"?",
		"mailto:x",
	],
)
def test_an_odd_redirect_is_an_error_of_that_picture(httpserver: HTTPServer, location: str) -> None:
	httpserver.expect_request("/picture").respond_with_response(
		Response(status=302, headers={"Location": location})
	)
	with pytest.raises(GatewayError):
		media.fetch(httpserver.url_for("/picture"), ("AC", "token"), httpserver.url_for("/"))
