"""Bring a customer's words to the contractor."""

from collections.abc import Collection, Mapping

from customer_thread.domain.errors import TooMany
from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.routing import Business, Route, forward, forward_received
from customer_thread.domain.spending import WHY
from customer_thread.service.outgoing.forward_to import forward_places, is_forwarded_to_member
from customer_thread.service.outgoing.machines import LOOP, is_answered_by_machine
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.outgoing.reach import business_of, contractor_mailbox, reach_of
from customer_thread.service.outgoing.show_team import show_team
from customer_thread.service.outgoing.spending import warn_of_strangers
from customer_thread.service.ports import Ports
from customer_thread.store.rows import ThreadRow


def route_of_reply(ports: Ports, thread: ThreadRow, text: str) -> Route:
	"""Return the way a reply from the page takes: what its customer's contact points say.

	Raise TooMany where the customer alone has used up what may be spent on the only way there is.
	"""
	business = business_of(ports, thread, "Forward", len(text), is_reply=True)
	reach, messages = reach_of(ports, thread), _messages(ports, thread, text)
	is_someones = is_forwarded_to_member(ports, thread, business)
	route = forward(reach, business, messages, ports.rules, is_someones=is_someones)
	if route.channel is None and _has_used_up(business):
		raise too_many(ports)
	return route


def _messages(ports: Ports, thread: ThreadRow, text: str) -> Mapping[DeliveryChannel, int]:
	"""Return how many messages of each channel these words need."""
	return {
		name: len(channel.parts(thread, "Forward", text, channel.rule.limit)) if channel.rule.limit else 1
		for name, channel in ports.channels.items()
	}


def too_many(ports: Ports) -> TooMany:
	"""Return what a customer is told who writes more than can be passed on."""
	if ports.settings().business_phone:
		return TooMany(
			"That is more than we can pass on right now. Please try again later, or call {0}.",
			ports.settings().business_phone,
		)
	return TooMany("That is more than we can pass on right now. Please try again later.")


def _has_used_up(business: Business) -> bool:
	return any(why in (WHY["reply"], WHY["sender"], WHY["thread"]) for why in business.used_up.values())


def forward_sms(
	ports: Ports, thread: ThreadRow, entry: int, channel: DeliveryChannel, text: str, attachments: int
) -> list[str]:
	"""Text the contractor what a customer texted to the business number by this channel."""
	if thread["blocked_us"]:
		return []
	show_team(ports, thread, entry, text, attachments)
	if not ports.settings().forward_texts:
		ports.bell.ring(entry)
		return []
	return _forward(ports, thread, entry, channel, text, attachments)


def forward_mail(
	ports: Ports,
	thread: ThreadRow,
	entry: int,
	text: str,
	attachments: int,
	*,
	lies_in: Collection[str] = (),
) -> list[str]:
	"""Mail the contractor what a customer mailed, or text it where they take no mail.

	`lies_in`: the mailboxes it has reached; if the contractor's is one, it is there already.
	"""
	if thread["blocked_us"]:
		return []
	show_team(ports, thread, entry, text, attachments)
	mailbox = contractor_mailbox(ports.settings())
	if thread["assigned_to"]:
		mailbox = forward_places(ports, thread).get("Email", "")
	if mailbox and mailbox in lies_in:
		route = Route(None, "", "it lies in the contractor's mailbox already")
		return queue_delivery(ports, thread, entry, "Forward", route, text)
	return _forward(ports, thread, entry, "Email", text, attachments)


def _forward(
	ports: Ports, thread: ThreadRow, entry: int, channel: DeliveryChannel, text: str, attachments: int
) -> list[str]:
	business = business_of(ports, thread, "Forward", len(text))
	if WHY["strangers"] in business.used_up.values():
		warn_of_strangers(ports)
	if is_answered_by_machine(ports, thread, "Customer", entry, text, channel):
		route: Route | None = Route(None, "", LOOP)
	else:
		is_someones = is_forwarded_to_member(ports, thread, business)
		route = forward_received(channel, business, ports.rules, is_someones=is_someones) or _not_spent(
			business
		)
	# of a crowd of strangers the contractor has a line already
	if not (route and route.channel) and WHY["strangers"] not in business.used_up.values():
		ports.bell.ring(entry)
	if route is None:
		return []
	return queue_delivery(ports, thread, entry, "Forward", route, text, attachments=attachments)


def _not_spent(business: Business) -> Route | None:
	"""Return a route to nobody that says what is used up, if anything is."""
	why = ", ".join(business.used_up.values())
	return Route(None, "", why) if why else None
