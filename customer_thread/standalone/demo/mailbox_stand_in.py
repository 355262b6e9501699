"""A mail server on this machine that keeps what it is given, for the demo and the tests."""

import asyncio
import threading
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True)
class Letter:
	"""A mail as it came in."""

	sender: str
	receivers: tuple[str, ...]
	data: bytes

	@property
	def message(self) -> EmailMessage:
		"""Return the mail, parsed."""
		return message_from_bytes(self.data, policy=policy.default)


class _Controller(Controller):
	def _trigger_server(self) -> None:
		# port 0 lets the system choose, and only the open socket knows what it chose
		if isinstance(self.server, asyncio.Server):
			self.port = self.server.sockets[0].getsockname()[1]
		super()._trigger_server()  # type: ignore[no-untyped-call]


class Mailbox:
	"""Takes mails on 127.0.0.1 until it is stopped. Safe to use from several threads."""

	def __init__(self) -> None:
		self.messages: list[Letter] = []
		#: where it listens, once started
		self.port = 0
		self._refusals: list[str] = []
		self._drops = 0
		self._lock = threading.Lock()
		self._controller: _Controller | None = None

	def start(self, port: int = 0) -> int:
		"""Start listening and return the port."""
		self._controller = _Controller(self, hostname="127.0.0.1", port=port)
		self._controller.start()
		self.port = int(self._controller.port)
		return self.port

	def stop(self) -> None:
		"""Stop listening."""
		if self._controller is not None:
			self._controller.stop()
			self._controller = None

	def refuse_next(self, code: int, words: str = "not taken") -> None:
		"""Refuse the next receiver with this SMTP code."""
		with self._lock:
			self._refusals.append(f"{code} {words}")

	def drop_next(self) -> None:
		"""Take the next mail, and hang up instead of saying so."""
		with self._lock:
			self._drops += 1

	async def handle_RCPT(
		self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
	) -> str:
		"""Answer RCPT TO."""
		with self._lock:
			if self._refusals:
				return self._refusals.pop(0)
		envelope.rcpt_tos.append(address)
		return "250 OK"

	async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
		"""Keep the mail."""
		data = envelope.content if isinstance(envelope.content, bytes) else b""
		letter = Letter(envelope.mail_from or "", tuple(envelope.rcpt_tos), data)
		with self._lock:
			self.messages.append(letter)
			drop = self._drops > 0
			self._drops -= drop
		if drop and isinstance(server.transport, asyncio.WriteTransport):
			server.transport.abort()
		return "250 OK"
