"""Bring a customer's words to the contractor."""

from customer_thread.domain.routing import Business, Route, forward
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.outgoing.reach import business_of, reach_of
from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow


def forward_reply(ports: Ports, thread: ThreadRow, entry: int, text: str) -> list[str]:
	"""Send a reply from the page the way its customer's contact points say; return the delivery ids."""
	route = forward(reach_of(ports, thread), business_of(ports), len(text))
	return queue_delivery(ports, thread, entry, "Forward", route, text)


def forward_sms(ports: Ports, thread: ThreadRow, entry: int, text: str, pictures: int) -> list[str]:
	"""Text the contractor what a customer texted to the business number."""
	business = business_of(ports)
	if not ports.settings().forward_texts or not (business.sends_texts and business.mobile):
		return []
	route = Route("SMS", business.mobile, "the contractor has texts passed on")
	return queue_delivery(ports, thread, entry, "Forward", route, with_pictures(ports, text, pictures))


def forward_mail(ports: Ports, thread: ThreadRow, entry: int, text: str) -> list[str]:
	"""Mail the contractor what a customer mailed, or text it where he takes no mail."""
	route = _mail_first(business_of(ports))
	return queue_delivery(ports, thread, entry, "Forward", route, text) if route else []


def _mail_first(business: Business) -> Route | None:
	if business.sends_mail and business.email:
		return Route("Email", business.email, "the customer wrote by e-mail")
	if business.sends_texts and business.mobile:
		return Route("SMS", business.mobile, "by text: the contractor takes no e-mail")
	return None


def with_pictures(ports: Ports, text: str, pictures: int, link: str = "") -> str:
	"""Return the words with a hint to the pictures, which travel by no text, and where they can be seen."""
	if not pictures:
		return text
	_ = ports.translate
	hint = _("[1 picture]") if pictures == 1 else _("[{0} pictures]").format(pictures)
	return f"{text}\n{hint} {link}".strip()
