"""A phone on the demo page: the conversation with the business number, as Twilio's stand-in has it."""

from collections.abc import Sequence
from typing import Any

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.model import Attachment
from customer_thread.domain.wording import Reader, day_label, time_of_day
from customer_thread.standalone.demo.cast import BUSINESS_NUMBER, Person
from customer_thread.standalone.demo.clients import check_webhook
from customer_thread.standalone.demo.twilio_message import TwilioMessage
from customer_thread.standalone.demo.twilio_stand_in import TwilioStandIn

#: texts shown, counted from the newest
SHOWN = 200


class Phone:
	"""One person's phone."""

	def __init__(self, twilio: TwilioStandIn, owner: Person) -> None:
		self._twilio = twilio
		self._owner = owner

	def text(self, words: str, pictures: Sequence[Attachment] = ()) -> None:
		"""Text the business number: a signed webhook. Raise BadInput or Refused."""
		words = words.strip()
		if not words and not pictures:
			raise BadInput("Type a text first.")
		check_webhook(self._twilio.receive(self._owner.phone, BUSINESS_NUMBER, words, pictures))

	def conversation(self, reader: Reader) -> list[dict[str, Any]]:
		"""Return the texts, oldest first, as the page shows them."""
		with self._twilio.lock:
			texts = [text for text in self._twilio.messages if self._owner.phone in (text.from_, text.to)]
			return [self._shown(text, reader) for text in texts[-SHOWN:]]

	@property
	def is_stopped(self) -> bool:
		"""Return whether it has answered STOP."""
		with self._twilio.lock:
			return (BUSINESS_NUMBER, self._owner.phone) in self._twilio.opted_out

	def picture(self, sid: str) -> Attachment:
		"""Return a picture of this conversation. Raise NotFound."""
		with self._twilio.lock:
			for text in self._twilio.messages:
				if self._owner.phone in (text.from_, text.to) and sid in text.media:
					return text.media[sid]
		raise NotFound("There is no such picture.")

	def _shown(self, text: TwilioMessage, reader: Reader) -> dict[str, Any]:
		return {
			"id": text.sid,
			"mine": text.direction == "inbound",
			"text": text.body,
			"day": day_label(text.created_us, reader),
			"time": time_of_day(text.created_us, reader),
			"pictures": [f"/picture/{self._owner.key}/{sid}" for sid in text.media],
			"lost": str(text.error_code) if text.status == "undelivered" else "",
		}
