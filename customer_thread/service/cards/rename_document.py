"""A document was renamed: its cards stay its own."""

from customer_thread.domain.cards.keys import renamed
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.cards.name_messages import name_messages
from customer_thread.service.ports import Ports
from customer_thread.service.reading.links import address_of, reference_of
from customer_thread.store import entries, events
from customer_thread.store.rows import EventRow


def rename_document(ports: Ports, doctype: str, old: str, new: str, *, merged: bool = False) -> int:
	"""Let a document's cards lead to its new name, and be found by it; return how many there were.

	`merged`: it became part of another, whose own cards have the keys already.
	"""
	# the host may have renamed the references already
	cards = [row for name in (old, new) for row in events.of_document(ports.database, doctype, name)]
	name_messages(ports, doctype, old, new)
	return sum(_follows(ports, card, doctype, (old, new), merged=merged) for card in cards)


def _follows(ports: Ports, card: EventRow, doctype: str, names: tuple[str, str], *, merged: bool) -> bool:
	old, new = names
	key = card["source_key"] if merged else renamed(card["source_key"], old, new)
	leads_there = bool(card["url"]) and reference_of(card["url"]) == Reference(doctype, old)
	url = address_of(Reference(doctype, new)) if leads_there else card["url"]
	if (key, url, new) == (card["source_key"], card["url"], card["reference_name"]):
		return False
	entry = entries.by_source(ports.database, card["source_key"])
	events.rename(ports.database, card["name"], new, url, key)
	if entry:
		entries.change_source(ports.database, entry["name"], key)
		ports.live.changed(entry["thread"])
	return True
