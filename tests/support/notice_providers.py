"""The providers of the month of the notices: what reached whom, when, and which entries it tells of."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, Envelope, Session
from werkzeug.wrappers import Request

from customer_thread.standalone.demo.mailbox_stand_in import Mailbox
from customer_thread.standalone.demo.push_stand_in import PushStandIn, Received
from customer_thread.standalone.demo.twilio_message import TwilioMessage
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

WORD = re.compile(r"zq\d{6}")
_MORE = re.compile(r"\band (\d+) more\b")


@dataclass(frozen=True)
class Ping:
	"""Something that reached a customer's device."""

	at_us: int
	channel: Literal["Push", "Email", "SMS"]
	address: str
	#: whether it tells of something in the thread, and is not the message itself
	is_notice: bool
	#: of the entries it names, in its order
	words: tuple[str, ...]
	#: how many more it speaks of
	more: int
	#: by which a repeat is known: of a mail its Message-ID
	id: str
	text: str


class Phones(TwilioStandIn):
	"""Every phone there is. A text arrives at once, and nothing is reported of it later."""

	def accept(self, message: TwilioMessage) -> None:
		"""Keep a text."""
		with self.lock:
			message.status, message.sent_us = "delivered", self.clock()
			message.from_ = message.from_ or self.numbers[0]
			self.messages.append(message)

	def heed(self, phone: str, words: str) -> None:
		"""Take no more texts for a phone that said STOP, until it says START."""
		with self.lock:
			if words == "STOP":
				self.opted_out |= {(number, phone) for number in self.numbers}
			elif words == "START":
				self.opted_out -= {(number, phone) for number in self.numbers}

	def pings(self, link: str) -> list[Ping]:
		"""Return what the phones got; a notice leads into the thread, by an address that begins with `link`."""
		return [
			_ping(text.created_us, "SMS", text.to, link in text.body, text.sid, text.body)
			for text in self.sent
		]


class Mailboxes(Mailbox):
	"""Every mailbox there is, with when each mail came."""

	def __init__(self, clock: Callable[[], int]) -> None:
		super().__init__()
		self._clock = clock
		self.times: list[int] = []

	async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
		"""Keep the mail and its time."""
		self.times.append(self._clock())
		return await super().handle_DATA(server, session, envelope)

	def pings(self) -> list[Ping]:
		"""Return what the mailboxes got; a notice can be switched off from its mail, a message cannot."""
		found = []
		for at_us, letter in zip(self.times, self.messages, strict=True):
			mail = letter.message
			is_notice = "List-Unsubscribe" in mail
			found.append(
				_ping(at_us, "Email", letter.receivers[0], is_notice, str(mail["Message-ID"]), plain(mail))
			)
		return found


class Browsers(PushStandIn):
	"""The browsers of customers, one each, with when each push came."""

	def __init__(self, clock: Callable[[], int]) -> None:
		super().__init__()
		self._clock = clock
		self._of: dict[str, int] = {}
		self._arrived: list[tuple[int, Received]] = []

	def subscription(self, customer: int) -> dict[str, Any]:
		"""Return what a customer's new browser gives to whom may push to it."""
		made = self.browser()
		self._of[made.endpoint] = customer
		return made.subscription

	def _receive(self, request: Request) -> None:
		super()._receive(request)
		self._arrived.append((self._clock(), self.browsers[request.path].received[-1]))

	def pings(self) -> list[Ping]:
		"""Return what the browsers got. One that comes again replaces the first on the screen, by its tag."""
		found = []
		for at_us, push in self._arrived:
			assert push.topic == push.payload["tag"]
			words, who = push.payload["body"], f"browser {self._of[push.endpoint]}"
			found.append(_ping(at_us, "Push", who, True, f"{who}: {words}", words))
		return found


def plain(mail: EmailMessage) -> str:
	"""Return the plain text of a mail."""
	part = mail.get_body(("plain",))
	assert part is not None, "a mail has a plain text"
	return str(part.get_content())


def _ping(
	at_us: int,
	channel: Literal["Push", "Email", "SMS"],
	address: str,
	is_notice: bool,
	id: str,
	text: str,
) -> Ping:
	more = _MORE.search(text)
	words = tuple(dict.fromkeys(WORD.findall(text)))
	return Ping(at_us, channel, address, is_notice, words, int(more[1]) if more else 0, id, text)
