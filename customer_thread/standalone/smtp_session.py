"""An SMTP session (RFC 5321) whose memory, time and commands have bounds."""

import asyncio
import time
from typing import Any

from aiosmtpd.smtp import SMTP

from customer_thread.domain.limits import (
	MAIL_BYTES,
	MAIL_BYTES_AT_ONCE,
	MAIL_COMMANDS,
	MAIL_IDLE_SECONDS,
	MAIL_SECONDS,
)

_END = b"\r\n.\r\n"
#: mails up to so many bytes have their own room: who sends large ones never keeps them out
_SMALL = 100_000
_MANY = 1_000_000
#: a command for every recipient, each answered; how many of them count is limited by the mail
_COMMANDS = {"*": MAIL_COMMANDS, "RCPT": _MANY}


class Sessions:
	"""All sessions at once: how many, and how many bytes of mails. Used by the mail thread alone."""

	def __init__(self, most: int) -> None:
		self._most = most
		self._open: set[SmtpSession] = set()

	def enter(self, session: "SmtpSession") -> None:
		"""Let a session in. Where there is no room, the one that has kept us waiting longest goes."""
		while len(self._open) >= self._most:
			goes = min(self._open, key=lambda one: (one.is_receiving, one.since))
			goes.turn_out("421 4.3.2 Too many connections, please try again later")
			self._open.discard(goes)
		self._open.add(session)

	def leave(self, session: "SmtpSession") -> None:
		"""A session has ended."""
		self._open.discard(session)

	@property
	def bytes_held(self) -> int:
		"""Return how many bytes of large mails are in memory."""
		return sum(one.held for one in self._open if one.held > _SMALL)


class SmtpSession(SMTP):  # type: ignore[misc, unused-ignore]
	"""A client that hands in mail."""

	def __init__(self, handler: object, sessions: Sessions, **options: Any) -> None:  # noqa: ANN401
		super().__init__(handler, timeout=MAIL_IDLE_SECONDS, command_call_limit=_COMMANDS, **options)
		self._sessions = sessions
		self.since = time.monotonic()
		self.is_receiving = False
		#: bytes of its mail in memory
		self.held = 0

	def connection_made(self, transport: Any) -> None:  # noqa: ANN401 - asyncio's
		"""A client is there."""
		super().connection_made(transport)
		self._sessions.enter(self)

	def connection_lost(self, error: Exception | None) -> None:
		"""It is gone."""
		self._sessions.leave(self)
		super().connection_lost(error)

	def turn_out(self, words: str) -> None:
		"""Say goodbye."""
		transport: Any = self.transport
		if transport is not None:
			transport.write(words.encode() + b"\r\n")
			transport.close()

	async def smtp_MAIL(self, arg: str) -> None:
		"""A mail begins."""
		self.since = time.monotonic()
		await super().smtp_MAIL(arg)

	async def smtp_DATA(self, arg: str) -> None:
		"""Take in a mail, as it comes and never line by line, and hand it over."""
		if await self.check_helo_needed():
			return
		envelope: Any = self.envelope
		if not envelope.rcpt_tos:
			await self.push("503 Error: need RCPT command")
			return
		if arg:
			await self.push("501 Syntax: DATA")
			return
		await self.push("354 End data with <CR><LF>.<CR><LF>")
		self._reset_timeout(MAIL_SECONDS)
		self.since, self.is_receiving = time.monotonic(), True
		try:
			content, refusal = await self._read_mail()
			if not refusal:
				envelope.content = envelope.original_content = content
				del content
				refusal = await self._call_handler_hook("DATA")
		finally:
			self.held, self.is_receiving = 0, False
		self.envelope = self._create_envelope()
		await self.push(refusal)

	async def _read_mail(self) -> tuple[bytes, str]:
		"""Return a mail without its dots (RFC 5321 section 4.5.2), or why it is refused."""
		content, gone, refusal = bytearray(b"\r\n"), 0, ""
		while True:
			searched = max(0, len(content) - len(_END) + 1)
			# everything that is there, so that what belongs to the next command can be put back
			came = await self._reader.read(_MANY)
			if not came:
				raise asyncio.CancelledError
			content += came
			end = content.find(_END, searched)
			if end >= 0:
				if len(content) > end + len(_END):
					self._reader.feed_data(bytes(content[end + len(_END) :]))
				del content[end + 2 :]
				break
			self.held = len(content)
			refusal = refusal or self._refusal(len(content))
			if refusal:
				gone += len(content) - len(_END)
				del content[: -len(_END)]
				# at once, or all that come together are refused for what none of them holds any more
				self.held = len(content)
			if gone > 2 * MAIL_BYTES:
				self.turn_out("552 5.3.4 This mail is too large")
				raise asyncio.CancelledError
		refusal = refusal or self._refusal(len(content) - 4)
		return (b"" if refusal else bytes(content.replace(b"\r\n.", b"\r\n")[2:])), refusal

	def _refusal(self, size: int) -> str:
		if size > MAIL_BYTES:
			return "552 5.3.4 This mail is too large"
		if size > _SMALL and self._sessions.bytes_held > MAIL_BYTES_AT_ONCE:
			return "451 4.3.2 Too much mail at once, please try again later"
		return ""
