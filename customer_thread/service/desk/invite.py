"""Customers are invited to their messages: each gets a link that signs them in, or a reason why not."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict

from customer_thread.domain.errors import BadInput, Conflict, NotFound, ThreadError, TooMany
from customer_thread.domain.limits import INVITATIONS_PER_DAY, INVITED_AT_ONCE
from customer_thread.domain.model import DeliveryChannel, Party
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.routing import PORTAL_ONLY, Reach, Route, outward
from customer_thread.domain.times import DAY
from customer_thread.service.desk.check_links import check_links
from customer_thread.service.desk.visible import visible_party
from customer_thread.service.outgoing.queue_invitation import queue_invitation, reach_of_reader, words_of
from customer_thread.service.outgoing.reach import business_of, reach_of
from customer_thread.service.ports import Ports
from customer_thread.service.thread.hand_over_thread import drop_empty_thread
from customer_thread.store import deliveries, sent_to, threads
from customer_thread.store.rows import ThreadRow


class InvitedView(TypedDict):
	"""What came of one invitation."""

	customer: str
	#: None where there is no such customer for whoever asks
	title: str | None
	#: both None: nobody was reached, and the reason says why
	channel: DeliveryChannel | None
	address: str | None
	reason: str
	delivery: str | None


def invite(ports: Ports, customers: Sequence[str], channel: str) -> list[InvitedView]:
	"""Invite each of these customers and return what came of it; what stands against one keeps back no other.

	`channel`: auto, or by what name a channel is asked for. Raise BadInput.
	"""
	asked = list(dict.fromkeys(customers))
	if not 1 <= len(asked) <= INVITED_AT_ONCE:
		raise BadInput("Between 1 and {0} customers can be invited at once.", INVITED_AT_ONCE)
	channels = ("auto", *(rule.asked_as for rule in ports.rules))
	if channel not in channels:
		raise BadInput("channel must be one of {0}.", ", ".join(channels))
	return [_invite(ports, customer, channel) for customer in asked]


def _invite(ports: Ports, customer: str, wanted: str) -> InvitedView:
	title = None
	try:
		thread = _thread(ports, Party("Customer", customer))
		title = thread["title"]
		route, delivery = _send(ports, thread, wanted)
	except ThreadError as error:
		reason = error.worded(ports.translate)
		return _view(customer, title, Route(None, "", reason), None)
	made = deliveries.get(ports.database, delivery)
	# with until when it waits, if it does
	return _view(customer, title, replace(route, reason=made["reason"] if made else route.reason), delivery)


def _view(customer: str, title: str | None, route: Route, delivery: str | None) -> InvitedView:
	return {
		"customer": customer,
		"title": title,
		"channel": route.channel,
		"address": route.address or None,
		"reason": route.reason,
		"delivery": delivery,
	}


def _thread(ports: Ports, party: Party) -> ThreadRow:
	"""Return the customer's thread, held: two invitations at once make nothing twice. Raise NotFound."""
	is_open = threads.of_party(ports.database, party) is not None
	try:
		thread = visible_party(ports, party)
	except NotFound:
		if not is_open:
			# whoever may not see it leaves no trace of having asked
			drop_empty_thread(ports, party)
		raise
	return threads.require_held(ports.database, thread["name"])


def _send(ports: Ports, thread: ThreadRow, wanted: str) -> tuple[Route, str]:
	"""Return by which way the link goes, and the delivery. Raise what stands against it."""
	check_links(ports.settings())
	now = ports.clock.now_us()
	if sent_to.invitations_since(ports.database, thread["name"], now - DAY) >= INVITATIONS_PER_DAY:
		raise TooMany("They were invited {0} times within 24 hours: that is enough.", INVITATIONS_PER_DAY)
	party = threads.require_party(thread)
	reach = reach_of(ports, thread)
	_way(ports, thread, reach, wanted)
	emails = [address.value for address in reach.addresses if address.kind == "Email"]
	reader = ports.parties.invitee(party, emails)
	if reader is not None:
		reach = reach_of_reader(ports, thread, reader)
		if not reach.addresses:
			raise Conflict(
				"{0} reads other customers’ messages too: a link goes only to an address that all of them have.",
				reader.user,
			)
		# looked at before anything is made
		_way(ports, thread, reach, wanted)
	reader = ports.parties.let_in(party, thread["title"], reader, emails)
	route = _way(ports, thread, reach, wanted)
	return route, queue_invitation(ports, thread, reader, route)


def _way(ports: Ports, thread: ThreadRow, reach: Reach, wanted: str) -> Route:
	"""Return by which way a link goes. Raise Conflict with the reason if there is none."""
	length = len(words_of(ports, thread, ""))
	route = outward(reach, business_of(ports, thread, "Invitation", length), length, wanted, ports.rules)
	if route.channel is None:
		raise Conflict("{0}", Phrase("Not reached: {0}", route.reason.removeprefix(PORTAL_ONLY)))
	return route
