"""A customer gets the first link to their thread. No entry tells of it: it is a word of the business's, not of the thread's."""

from dataclasses import replace

from customer_thread.domain.forwarded import name_in_text
from customer_thread.domain.invitation import invitation
from customer_thread.domain.limits import MESSAGE_CHARACTERS
from customer_thread.domain.model import Party
from customer_thread.domain.routing import Reach, Route, fallback
from customer_thread.service.outgoing.reach import business_of, reach_of
from customer_thread.service.outgoing.spending import warn
from customer_thread.service.ports import PortalReader, Ports
from customer_thread.service.sign_in.make_link import make_link
from customer_thread.service.thread.in_language import in_language_of
from customer_thread.store import contact_points, deliveries, threads
from customer_thread.store.rows import DeliveryRow, ThreadRow


def words_of(ports: Ports, thread: ThreadRow, link: str) -> str:
	"""Return what an invitation says: the business's own words, else the program's."""
	settings = ports.settings()
	text = settings.invitation_text or ports.translate(
		"Hi {name}, {business} has put your messages, invoices and appointments in one place: {link}"
	)
	return invitation(text, name_in_text(thread["title"]), settings.business_name, link)


def reach_of_reader(ports: Ports, thread: ThreadRow, reader: PortalReader) -> Reach:
	"""Return how a link that signs this reader in may reach them.

	Who reads for other customers too is signed in to all of them: such a link goes only where each of them is
	reached.
	"""
	reach = reach_of(ports, thread)
	others = [party for party in ports.parties.parties_of(reader.user) if party != threads.party_of(thread)]
	kept = [
		address for address in reach.addresses if all(_is_on_file(ports, party, address) for party in others)
	]
	return replace(reach, addresses=kept)


def _is_on_file(ports: Ports, party: Party, address: object) -> bool:
	thread = threads.of_party(ports.database, party)
	return thread is not None and address in contact_points.of_thread(ports.database, thread["name"])


def queue_invitation(
	ports: Ports, thread: ThreadRow, reader: PortalReader, route: Route, *, fallback_of: str | None = None
) -> str:
	"""Make a link and queue its way to the reader, once their quiet hours are over; return the delivery's id."""
	channel = ports.channel(route.channel or "")
	link = make_link(ports, thread, reader.user, "Invitation", address=route.address)
	delivery = deliveries.queue(
		ports.database,
		"Invitation",
		route,
		ports.clock.now_us(),
		thread=thread["name"],
		text=words_of(in_language_of(ports, thread, reader.user), thread, link)[
			: channel.rule.limit or MESSAGE_CHARACTERS
		],
		message_id=channel.new_message_id(ports) if channel.new_message_id else "",
		fallback_of=fallback_of,
		hold=ports.notices.hold_message(ports, thread, False),
	)
	ports.queue.run_soon("deliver")
	if channel.rule.is_paid:
		warn(ports, thread, channel.rule.name)
	return delivery or ""


def invite_otherwise(ports: Ports, row: DeliveryRow, thread: ThreadRow) -> bool:
	"""Send another link the other way, once an invitation has failed for good; return whether there is a way."""
	party = threads.party_of(thread)
	readers = ports.parties.readers(party) if party else ()
	if not readers or row["channel"] is None:
		return False
	# the others only if none of them is the one who has this address
	reader = next((one for one in readers if one.email == row["address"]), readers[0])
	business = business_of(ports, thread, "Invitation", len(words_of(ports, thread, "")))
	failed = Route(row["channel"], row["address"], row["reason"])
	route = fallback(failed, reach_of_reader(ports, thread, reader), business, "Invitation", ports.rules)
	if route is None:
		return False
	queue_invitation(ports, thread, reader, route, fallback_of=row["name"])
	return True
