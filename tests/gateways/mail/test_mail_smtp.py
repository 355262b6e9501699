"""Handing mails to a server, over real sockets."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundMail
from customer_thread.gateways.mail.gateway import SmtpMail
from customer_thread.standalone.demo.mailbox_stand_in import Mailbox

MAIL = OutboundMail(
	message_id="<entry.812@reply.mikescontracting.example>",
	to="sarah@lee.example",
	from_name="Mike's Contracting",
	from_address="office@mikescontracting.example",
	reply_to="",
	subject="Invoice #2041",
	text=".\nHi Sarah\n.",
	html="",
)


def refusal(gateway: SmtpMail, mail: OutboundMail = MAIL) -> GatewayError:
	with pytest.raises(GatewayError) as caught:
		gateway.send(mail)
	return caught.value


@pytest.fixture
def gateway(mailbox: Mailbox) -> SmtpMail:
	return SmtpMail(f"smtp://127.0.0.1:{mailbox.port}", timeout=20)


def test_it_hands_over_one_mail(gateway: SmtpMail, mailbox: Mailbox) -> None:
	gateway.send(MAIL)
	[letter] = mailbox.messages
	assert (letter.sender, letter.receivers) == (MAIL.from_address, (MAIL.to,))
	assert letter.message["Message-ID"] == MAIL.message_id
	assert letter.message.get_content() == ".\r\nHi Sarah\r\n.\r\n"


def test_it_asks_a_clock_for_the_date(mailbox: Mailbox) -> None:
	now = datetime(2026, 5, 15, tzinfo=timezone.utc)
	SmtpMail(f"smtp://127.0.0.1:{mailbox.port}", now=lambda: now).send(MAIL)
	assert mailbox.messages[0].message["Date"].datetime == now


@pytest.mark.parametrize("code", [550, 552, 553])
def test_a_refused_receiver_is_permanent(code: int, gateway: SmtpMail, mailbox: Mailbox) -> None:
	mailbox.refuse_next(code, "5.1.1 no such user")
	error = refusal(gateway)
	assert (error.permanent, error.ambiguous, error.code) == (True, False, str(code))
	assert "no such user" in str(error)
	assert mailbox.messages == []


@pytest.mark.parametrize("code", [421, 450, 451])
def test_a_busy_server_passes(code: int, gateway: SmtpMail, mailbox: Mailbox) -> None:
	mailbox.refuse_next(code)
	error = refusal(gateway)
	assert (error.permanent, error.ambiguous, error.code) == (False, False, str(code))
	gateway.send(MAIL)
	assert len(mailbox.messages) == 1


def test_a_line_that_breaks_after_the_mail_is_ambiguous(gateway: SmtpMail, mailbox: Mailbox) -> None:
	mailbox.drop_next()
	error = refusal(gateway)
	assert (error.permanent, error.ambiguous) == (False, True)
	assert len(mailbox.messages) == 1


def test_nobody_there_passes(gateway: SmtpMail, mailbox: Mailbox) -> None:
	mailbox.stop()
	error = refusal(gateway)
	assert (error.permanent, error.ambiguous) == (False, False)


def test_a_server_that_says_nothing_passes() -> None:
	with socket.create_server(("127.0.0.1", 0)) as server:
		error = refusal(SmtpMail(f"smtp://127.0.0.1:{server.getsockname()[1]}", timeout=0.2))
	assert (error.permanent, error.ambiguous) == (False, False)


def test_a_server_that_does_not_want_us_is_believed() -> None:
	with socket.create_server(("127.0.0.1", 0)) as server:

		def turn_away() -> None:
			connection, _ = server.accept()
			with connection:
				connection.sendall(b"554 5.7.1 Your address is on a list\r\n")
				connection.recv(1024)

		thread = threading.Thread(target=turn_away)
		thread.start()
		error = refusal(SmtpMail(f"smtp://127.0.0.1:{server.getsockname()[1]}", timeout=20))
		thread.join()
	assert (error.permanent, error.code) == (True, "554")


def test_an_address_that_is_none_is_never_asked_about(gateway: SmtpMail, mailbox: Mailbox) -> None:
	assert refusal(gateway, replace(MAIL, to="sarah@lee.example\r\nRCPT TO:<x@evil.example>")).permanent
	assert mailbox.messages == []


@pytest.mark.parametrize("url", ["", "127.0.0.1:25", "http://127.0.0.1", "smtp://", "smtp:///x"])
def test_it_refuses_an_address_that_is_none(url: str) -> None:
	with pytest.raises(ValueError, match="smtp://"):
		SmtpMail(url)


class Server:
	"""A mail server that wants TLS, a password, or both."""

	def __init__(self, host: str = "127.0.0.1", needs_password: bool = False, **options: Any) -> None:  # noqa: ANN401
		self.encrypted: list[bool] = []
		self.users: list[str] = []
		with socket.create_server((host, 0)) as free:
			port = free.getsockname()[1]
		if needs_password:
			options |= {"authenticator": self.authenticator, "auth_required": True, "auth_require_tls": False}
		self.controller = Controller(self, hostname=host, port=port, **options)
		self.controller.start()
		self.at = f"{host}:{port}"

	async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
		self.encrypted.append(session.ssl is not None)
		return "250 OK"

	def authenticator(
		self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
	) -> AuthResult:
		self.users.append(data.login.decode())
		return AuthResult(success=data.password == b"p@ss:word", handled=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
	folder = tmp_path_factory.mktemp("tls")
	command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
	subprocess.run(
		[*command.split(), "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
		check=True,
		capture_output=True,
	)
	context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
	context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
	return context


@pytest.fixture
def tls_server(certificate: ssl.SSLContext) -> Iterator[Server]:
	server = Server(tls_context=certificate)
	yield server
	server.controller.stop()


@pytest.mark.parametrize("scheme", ["smtp", "smtp+starttls"])
def test_it_takes_starttls_when_offered(scheme: str, tls_server: Server) -> None:
	SmtpMail(f"{scheme}://{tls_server.at}", timeout=20).send(MAIL)
	assert tls_server.encrypted == [True]


def test_it_does_not_do_without_when_told_to(mailbox: Mailbox) -> None:
	error = refusal(SmtpMail(f"smtp+starttls://127.0.0.1:{mailbox.port}", timeout=20))
	assert error.permanent
	assert mailbox.messages == []


def test_it_looks_at_the_certificate_of_another_machine(certificate: ssl.SSLContext) -> None:
	server = Server("127.0.0.2", tls_context=certificate)
	error = refusal(SmtpMail(f"smtp+starttls://{server.at}", timeout=20))
	server.controller.stop()
	assert "certificate" in str(error)
	assert server.encrypted == []


@pytest.fixture
def password_server() -> Iterator[Server]:
	server = Server(needs_password=True)
	yield server
	server.controller.stop()


def test_it_signs_in(password_server: Server) -> None:
	SmtpMail(f"smtp://mike%40x.example:p%40ss%3Aword@{password_server.at}", timeout=20).send(MAIL)
	assert password_server.users == ["mike@x.example"]
	assert password_server.encrypted == [False]


def test_a_wrong_password_is_permanent(password_server: Server) -> None:
	error = refusal(SmtpMail(f"smtp://mike:secret-word@{password_server.at}", timeout=20))
	assert (error.permanent, error.code) == (True, "535")
	assert "secret-word" not in str(error)
	assert password_server.encrypted == []


def test_a_password_is_never_sent_readable_to_another_machine() -> None:
	seen = Server("127.0.0.2", needs_password=True)
	error = refusal(SmtpMail(f"smtp://mike:secret@{seen.at}", timeout=20))
	seen.controller.stop()
	assert error.permanent
	assert "unencrypted" in str(error)
	assert seen.users == []


def test_a_password_beyond_ascii_is_an_error_and_no_crash(password_server: Server) -> None:
	assert refusal(SmtpMail(f"smtp://mike:w%C3%B6rd@{password_server.at}", timeout=20)).permanent


def test_a_server_without_passwords_says_so(mailbox: Mailbox) -> None:
	assert refusal(SmtpMail(f"smtp://mike:secret@127.0.0.1:{mailbox.port}", timeout=20)).permanent
