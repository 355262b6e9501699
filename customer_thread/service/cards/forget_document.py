"""A document was deleted: its cards stay, and are no longer about whatever is given its number next."""

from customer_thread.domain.cards.keys import is_rules_key
from customer_thread.service.cards.name_messages import name_messages
from customer_thread.service.ports import Ports
from customer_thread.store import entries, events


def forget_document(ports: Ports, doctype: str, name: str) -> int:
	"""Take the cards' links, references and keys away and return how many there were.

	ERPNext gives the number of a deleted document again, perhaps to another customer's.
	"""
	cards = events.of_document(ports.database, doctype, name)
	for card in cards:
		entry = entries.by_source(ports.database, card["source_key"])
		# another program's own key stays: it counts on it to happen once
		key = f"deleted|{card['name']}" if is_rules_key(card["source_key"]) else card["source_key"]
		events.forget_document(ports.database, card["name"], key)
		if entry:
			entries.change_source(ports.database, entry["name"], key)
			ports.live.changed(entry["thread"])
	name_messages(ports, doctype, name, "")
	return len(cards)
