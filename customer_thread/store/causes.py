"""What caused scheduled messages: the cards of one document, as far as messages are made from them."""

from customer_thread.domain.automations.model import CauseEvent
from customer_thread.store.database import Database

#: behind all that are written: the one whose entry is yet to come
_LAST = 2**62


def events_of(database: Database, doctype: str, name: str) -> dict[str, list[CauseEvent]]:
	"""Return a document's events by thread, in the order in which they happened."""
	rows = database.select(
		"SELECT v.name, v.thread, v.event_type, v.occurred_us, v.voided_by, e.from_history, "
		"COALESCE(e.name, %(last)s) AS place FROM `tabThread Event` v "
		"LEFT JOIN `tabThread Entry` e ON e.source_key = v.source_key "
		"WHERE v.reference_doctype = %(doctype)s AND v.reference_name = %(docname)s "
		"ORDER BY v.occurred_us, place",
		{"doctype": doctype, "docname": name, "last": _LAST},
	)
	found: dict[str, list[CauseEvent]] = {}
	for row in rows:
		event = CauseEvent(
			name=str(row["name"]),
			event_type=str(row["event_type"]),
			occurred_us=int(row["occurred_us"]),
			is_void=bool(row["voided_by"]),
			from_history=bool(row["from_history"]),
		)
		found.setdefault(str(row["thread"]), []).append(event)
	return found


def documents_of(database: Database, doctype: str, since_us: int, limit: int, after: str = "") -> list[str]:
	"""Return the documents of a type that any thread has had a card of since then, behind a name in that order."""
	rows = database.select(
		"SELECT DISTINCT reference_name FROM `tabThread Event` WHERE reference_doctype = %(doctype)s "
		"AND reference_name > %(after)s AND voided_by IS NULL AND occurred_us >= %(since)s "
		"ORDER BY reference_name LIMIT %(limit)s",
		{"doctype": doctype, "after": after, "since": since_us, "limit": limit},
	)
	return [str(row["reference_name"]) for row in rows]


def newest_of(database: Database, doctype: str) -> list[str]:
	"""Return the document of a type that a card was made of last; none if there is none."""
	rows = database.select(
		"SELECT reference_name FROM `tabThread Event` WHERE reference_doctype = %(doctype)s "
		"AND reference_name <> '' AND voided_by IS NULL ORDER BY occurred_us DESC, name DESC LIMIT 1",
		{"doctype": doctype},
	)
	return [str(row["reference_name"]) for row in rows]
