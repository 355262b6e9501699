"""The stand-in does what Twilio does, as far as anything here depends on it."""

import threading
from collections.abc import Iterator

import pytest
import requests
from gateways.conftest import ACCOUNT_SID, AUTH_TOKEN, SERVICE
from pytest_httpserver import HTTPServer
from support.persons import BOB, BUSINESS, SARAH
from support.pictures import drawn
from werkzeug import Request, Response

from customer_thread.domain.model import Attachment
from customer_thread.gateways.twilio_sms.inbound import parse_call, parse_message, parse_status, verify
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn, serve


class Inbox:
	"""What was posted to our webhooks, once its signature was checked."""

	def __init__(self, server: HTTPServer) -> None:
		self.url = server.url_for("/hook")
		self.posts: list[dict[str, str]] = []
		self.queries: list[dict[str, str]] = []
		self.lock = threading.Lock()
		server.expect_request("/hook").respond_with_handler(self.answer)

	def answer(self, request: Request) -> Response:
		signature = request.headers.get("X-Twilio-Signature")
		assert verify(request.url, request.form, signature, [AUTH_TOKEN], ACCOUNT_SID)
		with self.lock:
			self.posts.append(request.form.to_dict())
			self.queries.append(request.args.to_dict())
		return Response("taken")


@pytest.fixture
def inbox(httpserver: HTTPServer) -> Iterator[Inbox]:
	yield Inbox(httpserver)
	httpserver.check()


def post(
	twilio: TwilioStandIn, auth: tuple[str, str] = (ACCOUNT_SID, AUTH_TOKEN), **form: str
) -> requests.Response:
	url = f"{twilio.url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
	data = {"To": SARAH.phone, "From": BUSINESS.phone, "Body": "Hello", **form}
	return requests.post(url, data=data, auth=auth, timeout=20)


def code(response: requests.Response) -> tuple[int, int]:
	return response.status_code, response.json()["code"]


def test_it_answers_like_twilio(twilio: TwilioStandIn) -> None:
	response = post(twilio, Body="ü" * 71)
	answer = response.json()
	assert response.status_code == 201
	assert (answer["status"], answer["direction"], answer["error_code"]) == ("queued", "outbound-api", None)
	assert (answer["num_segments"], answer["date_sent"]) == ("2", None)
	assert answer["date_created"] == "Fri, 15 May 2026 13:00:00 +0000"
	assert answer["sid"].startswith("SM")


def test_a_service_has_chosen_no_number_yet(twilio: TwilioStandIn) -> None:
	answer = post(twilio, From="", MessagingServiceSid=SERVICE).json()
	assert (answer["status"], answer["from"], answer["num_segments"]) == ("accepted", None, "0")


@pytest.mark.parametrize(
	("form", "expected"),
	[
		({"To": SARAH.phone[2:]}, 21211),
		({"From": "+15035559999"}, 21606),
		({"From": ""}, 21603),
		({"From": "", "MessagingServiceSid": "MG9"}, 21701),
		({"Body": ""}, 21602),
		({"Body": "x" * 1601}, 21617),
	],
)
def test_it_refuses_what_twilio_refuses(form: dict[str, str], expected: int, twilio: TwilioStandIn) -> None:
	assert code(post(twilio, (ACCOUNT_SID, AUTH_TOKEN), **form)) == (400, expected)
	assert twilio.messages == []


@pytest.mark.parametrize("auth", [(ACCOUNT_SID, "x"), ("SK1", AUTH_TOKEN), ("", ""), (ACCOUNT_SID, "")])
def test_it_refuses_credentials_that_do_not_belong_together(
	auth: tuple[str, str], twilio: TwilioStandIn
) -> None:
	assert code(post(twilio, auth)) == (401, 20003)


def test_it_calls_back_signed_and_in_order(twilio: TwilioStandIn, inbox: Inbox) -> None:
	sid = post(twilio, StatusCallback=f"{inbox.url}?delivery=D-7").json()["sid"]
	twilio.settle()
	reports = [parse_status(params, query) for params, query in zip(inbox.posts, inbox.queries, strict=True)]
	assert [(report.state, report.provider_sid, report.delivery) for report in reports if report] == [
		("Sent", sid, "D-7"),
		("Delivered", sid, "D-7"),
	]


def test_it_can_call_back_in_the_wrong_order(twilio: TwilioStandIn, inbox: Inbox) -> None:
	twilio.reverse_callbacks = True
	post(twilio, StatusCallback=inbox.url)
	twilio.settle()
	assert [params["MessageStatus"] for params in inbox.posts] == ["delivered", "sent"]
	assert twilio.sent[0].status == "delivered"


def test_a_landline_is_known_afterwards(twilio: TwilioStandIn, inbox: Inbox) -> None:
	twilio.landlines.add(SARAH.phone)
	assert post(twilio, StatusCallback=inbox.url).status_code == 201
	twilio.settle()
	assert inbox.posts[-1]["MessageStatus"] == "undelivered"
	assert inbox.posts[-1]["ErrorCode"] == "30006"


