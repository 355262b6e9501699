"""A provider for the model of a delivery: it takes texts and mails as it is told to, and does what it said later."""

from collections import Counter
from dataclasses import dataclass, field

from customer_thread.domain.delivery_states import ARRIVES_WITHIN
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.model import Attachment, DeliveryState
from customer_thread.domain.outbound import OutboundMail, OutboundSms, SentSms
from customer_thread.domain.times import SECOND
from support.clock import FixedClock

RANK = {"Held": 0, "Queued": 0, "Sending": 1, "Sent": 2, "Delivered": 3, "Failed": 3, "Skipped": 3}
#: what may come of a request: what the provider does, and what its caller learns
TAKEN = ("answered", "answer lost", "5xx but taken", "arrives late")
NOT_TAKEN = ("refused", "busy", "5xx", "never arrives")
OUTCOMES = (*TAKEN, *NOT_TAKEN, "answered", "answered", "answer lost", "arrives late", "arrives late")
PASSING = GatewayError("busy", code="20429")
UNSURE = GatewayError("no answer", ambiguous=True)
UNDELIVERED = GatewayError("landline", permanent=True, code="30006")
NO_PICTURES = GatewayError("too large", permanent=True, code="30019", of_pictures=True)


class Killed(BaseException):
	"""The process ends here."""


@dataclass
class Text:
	"""A text that the provider accepted."""

	sid: str
	to: str
	words: str
	#: of the status callback's address
	delivery: str
	at_us: int
	#: whether pictures go along
	has_pictures: bool = False
	state: DeliveryState = "Sending"
	#: what becomes of it, in the provider's order
	fate: tuple[DeliveryState, ...] = ("Sent", "Delivered")

	@property
	def error(self) -> GatewayError:
		"""Return why it is undelivered, if it is."""
		return NO_PICTURES if self.has_pictures else UNDELIVERED


@dataclass
class Provider:
	"""Takes texts and mails as it is told to, and does what it said later."""

	clock: FixedClock
	#: how much its clock is ahead of ours
	ahead_us: int = 0
	texts: list[Text] = field(default_factory=list)
	#: requests on their way: when they arrive
	under_way: list[tuple[int, OutboundSms]] = field(default_factory=list)
	mails: Counter[str] = field(default_factory=Counter)
	#: what comes of the next request, and whether the process dies while it waits
	outcome: str = "answered"
	dies: str = ""
	list_fails: bool = False
	lands: bool = True

	def send(self, text: OutboundSms) -> SentSms:
		"""Do with one text as told."""
		if self.dies == "before":
			raise Killed
		taken = self._take(text) if self.outcome in ("answered", "answer lost", "5xx but taken") else None
		if self.outcome == "arrives late":
			self.under_way.append((self.clock.us + ARRIVES_WITHIN - SECOND, text))
		if self.dies == "during":
			raise Killed
		if self.outcome == "refused":
			if text.picture_urls:
				raise NO_PICTURES
			raise GatewayError("a landline", permanent=True, code="21614", consent=None)
		if self.outcome == "busy":
			raise PASSING
		if taken is None or self.outcome != "answered":
			raise UNSURE
		return SentSms(taken.sid, taken.state)

	def _take(self, text: OutboundSms) -> Text:
		fate: tuple[DeliveryState, ...] = ("Sent", "Delivered") if self.lands else ("Sent", "Failed")
		sid = f"SM{len(self.texts):032x}"
		at_us = self.clock.us + self.ahead_us
		taken = Text(sid, text.to, text.text, text.delivery, at_us, bool(text.picture_urls), fate=fate)
		self.texts.append(taken)
		return taken

	def arrive(self) -> None:
		"""Take what has arrived by now."""
		for arrives, text in [one for one in self.under_way if one[0] <= self.clock.us]:
			self.under_way.remove((arrives, text))
			self._take(text)

	def find_sent(self, text: OutboundSms, since_us: int) -> list[SentSms]:
		"""Return the matching texts, newest first."""
		if self.list_fails:
			raise GatewayError("the list fails", permanent=True)
		return [
			self._as_sent(one)
			for one in reversed(self.texts)
			if (one.to, one.words) == (text.to, text.text) and one.at_us >= since_us
		]

	def status_of(self, provider_sid: str) -> SentSms:
		"""Return how far it has come."""
		if self.list_fails:
			raise PASSING
		return next(self._as_sent(one) for one in self.texts if one.sid == provider_sid)

	def _as_sent(self, text: Text) -> SentSms:
		return SentSms(text.sid, text.state, text.error if text.state == "Failed" else None)

	def list_received(self, since_us: int, known: object = None) -> list[InboundSms]:
		"""Return nothing: nobody writes."""
		return []

	def fetch_attachment(self, url: str) -> Attachment:
		"""Return nothing: nobody sends any."""
		raise GatewayError("no picture", permanent=True)


class MailServer:
	"""The mail half of the provider."""

	def __init__(self, provider: Provider) -> None:
		self._provider = provider

	def send(self, mail: OutboundMail) -> None:
		"""Do with one mail as told."""
		provider = self._provider
		if provider.dies == "before":
			raise Killed
		if provider.outcome in TAKEN:
			provider.mails[mail.message_id] += 1
		if provider.dies == "during":
			raise Killed
		if provider.outcome == "refused":
			raise GatewayError("no such mailbox", permanent=True, code="550")
		if provider.outcome != "answered":
			raise GatewayError("no answer", ambiguous=provider.outcome != "busy")
