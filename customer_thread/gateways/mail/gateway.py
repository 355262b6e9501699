"""E-mail by SMTP, for the embedded host. Never sends anything twice by itself."""

import smtplib
import socket
import ssl
from collections.abc import Callable
from datetime import datetime, timezone
from email.message import EmailMessage
from typing import cast
from urllib.parse import unquote, urlsplit

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import SMTP_MAIL_SECONDS, SMTP_SECONDS
from customer_thread.domain.outbound import OutboundMail
from customer_thread.domain.phrase import Phrase
from customer_thread.gateways.deadline import deadline, watch
from customer_thread.gateways.mail.message import address, build, one_line

__all__ = ["SmtpMail", "build"]

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
#: how long a server's answer to QUIT is waited for
GOODBYE_SECONDS = 1.0
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
UNREACHABLE = Phrase("The mail server cannot be reached at the moment. It is tried again by itself.")
UNCERTAIN = Phrase("The mail server hung up before saying whether it took the mail.")


class SmtpMail:
	"""The Mail port over one SMTP server.

	`url` is smtp://user:password@host:port (STARTTLS when the server offers it), smtp+starttls:// (never
	without), or smtps:// (TLS from the first byte); user and password percent-encoded.
	"""

	def __init__(
		self,
		url: str,
		timeout: float = SMTP_SECONDS,
		now: Callable[[], datetime] = lambda: datetime.now(timezone.utc),
	) -> None:
		parts = urlsplit(url)
		if parts.scheme not in PORTS or not parts.hostname:
			raise ValueError("an SMTP address looks like smtp://user:password@host:port")
		self._scheme = parts.scheme
		self._host = parts.hostname
		self._port = parts.port or PORTS[parts.scheme]
		self._user = unquote(parts.username or "")
		self._password = unquote(parts.password or "")
		self._timeout = timeout
		self._now = now

	def send(self, mail: OutboundMail) -> None:
		"""Hand over one mail. Raise GatewayError: permanent for 5xx, ambiguous if the line broke after DATA."""
		message = build(mail, self._now())
		try:
			with deadline(SMTP_MAIL_SECONDS), self._connect() as server:
				self._hand_over(server, mail, message)
		except smtplib.SMTPResponseException as error:
			raise _refused(error.smtp_code, error.smtp_error) from error
		except ssl.SSLError as error:
			raise GatewayError("No safe connection to the mail server: check its certificate.") from error
		except OSError as error:
			raise GatewayError(UNREACHABLE) from error

	def _connect(self) -> "_Quitting":
		context = ssl.create_default_context()
		if self._host in LOOPBACK:
			# nobody listens in between, and no authority signs for localhost
			context.check_hostname = False
			context.verify_mode = ssl.CERT_NONE
		server: smtplib.SMTP
		if self._scheme == "smtps":
			server = _WatchedSSL(self._host, self._port, timeout=self._timeout, context=context)
		else:
			server = _Watched(self._host, self._port, timeout=self._timeout)
		try:
			server.ehlo_or_helo_if_needed()
			if self._scheme == "smtp+starttls" or (self._scheme == "smtp" and server.has_extn("starttls")):
				self._start_tls(server, context)
			if self._user:
				self._sign_in(server)
		except BaseException:
			server.close()
			raise
		return _Quitting(server)

	def _start_tls(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
		if not server.has_extn("starttls"):
			raise GatewayError(
				"The mail server offers no STARTTLS. Use smtps:// or ask its keeper.", permanent=True
			)
		server.starttls(context=context)
		server.ehlo()

	def _sign_in(self, server: smtplib.SMTP) -> None:
		if self._host not in LOOPBACK and not isinstance(server.sock, ssl.SSLSocket):
			raise GatewayError(
				"The mail server would get the password unencrypted. Use smtps:// or smtp+starttls://.",
				permanent=True,
			)
		try:
			server.login(self._user, self._password)
		except smtplib.SMTPNotSupportedError as error:
			raise GatewayError("The mail server takes no user name and password.", permanent=True) from error
		except UnicodeError as error:
			raise GatewayError(
				"The mail server's user name and password may hold letters of ASCII alone.", permanent=True
			) from error

	def _hand_over(self, server: smtplib.SMTP, mail: OutboundMail, message: EmailMessage) -> None:
		sender, receiver = address(mail.from_address), address(mail.to)
		_expect(server.mail(sender))
		_expect(server.rcpt(receiver))
		try:
			_expect(server.data(message.as_bytes()))
		except smtplib.SMTPResponseException:
			raise
		except OSError as error:
			raise GatewayError(UNCERTAIN, ambiguous=True) from error


class _Watched(smtplib.SMTP):
	def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
		found = super()._get_socket(host, port, timeout)  # type: ignore[misc]
		watch(found)
		return cast("socket.socket", found)


class _WatchedSSL(smtplib.SMTP_SSL):
	def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
		found = super()._get_socket(host, port, timeout)  # type: ignore[misc]
		watch(found)
		return cast("socket.socket", found)


class _Quitting:
	"""Says good-bye to a server; what it answers changes nothing any more."""

	def __init__(self, server: smtplib.SMTP) -> None:
		self._server = server

	def __enter__(self) -> smtplib.SMTP:
		return self._server

	def __exit__(self, *_: object) -> None:
		try:
			# what was taken is to be written down, not to wait for a farewell
			if self._server.sock:
				self._server.sock.settimeout(GOODBYE_SECONDS)
			self._server.quit()
		except OSError:
			self._server.close()


def _expect(answer: tuple[int, bytes]) -> None:
	code, words = answer
	if not 200 <= code < 300:
		raise smtplib.SMTPResponseException(code, words)


def _refused(code: int, words: bytes | str) -> GatewayError:
	said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
	said = one_line(said)[:200]
	if code in {530, 534, 535}:
		return GatewayError(
			"The mail server does not accept the user name and password: {0}",
			said,
			permanent=True,
			code=str(code),
		)
	if code >= 500:
		return GatewayError("The mail server refused it: {0} {1}", code, said, permanent=True, code=str(code))
	return GatewayError(
		"The mail server is busy: {0} {1}. It is tried again by itself.", code, said, code=str(code)
	)