def test_it_posts_what_phones_send(twilio: TwilioStandIn, inbox: Inbox) -> None:
	twilio.message_url = inbox.url
	response = twilio.receive(
		SARAH.phone, BUSINESS.phone, "Grüße 😀", [Attachment("a.png", "image/png", b"png")]
	)
	assert response is not None
	assert response.text == "taken"
	text = parse_message(inbox.posts[0], 1)
	assert (text.sender, text.recipient, text.text) == (SARAH.phone, BUSINESS.phone, "Grüße 😀")
	assert text.attachments[0].content_type == "image/png"


def test_a_repeat_says_the_same(twilio: TwilioStandIn, inbox: Inbox) -> None:
	twilio.message_url = inbox.url
	twilio.receive(SARAH.phone, BUSINESS.phone, "Hello")
	twilio.post_message(twilio.messages[0])
	assert inbox.posts[0] == inbox.posts[1]


def test_it_posts_calls(twilio: TwilioStandIn, inbox: Inbox) -> None:
	twilio.voice_url = inbox.url
	twilio.call(SARAH.phone, BUSINESS.phone, 372)
	call = parse_call(inbox.posts[0], BUSINESS.phone, twilio.clock())
	assert call is not None
	assert (call.caller, call.incoming, call.seconds, call.answered) == (SARAH.phone, True, 372, True)
	assert call.occurred_us == twilio.clock() - 372_000_000


def test_nobody_at_home_is_no_error(twilio: TwilioStandIn) -> None:
	twilio.message_url = "http://127.0.0.1:9/hook"
	assert twilio.receive(SARAH.phone, BUSINESS.phone, "Hello") is None
	assert len(twilio.messages) == 1


def test_stop_is_kept_until_start(twilio: TwilioStandIn) -> None:
	twilio.receive(SARAH.phone, BUSINESS.phone, "Stop")
	assert code(post(twilio)) == (400, 21610)
	assert code(post(twilio, From="", MessagingServiceSid=SERVICE)) == (400, 21610)
	assert post(twilio, To=BOB.phone).status_code == 201
	twilio.receive(SARAH.phone, BUSINESS.phone, "START")
	assert post(twilio).status_code == 201


def test_an_unknown_path_is_not_found(twilio: TwilioStandIn) -> None:
	response = requests.get(f"{twilio.url}/2010-04-01/Nothing.json", timeout=20)
	assert code(response) == (404, 20404)


def test_serve_takes_any_application() -> None:
	def app(environ: object, start_response: object) -> list[bytes]:
		return list(Response("hello")(environ, start_response))  # type: ignore[arg-type]

	server, url = serve(app)
	assert requests.get(url, timeout=20).text == "hello"
	server.shutdown()


def picture(server: HTTPServer, data: bytes, content_type: str = "image/png", name: str = "0") -> str:
	server.expect_request(f"/{name}").respond_with_data(data, content_type=content_type)
	return server.url_for(f"/{name}")


def carried(twilio: TwilioStandIn, *urls: str) -> tuple[str, int | None, list[bytes]]:
	"""Send these pictures and return what became of them."""
	url = f"{twilio.url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
	data = {"To": SARAH.phone, "From": BUSINESS.phone, "MediaUrl": list(urls)}
	answer = requests.post(url, data=data, auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=20)
	assert answer.status_code == 201, answer.text
	assert (answer.json()["sid"][:2], answer.json()["num_media"]) == ("MM", str(len(urls)))
	twilio.settle()
	sent = twilio.sent[-1]
	return sent.status, sent.error_code, [item.data for item in sent.media.values()]


def test_it_fetches_the_pictures_of_what_is_sent(twilio: TwilioStandIn, httpserver: HTTPServer) -> None:
	data = drawn(20, 10)
	assert carried(twilio, picture(httpserver, data)) == ("delivered", None, [data])
	assert [request.method for request, _answer in httpserver.log] == ["HEAD", "GET"]
	assert all("Authorization" not in request.headers for request, _answer in httpserver.log)


def test_it_says_which_pictures_it_does_not_take(twilio: TwilioStandIn, httpserver: HTTPServer) -> None:
	assert carried(twilio, httpserver.url_for("/nothing"))[:2] == ("undelivered", 11200)
	assert carried(twilio, "http://127.0.0.1:9/x")[:2] == ("undelivered", 11200)
	page = picture(httpserver, b"<html>", "text/html", "page")
	assert carried(twilio, page)[:2] == ("undelivered", 12300)
	lie = picture(httpserver, drawn(20, 10), "image/jpeg", "lie")
	assert carried(twilio, lie)[:2] == ("undelivered", 12300)
	large = picture(httpserver, drawn(1500, 1200, noise=True), name="large")
	assert carried(twilio, large)[:2] == ("undelivered", 30019)


def test_it_refuses_too_many_pictures_and_what_is_no_address(twilio: TwilioStandIn) -> None:
	assert code(post(twilio, MediaUrl="deck.png")) == (400, 21620)
	url = f"{twilio.url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
	data = {"To": SARAH.phone, "From": BUSINESS.phone, "MediaUrl": ["https://m.example/0"] * 11}
	answer = requests.post(url, data=data, auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=20)
	assert code(answer) == (400, 21623)
