"""Bring a customer's words to the contractor."""

from collections.abc import Callable

from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.routing import forward, forward_received
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.outgoing.reach import business_of, reach_of
from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow


def forward_reply(ports: Ports, thread: ThreadRow, entry: int, text: str) -> list[str]:
	"""Send a reply from the page the way its customer's contact points say; return the delivery ids."""
	route = forward(reach_of(ports, thread), business_of(ports), len(text), ports.rules)
	return queue_delivery(ports, thread, entry, "Forward", route, text)


def forward_sms(
	ports: Ports, thread: ThreadRow, entry: int, channel: DeliveryChannel, text: str, attachments: int
) -> list[str]:
	"""Text the contractor what a customer texted to the business number by this channel."""
	if not ports.settings().forward_texts:
		return []
	return _forward(ports, thread, entry, channel, with_attachment_hint(ports.translate, text, attachments))


def forward_mail(ports: Ports, thread: ThreadRow, entry: int, text: str) -> list[str]:
	"""Mail the contractor what a customer mailed, or text it where they take no mail."""
	return _forward(ports, thread, entry, "Email", text)


def _forward(ports: Ports, thread: ThreadRow, entry: int, channel: DeliveryChannel, text: str) -> list[str]:
	route = forward_received(channel, business_of(ports), ports.rules)
	return queue_delivery(ports, thread, entry, "Forward", route, text) if route else []


def with_attachment_hint(translate: Callable[[str], str], text: str, attachments: int, link: str = "") -> str:
	"""Return the words with a hint to the attachments, which travel by no text, and where they can be seen."""
	if not attachments:
		return text
	_ = translate
	hint = _("[1 picture]") if attachments == 1 else _("[{0} pictures]").format(attachments)
	return f"{text}\n{hint} {link}".strip()
