"""Thread Events, the facts behind cards."""

from collections.abc import Iterable, Mapping
from typing import Any

from customer_thread.store.database import Database, Row, one_of

EVENT = "Thread Event"


def insert(database: Database, values: Mapping[str, Any]) -> str:
	"""Write an event and return its id. Raise Duplicate if its source key is there already."""
	return str(database.insert(EVENT, values))


def void_among(database: Database, events: Iterable[str]) -> set[str]:
	"""Return those of these events that a later one has made void."""
	params: dict[str, Any] = {}
	listed = one_of("event", events, params)
	if not listed:
		return set()
	rows = database.select(f"SELECT voids FROM `tabThread Event` WHERE voids IN ({listed})", params)
	return {row["voids"] for row in rows}


def standing_of_document(database: Database, thread: str, doctype: str, name: str) -> list[Row]:
	"""Return a document's events in this thread that are not void, newest first: `name`, `event_type`."""
	return database.select(
		"SELECT v.name, v.event_type FROM `tabThread Event` v WHERE v.reference_doctype = %(doctype)s "
		"AND v.reference_name = %(docname)s AND v.thread = %(thread)s AND NOT EXISTS "
		"(SELECT 1 FROM `tabThread Event` w WHERE w.voids = v.name) ORDER BY v.occurred_us DESC",
		{"doctype": doctype, "docname": name, "thread": thread},
	)
