"""Thread Events, the facts behind cards."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.limits import PAGE_ENTRIES
from customer_thread.domain.times import stored
from customer_thread.store.database import Database, move_rows, one_of
from customer_thread.store.event_rows import CardRow, DocumentCardRow, NumberRow
from customer_thread.store.rows import EventRow, columns, typed

EVENT = "Thread Event"
_SELECT = (
	"SELECT v.name, v.event_type, v.source_key, v.voided_by, v.url, v.reference_name, v.occurred_us, "
	"v.amount, v.currency, v.thread"
)


class CardPlace(NamedTuple):
	"""Where a card stands."""

	entry: int
	thread: str


def insert(database: Database, thread: str, event: NewEvent, source_key: str, voids: str | None) -> str:
	"""Write an event under this key and return its id; `voids`: the newest event that it takes back.

	Raise Duplicate if the key is there already.
	"""
	values = {
		"thread": thread,
		"event_type": event.event_type,
		"title": event.title,
		"amount": None if event.amount is None else str(event.amount),
		# a database may keep "no amount" as 0: without a currency it is none
		"currency": None if event.amount is None else event.currency,
		"url": event.url or None,
		"reference_doctype": event.reference_doctype or None,
		"reference_name": event.reference_name or None,
		"voids": voids,
		"number": event.number or None,
		"number_kind": event.number_kind or None,
		"due_date": event.due_date or None,
		"send_before_us": event.send_before_us,
		"occurred_us": event.occurred_us,
		"occurred_at": stored(event.occurred_us),
		"source_key": source_key,
	}
	return str(database.insert(EVENT, values))


def standing_of_document(database: Database, thread: str, doctype: str, name: str) -> list[EventRow]:
	"""Return a document's events in this thread that are not void, newest first."""
	rows = database.select(
		f"{_SELECT} FROM `tabThread Event` v WHERE reference_doctype = %(doctype)s AND reference_name = %(docname)s AND thread = %(thread)s AND voided_by IS NULL "
		"ORDER BY occurred_us DESC, creation DESC",
		{"doctype": doctype, "docname": name, "thread": thread},
	)
	return typed(EventRow, rows)


def newest_standing(database: Database, thread: str, doctype: str, limit: int) -> list[DocumentCardRow]:
	"""Return a thread's newest cards of documents of a type that are not void, the newest first."""
	rows = database.select(
		"SELECT e.name, v.event_type, v.reference_name, v.number FROM `tabThread Event` v "
		"JOIN `tabThread Entry` e ON e.source_key = v.source_key WHERE v.thread = %(thread)s "
		"AND v.reference_doctype = %(doctype)s AND v.reference_name IS NOT NULL AND v.voided_by IS NULL "
		"ORDER BY v.occurred_us DESC, e.name DESC LIMIT %(limit)s",
		{"thread": thread, "doctype": doctype, "limit": limit},
	)
	return typed(DocumentCardRow, rows)


def of_document(database: Database, doctype: str, name: str) -> list[EventRow]:
	"""Return a document's events in all threads in the order in which they happened."""
	rows = database.select(
		f"{_SELECT} FROM `tabThread Event` v JOIN `tabThread Entry` e ON e.source_key = v.source_key "
		"WHERE v.reference_doctype = %(doctype)s AND v.reference_name = %(docname)s ORDER BY v.occurred_us, e.name",
		{"doctype": doctype, "docname": name},
	)
	return typed(EventRow, rows)


def last_cards(database: Database, doctype: str, name: str) -> list[CardPlace]:
	"""Return where the last card of a document stands in each thread that has one, the latest first."""
	rows = database.select(
		"SELECT e.name AS entry, e.thread FROM `tabThread Event` v "
		"JOIN `tabThread Entry` e ON e.source_key = v.source_key "
		"WHERE v.reference_doctype = %(doctype)s AND v.reference_name = %(docname)s "
		"ORDER BY e.occurred_us DESC, e.name DESC LIMIT %(limit)s",
		{"doctype": doctype, "docname": name, "limit": PAGE_ENTRIES},
	)
	last: dict[str, CardPlace] = {}
	for row in rows:
		last.setdefault(row["thread"], CardPlace(int(row["entry"]), row["thread"]))
	return list(last.values())


def numbers_shown(
	database: Database, thread: str, doctype: str, names: Collection[str], kind: str, numbers: Collection[str]
) -> list[NumberRow]:
	"""Return a thread's events of documents of these names, and those that tell one of this kind by these numbers.

	In the order in which they happened.
	"""
	params: dict[str, object] = {"thread": thread, "doctype": doctype, "kind": kind}
	keys, listed = one_of("name", names, params), one_of("number", numbers, params)
	sql = f"SELECT {columns(NumberRow)} FROM `tabThread Event` WHERE thread = %(thread)s"
	rows = database.select(
		f"{sql} AND reference_doctype = %(doctype)s AND reference_name IN ({keys}) "
		f"UNION {sql} AND number_kind = %(kind)s AND number IN ({listed}) ORDER BY occurred_us, name",
		params,
	)
	return typed(NumberRow, rows)


def cards_between(
	database: Database, thread: str, names: Collection[str], since_us: int, until_us: int
) -> list[CardRow]:
	"""Return a thread's events of documents of these names that happened in these µs, both ends included."""
	params: dict[str, object] = {"thread": thread, "since": since_us, "until": until_us}
	listed = one_of("name", sorted(names), params)
	if not listed:
		return []
	rows = database.select(
		f"SELECT {columns(CardRow)} FROM `tabThread Event` WHERE thread = %(thread)s "
		f"AND reference_name IN ({listed}) AND occurred_us BETWEEN %(since)s AND %(until)s",
		params,
	)
	return typed(CardRow, rows)


def make_void(database: Database, events: Iterable[str], by: str) -> None:
	"""Note which event took these back; the first one to do so counts."""
	for event in events:
		database.update(EVENT, event, {"voided_by": by}, {"voided_by": None})


def rename(database: Database, event: str, reference_name: str, url: str, source_key: str) -> None:
	"""Let an event be about its document's new name."""
	values = {"reference_name": reference_name, "url": url or None, "source_key": source_key}
	database.update(EVENT, event, values)


def forget_document(database: Database, event: str, source_key: str) -> None:
	"""Let an event be about no document any more."""
	gone = {"reference_doctype": None, "reference_name": None, "url": None}
	database.update(EVENT, event, {**gone, "source_key": source_key})


def are_in(database: Database, thread: str) -> bool:
	"""Return whether a thread has any, also one that another transaction has just committed."""
	return database.lock(EVENT, {"thread": thread}) is not None


def move(database: Database, source: str, goal: str) -> None:
	"""Let a thread's events be another thread's."""
	move_rows(database, EVENT, source, goal)
