"""A document was renamed: its cards stay its own."""

from customer_thread.domain.card_keys import renamed
from customer_thread.domain.portal_pages import Reference
from customer_thread.service.card_links import address_of, reference_of
from customer_thread.service.ports import Ports
from customer_thread.store import entries, events


def rename_document(ports: Ports, doctype: str, old: str, new: str, *, merged: bool = False) -> int:
	"""Let a document's cards lead to its new name, and be found by it; return how many there were.

	`merged`: it became part of another, whose own cards have the keys already.
	"""
	cards = events.of_document(ports.database, doctype, old)
	for card in cards:
		entry = entries.by_source(ports.database, card["source_key"])
		key = card["source_key"] if merged else renamed(card["source_key"], new)
		about: dict[str, object] = {"reference_name": new, "source_key": key}
		if card["url"] and reference_of(card["url"]) == Reference(doctype, old):
			about["url"] = address_of(Reference(doctype, new))
		ports.database.update(events.EVENT, card["name"], about)
		if entry:
			ports.database.update(entries.ENTRY, entry["name"], {"source_key": key})
			ports.live.changed(entry["thread"])
	return len(cards)
