"""Which documents of a customer are still open, as their cards tell it."""

from collections.abc import Collection, Iterable, Mapping

#: of each kind, its document type, and the cards with which one is still open
OPEN: Mapping[str, tuple[str, frozenset[str]]] = {
	"invoice": ("Sales Invoice", frozenset({"Invoice sent", "Invoice partly paid", "Invoice open again"})),
	"estimate": ("Quotation", frozenset({"Estimate shared"})),
}


def newest_open(cards: Iterable[tuple[str, str]], still_open: Collection[str]) -> str:
	"""Return the document of the newest card that is its document's last and leaves it open; empty if there is none.

	`cards`: the document and the event type of each, the newest first.
	"""
	known = set[str]()
	for document, event_type in cards:
		if document not in known and event_type in still_open:
			return document
		known.add(document)
	return ""
