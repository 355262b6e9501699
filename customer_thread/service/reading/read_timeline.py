"""Read a page of a thread."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.people.addresses import readable_phone
from customer_thread.domain.thread import cursor
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.words import initials, search_terms
from customer_thread.service.params import Params
from customer_thread.service.ports import PartyInfo, Ports
from customer_thread.service.reading.present import present, view
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.reading.render import render
from customer_thread.store import entries, threads
from customer_thread.store.rows import PageRow, PlaceRow, ThreadRow

PAGE = 50
#: characters of a search that are looked at
QUERY_LIMIT = 200


@dataclass(frozen=True)
class Query:
	"""Which part of a thread is wanted: the newest page unless one of these says otherwise."""

	limit: int = PAGE
	before: str = ""
	newer: str = ""
	after: int | None = None
	around: int | None = None
	q: str = ""


def query_of(params: Params) -> Query:
	"""Return which part of a thread is asked for."""
	return Query(
		limit=params.integer("limit", PAGE),
		before=params.text("before", ""),
		newer=params.text("newer", ""),
		after=params.optional_integer("after"),
		around=params.optional_integer("around"),
		q=params.text("q", ""),
	)


@dataclass(frozen=True)
class Found:
	"""Rows oldest first, and the cursors to go on from."""

	rows: list[PageRow]
	before: str | None = None
	newer: str | None = None
	#: highest id the reader knows once he has these, if that is not the thread's last
	last: int | None = None


def read_timeline(
	ports: Ports, thread: str | ThreadRow, query: Query, *, html: bool = False
) -> dict[str, Any]:
	"""Return the page as docs/http.md has it, with `html` in each entry if asked for. Raise BadInput or NotFound."""
	row = threads.require(ports.database, thread) if isinstance(thread, str) else thread
	info = info_of(ports, row)
	reader = reader_of(ports, row, info)
	found = find(ports, row, query)
	shown = present(ports, row, found.rows, reader)
	if html:
		views = (view(entry, line, reader) for entry, line in zip(shown, found.rows, strict=True))
		shown = [{**entry, "html": entry_html(ports, seen)} for entry, seen in zip(shown, views, strict=True)]
	answer: dict[str, Any] = {
		"thread": header(ports, row, info),
		"entries": shown,
		"before": found.before,
		"last": found.last or row["last_entry"] or None,
		"unread": row["customer_unread"],
		"revision": row["revision"],
	}
	if html:
		answer["outbox"] = outbox_of(row["name"])
	if query.newer or query.around is not None:
		answer["newer"] = found.newer
	return answer


def outbox_of(thread: str) -> str:
	"""Return the name under which a device keeps this thread's unsent words, so that readers never mix."""
	return hashlib.sha256(thread.encode()).hexdigest()[:16]


def entry_html(ports: Ports, seen: Mapping[str, Any]) -> str:
	"""Return one entry as the page shows it."""
	return render("includes/messages/entry.html", translate=ports.translate, entry=seen)


def header(ports: Ports, thread: ThreadRow, info: PartyInfo) -> dict[str, Any]:
	"""Return who talks with whom, and about which project."""
	settings = ports.settings()
	return {
		"title": settings.business_name,
		"project": info.project or None,
		"contractor": {
			"name": settings.business_name,
			"initials": initials(settings.business_name),
			"logo": settings.logo or None,
			"phone": readable_phone(settings.business_phone) or None,
		},
		"customer": {"name": info.name, "initials": initials(info.name)},
	}


def find(ports: Ports, thread: ThreadRow, query: Query) -> Found:
	"""Return the rows a query asks for. Raise BadInput or NotFound."""
	if not 1 <= query.limit <= 100:
		raise BadInput("limit must be between 1 and 100.")
	name, limit = thread["name"], query.limit
	if query.after is not None:
		return _since(ports, name, query.after, limit)
	if query.around is not None:
		return _around(ports, name, query.around, limit)
	if query.newer:
		return _newer(ports, name, cursor.parse(query.newer), limit)
	terms = search_terms(query.q[:QUERY_LIMIT])
	return _older(ports, name, limit, cursor.parse(query.before) if query.before else None, terms)


def _older(
	ports: Ports, thread: str, limit: int, before: Cursor | None, terms: tuple[str, ...] = ()
) -> Found:
	rows = entries.older(ports.database, thread, limit + 1, before, terms)
	more = len(rows) > limit
	kept = rows[:limit]
	return Found(
		kept[::-1],
		before=str(place(kept[-1])) if more else None,
		newer=str(place(kept[0])) if kept and before and not terms else None,
	)


def _newer(ports: Ports, thread: str, after: Cursor, limit: int) -> Found:
	rows = entries.newer(ports.database, thread, limit + 1, after)
	kept = rows[:limit]
	more = str(place(kept[-1])) if len(rows) > limit else None
	return Found(kept, before=str(place(kept[0])) if kept else None, newer=more)


def _around(ports: Ports, thread: str, entry: int, limit: int) -> Found:
	row = entries.get(ports.database, thread, entry)
	if row is None:
		raise NotFound("This message is not there.")
	older = _older(ports, thread, limit - limit // 2, Cursor(row["occurred_us"], row["name"] + 1))
	newer = _newer(ports, thread, place(row), limit // 2) if limit > 1 else Found([])
	at_end = not newer.rows and not entries.newer(ports.database, thread, 1, place(row))
	last_shown = newer.newer or (None if at_end or newer.rows else str(place(row)))
	return Found([*older.rows, *newer.rows], before=older.before, newer=last_shown)


def _since(ports: Ports, thread: str, entry: int, limit: int) -> Found:
	rows = entries.known_since(ports.database, thread, entry, limit)
	# not the thread's last, which was read a moment before these: what came in between would be given twice
	last = rows[-1]["name"] if rows else None
	return Found(sorted(rows, key=place), last=last)


def place(row: PlaceRow) -> Cursor:
	"""Return where a row stands in its thread."""
	return Cursor(row["occurred_us"], row["name"])
