"""The office hands somebody a link itself: read out, or pasted into whatever they write each other by."""

from typing import TypedDict

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.times import DAY, iso
from customer_thread.service.desk.check_links import check_links
from customer_thread.service.outgoing.reach import reach_of
from customer_thread.service.ports import PortalReader, Ports
from customer_thread.service.sign_in.make_link import make_link
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow


class OfficeLinkView(TypedDict):
	"""A link that signs its customer in."""

	link: str
	#: ISO 8601 in UTC
	expires_at: str


def office_link(ports: Ports, thread: ThreadRow, made_by: str | None) -> OfficeLinkView:
	"""Return a new link for a customer, whose user is made if there is none. Raise what stands against it."""
	check_links(ports.settings())
	held = threads.require_held(ports.database, thread["name"])
	party = threads.require_party(held)
	emails = [address.value for address in reach_of(ports, held).addresses if address.kind == "Email"]
	reader = ports.parties.invitee(party, emails)
	if reader is not None:
		_check_others(ports, reader)
	reader = ports.parties.let_in(party, held["title"], reader, emails)
	until = ports.clock.now_us() + ports.settings().sign_in_link_days * DAY
	return {"link": make_link(ports, held, reader.user, "Office", made_by=made_by), "expires_at": iso(until)}


def _check_others(ports: Ports, reader: PortalReader) -> None:
	"""Raise NotAllowed where a link would show whoever asks for it what they may not see."""
	for party in ports.parties.parties_of(reader.user):
		thread = threads.of_party(ports.database, party)
		if thread is None or not threads.is_visible(ports.database, thread["name"], ports.visible()):
			raise NotAllowed("{0} reads the messages of a customer too whom you may not see.", reader.user)
