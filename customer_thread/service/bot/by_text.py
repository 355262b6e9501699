"""Somebody of the business texts from their own phone: the bot's first mouth."""

import hashlib

from customer_thread.domain.bot.model import BotMessage
from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.routing import Route
from customer_thread.domain.thread.keys import sms_key, source_key
from customer_thread.domain.thread.machines import ROUNDS
from customer_thread.domain.times import MINUTE
from customer_thread.service.bot.handle_message import handle_message
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, sent_to

#: the same words are answered three times within this
ANSWERED_WITHIN = 10 * MINUTE


class TextHandler:
	"""How the bot answers a text."""

	def __init__(self, ports: Ports, sms: InboundSms, mobile: str) -> None:
		self._ports, self._sms, self._mobile = ports, sms, mobile

	def was_answered(self) -> bool:
		"""Return whether this text has its answer."""
		return sent_to.has_source(self._ports.database, self._key)

	def send_reply(self, text: str) -> None:
		"""Text whoever texted, once for each of their texts."""
		ports, now = self._ports, self._ports.clock.now_us()
		# the same words are known again, and are nowhere read
		words = hashlib.sha256(self._sms.text.encode("utf-8", "replace")).hexdigest()[:16]
		why = f"answer to the contractor's text ({words})"
		if sent_to.answers_since(ports.database, self._mobile, now - ANSWERED_WITHIN, why) >= ROUNDS:
			# the phone of somebody who drives answers by itself, and would go on for ever
			return
		route = Route(self._sms.channel, self._mobile, why)
		if deliveries.queue(ports.database, "Answer", route, now, text=text, source_key=self._key):
			ports.queue.run_soon("deliver")

	@property
	def _key(self) -> str:
		return source_key("answer", self._sms.provider_sid.lower())


def obey_text(ports: Ports, sms: InboundSms, mobile: str, user: str) -> None:
	"""Let the bot have what somebody of the business texted, once; a word by which the provider stopped or let texts it does not get.

	`mobile`: their phone, E.164; `user`: whose it is, empty for the contractor.
	"""
	handler = TextHandler(ports, sms, mobile)
	# after CANCEL, too, no answer can reach that phone
	if sms.is_for_provider or sms.keyword == "STOP" or handler.was_answered():
		return
	message = BotMessage(
		mouth=sms.channel,
		speaker=mobile,
		text=sms.text,
		occurred_us=sms.occurred_us,
		source_key=sms_key(sms),
		sent_by=user or None,
		sees_as=user,
		attachments=sms.attachments,
	)
	handle_message(ports, message, handler)
