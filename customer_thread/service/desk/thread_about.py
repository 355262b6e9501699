"""The thread in which a document's cards stand, for staff who have the document open."""

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.desk.visible import visible_thread
from customer_thread.service.ports import Ports
from customer_thread.store import events, threads
from customer_thread.store.rows import ThreadRow


def thread_about(ports: Ports, party: Party | None, about: Reference | None) -> ThreadRow:
	"""Return a customer's or lead's thread, or else the one with the last card of a document. Raise NotFound."""
	row = threads.of_party(ports.database, party) if party else None
	if row:
		return visible_thread(ports, row["name"])
	for card in events.last_cards(ports.database, about.doctype, about.name) if about else ():
		if threads.is_visible(ports.database, card.thread, ports.visible()):
			return visible_thread(ports, card.thread)
	raise NotFound("There is no such thread.")


def last_card(ports: Ports, thread: str, about: Reference) -> int | None:
	"""Return the entry of a document's last card in a thread; None: it has none there."""
	cards = events.last_cards(ports.database, about.doctype, about.name)
	return next((card.entry for card in cards if card.thread == thread), None)
