"""A healthy client beside many that are not, on a real server with real sockets."""

import resource
import uuid
from typing import TYPE_CHECKING

import pytest
import requests
from support.cli import WarmCli
from support.crowd import Crowd, gone, memory, temporary_files
from support.host import EmbeddedHost, new_phone, text_params
from support.mails import mail
from support.waiting import wait_until

from customer_thread.standalone.open_files import RESERVED, room_in

if TYPE_CHECKING:
	from support.people import Browser

HALF_A_HEAD = b"POST /messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\nX-A: "
WEBHOOK = "/api/method/customer_thread.api.webhooks.twilio_message"
#: whoever waits longer for an answer goes away
PATIENCE = 10


def is_served(host: EmbeddedHost) -> bool:
	"""Return whether somebody new is answered, on the web and by mail."""
	answers = [requests.get(f"{host.url}/healthz", timeout=PATIENCE).status_code for _time in range(3)]
	taken = host.mail(
		mail("jo@x.example", "office@mikescontracting.example", "hi"), "jo@x.example", "a@b.example"
	)
	return answers == [200] * 3 and taken[0] == 250


@pytest.fixture(autouse=True)
def lines_logged(own_host: EmbeddedHost) -> "object":
	"""Fail if the log has become long."""
	yield None
	assert own_host.logged().count("\n") < 100


@pytest.mark.parametrize("port", ["web", "mail", "both"])
def test_it_serves_beside_idle_connections(own_host: EmbeddedHost, port: str) -> None:
	with Crowd(own_host.url) as web, Crowd(own_host.mail_url) as mails:
		for _round in range(11):
			web.come(100 if port != "mail" else 0)
			mails.come(100 if port != "web" else 0)

		assert is_served(own_host)
		assert wait_until(lambda: gone(web.sockets) >= (100 if port != "mail" else 0))
		assert wait_until(lambda: gone(mails.sockets) >= (1000 if port != "web" else 0))
	assert is_served(own_host)


def test_it_serves_beside_requests_that_are_never_finished(own_host: EmbeddedHost) -> None:
	with Crowd(own_host.url) as crowd:
		crowd.come(1100, HALF_A_HEAD)

		assert is_served(own_host)


def test_it_lets_those_go_that_asked_for_nothing_before_those_that_did(own_host: EmbeddedHost) -> None:
	with Crowd(own_host.url) as crowd:
		[healthy] = crowd.come(1)
		for _time in range(2):
			healthy.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
			came = b""
			while not came.endswith(b'"ok"}'):
				came += healthy.recv(65536)
			crowd.come(600)
			assert is_served(own_host)


def test_it_serves_when_it_may_open_1024_files_only(own_host: EmbeddedHost) -> None:
	own_host.stop()
	own_host.cli = WarmCli()
	own_host.cli.allow_files(1024)
	own_host.start()

	with Crowd(own_host.url) as web, Crowd(own_host.mail_url) as mails:
		for _round in range(11):
			web.come(100)
			mails.come(20)

		assert is_served(own_host)
	assert is_served(own_host)
	own_host.kill()
	own_host.cli.close()


def test_it_serves_when_the_system_has_no_file_left(own_host: EmbeddedHost) -> None:
	_soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
	resource.prlimit(own_host.process, resource.RLIMIT_NOFILE, (300, hard))

	with Crowd(own_host.url) as crowd:
		crowd.come(1200)

		assert is_served(own_host)
	assert is_served(own_host)


def test_it_counts_its_connections_by_the_files_it_may_open() -> None:
	for files in (64, 256, 1024, 4096, 1 << 20):
		room = room_in(files)
		assert room.web > 0
		assert room.mail > 0
		if files > 300:
			assert room.web + room.mail + RESERVED <= files
	assert room_in(1 << 20) == room_in(resource.RLIM_INFINITY)


def test_it_serves_beside_clients_that_never_read(own_host: EmbeddedHost) -> None:
	sarah = own_host.sign_in(own_host.add_customer("Sarah Lee"))
	for _number in range(40):
		sarah.post("reply", text="y" * 20_000, client_id=str(uuid.uuid4()))
	sid = sarah.http.cookies["sid"]
	path = "/api/method/customer_thread.api.portal.timeline?limit=100"
	asks = f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: sid={sid}\r\n\r\n".encode()
	before = memory(own_host.process)

	with Crowd(own_host.url) as crowd:
		crowd.come(64, asks * 8, deaf=True)
		# the others have been answered once all are
		assert is_served(own_host)
		assert sarah.timeline()["entries"]

		assert memory(own_host.process) - before < 300_000_000
		assert not temporary_files(own_host.process)


def test_it_answers_what_is_asked_ahead_in_order(own_host: EmbeddedHost) -> None:
	paths = ["/healthz" if number % 3 else "/messages/sign-in" for number in range(90)]
	with Crowd(own_host.url) as crowd:
		[client] = crowd.come(
			1, b"".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for path in paths)
		)
		came = b""
		while came.count(b"HTTP/1.1 200") < len(paths) or not came.endswith((b"}", b"</html>", b"</html>\n")):
			data = client.recv(65536)
			assert data
			came += data

	kinds = [part.partition(b"Content-Type: ")[2][:9] for part in came.split(b"HTTP/1.1 200")[1:]]
	assert kinds == [b"applicati" if path == "/healthz" else b"text/html" for path in paths]


def test_it_keeps_nothing_of_a_body_that_no_call_needs(own_host: EmbeddedHost) -> None:
	head = f"POST {WEBHOOK} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	sized = f"{head}Content-Length: 9900000\r\n\r\na=".encode() + b"x" * 9_000_000
	chunked = f"{head}Transfer-Encoding: chunked\r\n\r\n8954a0\r\n".encode() + b"x" * 9_000_000
	before = memory(own_host.process)

	with Crowd(own_host.url) as crowd:
		crowd.come(8, sized)
		crowd.come(8, chunked)
		assert is_served(own_host)

		assert memory(own_host.process) - before < 60_000_000
		assert not temporary_files(own_host.process)


def test_it_bounds_the_bodies_it_keeps_of_all_together(own_host: EmbeddedHost) -> None:
	head = f"POST {WEBHOOK} HTTP/1.1\r\nHost: x\r\nContent-Length: 990000\r\n\r\n".encode()
	before = memory(own_host.process)

	with Crowd(own_host.url) as crowd:
		crowd.come(250, head + b"x" * 980_000)

		assert is_served(own_host)
		assert memory(own_host.process) - before < 160_000_000


def test_it_takes_a_webhook_while_others_never_finish_theirs(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	browser: Browser = own_host.sign_in(own_host.add_customer("Sarah Lee", phone=phone))
	with Crowd(own_host.url) as crowd:
		crowd.come(300, HALF_A_HEAD)
		assert own_host.webhook("twilio_message", text_params(phone, "on my way")).status_code == 200

	assert browser.texts() == ["on my way"]
