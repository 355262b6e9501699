"""What one mail session, and all of them together, may cost."""

import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import requests
from support.crowd import Crowd, memory
from support.host import OFFICE, EmbeddedHost
from support.people import Staff
from support.waiting import wait_until

from customer_thread.domain.limits import MAIL_COMMANDS, MAIL_RECIPIENTS


def letter(number: int, body: bytes) -> bytes:
	head = f"From: jo{number}@x.example\r\nTo: {OFFICE}\r\nSubject: Deck\r\nMessage-ID: <{number}@x>\r\n\r\n"
	return head.encode() + body


@pytest.fixture
def session(own_host: EmbeddedHost) -> Iterator[smtplib.SMTP]:
	"""Return a client that has greeted."""
	parts = urlsplit(own_host.mail_url)
	with smtplib.SMTP(parts.hostname or "", parts.port or 0, timeout=30) as client:
		client.ehlo()
		yield client


def send(client: smtplib.SMTP, data: bytes) -> tuple[int, bytes]:
	"""Hand in one mail."""
	client.mail("jo@x.example")
	client.rcpt(OFFICE)
	return client.data(data)


def unmatched_texts(staff: Staff) -> set[str]:
	threads = staff.get("threads", filter="unmatched").json()["message"]["threads"]
	pages = [staff.get("thread", thread=thread["thread"]).json()["message"] for thread in threads]
	return {entry["text"] for page in pages for entry in page["entries"]}


def test_it_takes_so_many_recipients_and_asks_for_the_others_later(
	own_host: EmbeddedHost, session: smtplib.SMTP
) -> None:
	session.mail("jo@x.example")
	others = [f"r{number}@x.example" for number in range(MAIL_RECIPIENTS + 4)]
	codes = [session.rcpt(each)[0] for each in (OFFICE, *others)]

	assert codes == [250] * MAIL_RECIPIENTS + [452] * 5
	assert session.data(letter(1, b"to many\r\n"))[0] == 250
	assert unmatched_texts(own_host.staff) == {"to many"}


def test_it_ends_a_session_that_only_talks(session: smtplib.SMTP) -> None:
	codes = [session.noop()[0] for _number in range(MAIL_COMMANDS)]

	assert codes == [250] * MAIL_COMMANDS
	assert session.noop()[0] == 421


def test_it_reads_the_dots_of_a_mail(own_host: EmbeddedHost, session: smtplib.SMTP) -> None:
	# smtplib doubles the dot a line begins with
	assert send(session, letter(1, b".one\r\n..two\r\nthree\r\n"))[0] == 250
	assert unmatched_texts(own_host.staff) == {".one\n..two\nthree"}


def test_it_takes_a_mail_and_the_commands_sent_ahead_of_its_answer(own_host: EmbeddedHost) -> None:
	said = b"EHLO x\r\nMAIL FROM:<jo@x.example>\r\nRCPT TO:<" + OFFICE.encode() + b">\r\nDATA\r\n"
	with Crowd(own_host.mail_url) as crowd:
		[client] = crowd.come(1)
		for part in (said, letter(1, b"first\r\n.\r\n") + said + letter(2, b"second\r\n.\r\nQUIT\r\n")):
			client.sendall(part)
		answers = b""
		while data := client.recv(65536):
			answers += data

	assert answers.count(b"250 2.0.0") == 2
	assert b"\r\n221 " in answers
	assert unmatched_texts(own_host.staff) == {"first", "second"}


@pytest.mark.parametrize("content", [b"\r\n", b""])
def test_it_knows_the_end_of_a_mail_that_comes_byte_by_byte(own_host: EmbeddedHost, content: bytes) -> None:
	said = b"EHLO x\r\nMAIL FROM:<jo@x.example>\r\nRCPT TO:<" + OFFICE.encode() + b">\r\nDATA\r\n"
	with Crowd(own_host.mail_url) as crowd:
		[client] = crowd.come(1, said)
		wait_until(lambda: b"354" in client.recv(65536))
		for byte in content + b".\r\n":
			client.sendall(bytes([byte]))
		assert client.recv(65536)[:1] in (b"2", b"5")


@pytest.mark.parametrize("line", [b"x" * 5000 + b"\r\n", b"x" * 1_500_000 + b"\r\n"])
def test_it_takes_a_line_of_any_length_and_goes_on(session: smtplib.SMTP, line: bytes) -> None:
	assert send(session, letter(1, line))[0] == 250
	assert send(session, letter(2, b"short\r\n"))[0] == 250


def test_it_does_not_keep_a_line_without_an_end(own_host: EmbeddedHost) -> None:
	said = b"EHLO x\r\nMAIL FROM:<jo@x.example>\r\nRCPT TO:<" + OFFICE.encode() + b">\r\nDATA\r\n"
	before = memory(own_host.process)
	with Crowd(own_host.mail_url) as crowd:
		[client] = crowd.come(1, said)
		wait_until(lambda: b"354" in client.recv(65536))
		for _number in range(50):
			client.sendall(b"x" * 1_000_000)

		assert memory(own_host.process) - before < 80_000_000
		with pytest.raises(OSError, match=r"."):
			client.sendall(b"x" * 100_000_000)


def test_it_has_room_for_small_mails_beside_large_ones_that_never_end(own_host: EmbeddedHost) -> None:
	said = b"EHLO x\r\nMAIL FROM:<jo@x.example>\r\nRCPT TO:<" + OFFICE.encode() + b">\r\nDATA\r\n"
	lines = (b"word " * 190 + b"\r\n") * 25_000
	before = memory(own_host.process)
	with Crowd(own_host.mail_url) as crowd:
		clients = crowd.come(6, said)
		for client in clients:
			wait_until(lambda client=client: b"354" in client.recv(65536))  # type: ignore[misc]
		with ThreadPoolExecutor(6) as pool:
			list(pool.map(lambda client: client.sendall(lines), clients))

		assert memory(own_host.process) - before < 150_000_000
		assert own_host.mail(letter(1, b"hello\r\n"), "jo@x.example", OFFICE)[0] == 250
		answers = []
		for client in clients:
			client.sendall(b".\r\n")
			answers.append(client.recv(65536)[:3])
		assert b"451" in answers
	assert requests.get(f"{own_host.url}/healthz", timeout=20).status_code == 200
	assert "hello" in unmatched_texts(own_host.staff)


def test_it_takes_a_line_longer_than_a_line_may_be(own_host: EmbeddedHost, session: smtplib.SMTP) -> None:
	"""Senders do write them, against RFC 5321 section 4.5.3.1.6."""
	words = "long " + "x" * 1500
	assert send(session, letter(1, words.encode() + b"\r\n"))[0] == 250
	assert unmatched_texts(own_host.staff) == {words}
