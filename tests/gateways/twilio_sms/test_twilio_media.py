"""Fetching pictures, from Twilio and from nowhere else that matters."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from gateways.conftest import ACCOUNT_SID
from pytest_httpserver import HTTPServer
from support.persons import BUSINESS, SARAH
from werkzeug import Request, Response

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import ATTACHMENT_BYTES
from customer_thread.domain.model import Attachment
from customer_thread.gateways.public_only import is_public
from customer_thread.gateways.twilio_sms import media
from customer_thread.gateways.twilio_sms.gateway import TwilioSms
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

AUTH = (ACCOUNT_SID, "token")


def fetch(httpserver: HTTPServer, path: str = "/picture") -> Attachment:
	return media.fetch(httpserver.url_for(path), AUTH, httpserver.url_for("/"))


def refusal(url: str, own_base: str = "") -> GatewayError:
	with pytest.raises(GatewayError) as caught:
		media.fetch(url, AUTH, own_base)
	return caught.value


def test_the_cdn_sees_no_credentials(sms: TwilioSms, twilio: TwilioStandIn) -> None:
	twilio.receive(SARAH.phone, BUSINESS.phone, "", [Attachment("deck.jpg", "image/jpeg", b"jpeg")])
	[text] = sms.list_received(0)
	assert sms.fetch_attachment(text.attachments[0].url) == Attachment("deck.jpg", "image/jpeg", b"jpeg")
	assert not twilio.leaked_credentials


@pytest.mark.parametrize(
	("url", "base", "trusted"),
	[
		("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", "", True),
		("https://mcs.us1.twilio.com/v1", "", True),
		("http://api.twilio.com/", "", False),
		("https://eviltwilio.com/", "", False),
		("https://api.twilio.com.evil.example/", "", False),
		("https://evil.example/.twilio.com", "", False),
		("http://127.0.0.1:4010/x", "http://127.0.0.1:4010", True),
		("http://127.0.0.1:4011/x", "http://127.0.0.1:4010", False),
		("https://127.0.0.1:4010/x", "http://127.0.0.1:4010", False),
	],
)
def test_credentials_are_for_twilio_alone(url: str, base: str, trusted: bool) -> None:
	assert media.gets_credentials(url, base) is trusted


@pytest.mark.parametrize(
	"url",
	[
		"https://evil.example\\@api.twilio.com/",
		"https://someone:secret@api.twilio.com/",
		"https://api.twilio.com/\r\nHost: evil.example",
		"https:///picture",
		"https://[::1",
	],
)
def test_an_address_that_can_be_read_two_ways_is_refused(url: str) -> None:
	assert refusal(url).permanent


@pytest.mark.parametrize(
	"url",
	[
		"https://169.254.169.254/latest/meta-data/",
		"https://127.0.0.1/",
		"https://localhost/",
		"https://10.0.0.1/",
		"https://192.168.1.1/",
		"https://172.16.0.1/",
		"https://100.64.0.1/",
		"https://0.0.0.0/",
		"https://224.0.0.1/",
		"https://[::1]/",
		"https://[fe80::1]/",
		"https://[fd00:ec2::254]/",
		"https://[::ffff:127.0.0.1]/",
		"https://[64:ff9b::a9fe:a9fe]/",
		"https://[2002:7f00:1::]/",
		"https://2130706433/",
	],
)
def test_a_private_address_is_refused(url: str) -> None:
	error = refusal(url)
	assert error.permanent
	assert "private network" in str(error)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_the_open_internet_is_not(address: str) -> None:
	assert is_public(address)


@pytest.mark.parametrize(
	"url", ["http://cdn.example/x", "ftp://api.twilio.com/x", "file:///etc/passwd", "x", ""]
)
def test_only_https_is_fetched(url: str) -> None:
	assert refusal(url).permanent


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
	"""Return a port of this machine and what was said to it."""
	heard: list[bytes] = []
	with socket.create_server(("127.0.0.1", 0)) as server:
		server.settimeout(5)

		def listen() -> None:
			try:
				connection, _ = server.accept()
				heard.append(connection.recv(1024))
			except OSError:
				pass

		thread = threading.Thread(target=listen, daemon=True)
		thread.start()
		yield server.getsockname()[1], heard
		server.shutdown(socket.SHUT_RDWR)
		thread.join()


def test_a_name_that_changes_its_address_gets_nowhere(
	listener: tuple[int, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
	port, heard = listener
	answers = iter(["8.8.8.8", "127.0.0.1"])

	def rebind(*_: Any, **__: Any) -> list[Any]:  # noqa: ANN401
		return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

	monkeypatch.setattr(socket, "getaddrinfo", rebind)
	error = refusal(f"https://rebind.example:{port}/")
	assert error.permanent
	assert "private network" in str(error)
	assert [words for words in heard if words] == []


@pytest.mark.parametrize(
	"target", ["https://169.254.169.254/", "http://127.0.0.1:9/", "https://localhost/", "file:///etc/passwd"]
)
def test_a_redirect_is_looked_at_like_the_first_address(target: str, httpserver: HTTPServer) -> None:
	httpserver.expect_request("/picture").respond_with_response(
		Response(status=302, headers={"Location": target})
	)
	with pytest.raises(GatewayError) as caught:
		fetch(httpserver)
	assert caught.value.permanent


def test_credentials_are_dropped_at_the_first_redirect(httpserver: HTTPServer) -> None:
	seen = []

	def answer(request: Request) -> Response:
		seen.append("Authorization" in request.headers)
		if request.path == "/picture":
			return Response(status=302, headers={"Location": "/cdn/a%20b.png?sig=1"})
		return Response(b"png", content_type="image/png; x=y")

	httpserver.expect_request("/picture").respond_with_handler(answer)
	httpserver.expect_request("/cdn/a b.png").respond_with_handler(answer)
	assert fetch(httpserver) == Attachment("a b.png", "image/png", b"png")
	assert seen == [True, False]


def test_it_does_not_go_in_circles(httpserver: HTTPServer) -> None:
	httpserver.expect_request("/picture").respond_with_response(
		Response(status=302, headers={"Location": "/picture"})
	)
	with pytest.raises(GatewayError, match="circles"):
		fetch(httpserver)
	assert len(httpserver.log) == 6


def test_it_stops_at_sixteen_megabytes(httpserver: HTTPServer) -> None:
	sent = []

	def drip() -> Iterator[bytes]:
		for _ in range(64):
			sent.append(1)
			yield b"x" * 1024 * 1024

	httpserver.expect_request("/picture").respond_with_response(Response(drip(), content_type="image/png"))
	with pytest.raises(GatewayError) as caught:
		fetch(httpserver)
	assert caught.value.permanent
	assert "16 MB" in str(caught.value)
	assert len(sent) < 64


def test_sixteen_megabytes_are_taken(httpserver: HTTPServer) -> None:
	httpserver.expect_request("/picture").respond_with_data(b"x" * ATTACHMENT_BYTES, content_type="video/mp4")
	assert len(fetch(httpserver).data) == ATTACHMENT_BYTES


@pytest.mark.parametrize(
	("status", "permanent", "code"),
	[
		(401, True, "20003"),
		(403, True, "20003"),
		(410, True, "410"),
		(404, False, "404"),
		(503, False, "503"),
	],
)
def test_a_picture_that_is_not_given(status: int, permanent: bool, code: str, httpserver: HTTPServer) -> None:
	httpserver.expect_request("/picture").respond_with_data("no", status)
	with pytest.raises(GatewayError) as caught:
		fetch(httpserver)
	assert (caught.value.permanent, caught.value.code) == (permanent, code)


@pytest.mark.parametrize(
	("header", "kind", "name"),
	[
		('inline; filename="../../etc/passwd"', "image/png", "passwd.png"),
		('inline; filename="C:\\\\deck.png"', "image/png", "deck.png"),
		("inline", "image/gif", "picture.gif"),
		("attachment; filename*=UTF-8''d%C3%A9ck.png", "image/png", "déck.png"),
	],
)
def test_a_name_is_only_a_name(header: str, kind: str, name: str, httpserver: HTTPServer) -> None:
	httpserver.expect_request("/picture").respond_with_data(
		b"x", content_type=kind, headers={"Content-Disposition": header}
	)
	assert fetch(httpserver).name == name


def test_a_kind_that_is_none_is_only_bytes(httpserver: HTTPServer) -> None:
	httpserver.expect_request("/picture").respond_with_data(b"x", headers={"Content-Type": "text/<script>"})
	assert fetch(httpserver).content_type == "application/octet-stream"
