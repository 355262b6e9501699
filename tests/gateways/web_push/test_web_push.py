"""Pushes over real sockets, to a push service that checks what Apple's and Mozilla's check, and decrypts."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import PUSH_PAYLOAD_BYTES
from customer_thread.domain.outbound import OutboundPush
from customer_thread.domain.push.payload import payload
from customer_thread.gateways.web_push.gateway import WebPush
from customer_thread.gateways.web_push.keys import Keys, new_keys, public_of
from customer_thread.standalone.demo.push_stand_in import MOST_BYTES, PushedBrowser, PushStandIn

KEYS = new_keys()


@pytest.fixture
def service() -> Iterator[PushStandIn]:
	stand_in = PushStandIn()
	stand_in.start()
	yield stand_in
	stand_in.stop()


@pytest.fixture
def browser(service: PushStandIn) -> PushedBrowser:
	return service.browser(KEYS.public)


def push_to(browser: PushedBrowser, keys: Keys = KEYS, words: str = "Hi") -> OutboundPush:
	return OutboundPush(
		subscription="sub",
		endpoint=browser.endpoint,
		p256dh=browser.subscription["keys"]["p256dh"],
		auth=browser.subscription["keys"]["auth"],
		payload=payload(title="Mike's", words=words, tag="abc", url="/messages#1", badge=2),
		ttl=900,
		urgency="high",
		topic="abc",
		private_key=keys.private,
		contact="mailto:mike@mikes.example",
		push_id="push-1",
	)


def refusal(service: PushStandIn, push: OutboundPush) -> GatewayError:
	with pytest.raises(GatewayError) as caught:
		WebPush(service.url).send(push)
	return caught.value


def test_a_browser_reads_what_was_pushed(service: PushStandIn, browser: PushedBrowser) -> None:
	assert WebPush(service.url).send(push_to(browser)).push_id == "push-1"
	[received] = browser.received
	assert received.payload == {
		"title": "Mike's",
		"body": "Hi",
		"tag": "abc",
		"url": "/messages#1",
		"badge": 2,
	}
	assert (received.ttl, received.urgency, received.topic) == (900, "high", "abc")
	assert received.claims["sub"] == "mailto:mike@mikes.example"
	assert service.refusals == []


def test_it_signs_for_each_service_anew(browser: PushedBrowser, service: PushStandIn) -> None:
	other = PushStandIn()
	other.start()
	try:
		WebPush(service.url).send(push_to(browser))
		WebPush(other.url).send(push_to(other.browser(KEYS.public)))
	finally:
		other.stop()
	assert [push.claims["aud"] for push in (*service.received, *other.received)] == [service.url, other.url]


def test_the_largest_payload_is_accepted(service: PushStandIn, browser: PushedBrowser) -> None:
	whole = b'{"title":"' + b"x" * (PUSH_PAYLOAD_BYTES - 12) + b'"}'
	assert len(whole) == PUSH_PAYLOAD_BYTES
	WebPush(service.url).send(replace(push_to(browser), payload=whole))
	assert browser.received[0].size <= MOST_BYTES


def test_it_sends_no_larger_one(service: PushStandIn, browser: PushedBrowser) -> None:
	error = refusal(service, replace(push_to(browser), payload=b"x" * (PUSH_PAYLOAD_BYTES + 1)))
	assert (error.permanent, error.gone, error.code) == (True, False, "413")
	assert service.refusals == []


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone(service: PushStandIn, browser: PushedBrowser, status: int) -> None:
	if status == 404:
		service.browsers.clear()
	browser.is_gone = True
	error = refusal(service, push_to(browser))
	assert (error.permanent, error.gone, error.code) == (True, True, str(status))


@pytest.mark.parametrize(
	("change", "reason"),
	[
		({"contact": "mailto:admin@localhost"}, "BadJwtToken: sub"),
		({"contact": "https://portal.test"}, "BadJwtToken: sub"),
		({"private_key": new_keys().private}, "VapidPkHashMismatch"),
		({"topic": "no topic"}, "no such topic"),
	],
)
def test_what_a_service_refuses(
	service: PushStandIn, browser: PushedBrowser, change: dict[str, str], reason: str
) -> None:
	error = refusal(service, replace(push_to(browser), **change))  # type: ignore[arg-type]
	assert (error.permanent, error.gone) == (True, False)
	assert service.refusals == [reason]
	assert error.code in ("400", "403")


@pytest.mark.parametrize(
	("status", "header", "seconds"),
	[(429, "120", 120), (503, "7", 7), (500, "", 0), (429, "soon", 0), (429, "99999999999", 86_400)],
)
def test_what_passes(
	service: PushStandIn, browser: PushedBrowser, status: int, header: str, seconds: int
) -> None:
	service.answer_next(status, {"Retry-After": header} if header else {})
	error = refusal(service, push_to(browser))
	assert (error.permanent, error.gone, error.retry_after) == (False, False, seconds)


def test_it_waits_until_a_date(service: PushStandIn, browser: PushedBrowser) -> None:
	until = datetime.now(timezone.utc) + timedelta(minutes=10)
	service.answer_next(503, {"Retry-After": format_datetime(until, usegmt=True)})
	assert 580 <= refusal(service, push_to(browser)).retry_after <= 600


def test_it_follows_no_redirect(service: PushStandIn, browser: PushedBrowser) -> None:
	other = service.browser()
	service.answer_next(307, {"Location": other.endpoint})
	assert refusal(service, push_to(browser)).permanent
	assert service.received == []


@pytest.mark.parametrize(
	"endpoint",
	[
		"http://push.example.com/x",
		"https://127.0.0.1/x",
		"https://localhost/x",
		"https://10.1.2.3/x",
		"https://[::1]/x",
		"https://[::ffff:192.168.1.1]/x",
		"https://169.254.169.254/latest",
	],
)
def test_it_pushes_to_the_open_internet_alone(browser: PushedBrowser, endpoint: str) -> None:
	with pytest.raises(GatewayError) as caught:
		WebPush().send(replace(push_to(browser), endpoint=endpoint))
	assert caught.value.permanent
	assert not caught.value.gone


def test_a_local_service_must_be_allowed(browser: PushedBrowser, service: PushStandIn) -> None:
	for base in ("", "http://127.0.0.1:1"):
		with pytest.raises(GatewayError):
			WebPush(base).send(push_to(browser))
	assert service.received == []


@pytest.mark.parametrize("key", ["p256dh", "auth"])
def test_keys_that_are_none_end_it(service: PushStandIn, browser: PushedBrowser, key: str) -> None:
	wrong = {"p256dh": "B" + "A" * 86, "auth": ""}[key]
	error = refusal(service, replace(push_to(browser), **{key: wrong}))  # type: ignore[arg-type]
	assert (error.permanent, error.gone) == (True, True)


def test_keys_of_ours_that_are_none_are_nobody_elses_fault(
	service: PushStandIn, browser: PushedBrowser
) -> None:
	error = refusal(service, replace(push_to(browser), private_key="none"))
	assert (error.permanent, error.gone) == (True, False)


def test_a_service_that_never_answers_is_given_up(browser: PushedBrowser) -> None:
	listener = socket.create_server(("127.0.0.1", 0))
	base = f"http://127.0.0.1:{listener.getsockname()[1]}"
	with pytest.raises(GatewayError) as caught:
		WebPush(base, seconds=0.2).send(replace(push_to(browser), endpoint=f"{base}/x"))
	listener.close()
	assert not caught.value.permanent


def test_an_answer_without_end_is_given_up(browser: PushedBrowser) -> None:
	listener = socket.create_server(("127.0.0.1", 0))
	base = f"http://127.0.0.1:{listener.getsockname()[1]}"

	def pour() -> None:
		connection, _address = listener.accept()
		connection.recv(65_536)
		try:
			connection.sendall(b"HTTP/1.1 201 Created\r\n\r\n")
			while True:
				connection.sendall(b"x" * 65_536)
		except OSError:
			connection.close()

	threading.Thread(target=pour, daemon=True).start()
	with pytest.raises(GatewayError) as caught:
		WebPush(base).send(replace(push_to(browser), endpoint=f"{base}/x"))
	listener.close()
	assert not caught.value.permanent


def test_the_keys_belong_together() -> None:
	made = new_keys()
	assert public_of(made.private) == made.public
	assert made.private not in repr(made)
	assert public_of("") == public_of("none") == ""
