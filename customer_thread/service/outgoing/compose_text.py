"""A delivery's row becomes a text."""

from customer_thread.domain.forwarded import forwarded
from customer_thread.domain.model import Purpose
from customer_thread.domain.outbound import OutboundSms
from customer_thread.domain.words import split
from customer_thread.service.outgoing.compose_sign_in import sign_in_text
from customer_thread.service.outgoing.picture_message import picture_addresses, words_beside
from customer_thread.service.ports import Ports
from customer_thread.store.rows import DeliveryRow, ThreadRow


def compose_text(ports: Ports, delivery: DeliveryRow) -> OutboundSms:
	"""Return what is to be sent: the words were put together when it was queued."""
	if delivery["purpose"] == "Sign In":
		return sign_in_text(ports, delivery)
	sender = ports.settings().twilio_from_number
	return OutboundSms(
		delivery["address"],
		sender,
		words_beside(ports, delivery),
		delivery["name"],
		picture_urls=picture_addresses(ports, delivery),
	)


def texts_of(thread: ThreadRow, purpose: Purpose, text: str, limit: int) -> list[str]:
	"""Return the texts that carry these words, each counting as at most `limit` characters.

	What is forwarded says whose they are and how to answer.
	"""
	if purpose != "Forward":
		return split(text, limit)
	return forwarded(thread["title"], thread["code"], text, limit)
