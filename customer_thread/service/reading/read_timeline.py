"""Read a page of a thread."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from customer_thread.domain.errors import NotFound
from customer_thread.domain.limits import SEARCH_CHARACTERS
from customer_thread.domain.search import Wanted, wanted
from customer_thread.domain.thread import cursor
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.wording import Reader
from customer_thread.service.params import PAGE, Params, check_page_size
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import EntryView, Forwarded, forwarded, present
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.reading.render_entry import entry_page_views, render_entry
from customer_thread.service.reading.search import search
from customer_thread.service.reading.thread_header import ThreadHeader, thread_header
from customer_thread.store import entries, threads
from customer_thread.store.database import Database
from customer_thread.store.rows import PageRow, PlaceRow, ThreadRow


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
	#: highest id the reader knows once they have these, if that is not the thread's last
	last: int | None = None


class HtmlEntryView(EntryView):
	"""An entry, and how the page shows it."""

	html: str


class _EveryTimeline(TypedDict):
	thread: ThreadHeader
	#: the oldest first
	entries: Sequence[EntryView]
	#: the cursor of the page before
	before: str | None
	#: the highest entry id that the reader has with this answer
	last: int | None
	unread: int
	revision: int


class TimelineView(_EveryTimeline, total=False):
	"""A page of a thread as docs/http.md has it."""

	#: with `html` only
	outbox: str
	#: where the page after was asked for: its cursor
	newer: str | None


def read_timeline(ports: Ports, thread: str | ThreadRow, query: Query, *, html: bool = False) -> TimelineView:
	"""Return the page, with `html` in each entry if asked for. Raise BadInput or NotFound."""
	row = threads.require(ports.database, thread) if isinstance(thread, str) else thread
	info = info_of(ports.parties, row)
	reader = reader_of(ports, row, info)
	found = find(ports, row, query, reader)
	sent = forwarded(ports, found.rows)
	shown = present(ports, row, found.rows, reader, sent)
	answer: TimelineView = {
		"thread": thread_header(ports.settings(), info),
		"entries": _with_html(shown, found.rows, reader, sent) if html else shown,
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


def _with_html(
	shown: list[EntryView], rows: list[PageRow], reader: Reader, sent: Forwarded
) -> list[HtmlEntryView]:
	seen = entry_page_views(shown, rows, reader, sent)
	return [
		{**entry, "html": render_entry(reader.translate, view)}
		for entry, view in zip(shown, seen, strict=True)
	]


def outbox_of(thread: str) -> str:
	"""Return the name under which a device keeps this thread's unsent words, so that readers never mix."""
	return hashlib.sha256(thread.encode()).hexdigest()[:16]


def asked_for(query: Query, reader: Reader) -> tuple[Wanted, ...]:
	"""Return what a query searches for, in this reader's days and words; nothing if it is no search."""
	return wanted(query.q[:SEARCH_CHARACTERS], reader)


def find(ports: Ports, thread: ThreadRow, query: Query, reader: Reader) -> Found:
	"""Return the rows a query asks for. Raise BadInput or NotFound."""
	check_page_size(query.limit)
	database = ports.database
	name, limit = thread["name"], query.limit
	if query.after is not None and query.after >= (thread["last_entry"] or 0):
		# most polls: the thread itself says that there is nothing new
		return Found([])
	# the thread's last entry was seen: from here on, so is each before it
	database.look_again()
	if query.after is not None:
		return _since(database, thread, query.after, limit)
	if query.around is not None:
		return _around(database, name, query.around, limit)
	if query.newer:
		return _newer(database, name, cursor.parse(query.newer), limit)
	before = cursor.parse(query.before) if query.before else None
	terms = asked_for(query, reader)
	return _holding(ports, name, limit, before, terms) if terms else _older(database, name, limit, before)


def _older(database: Database, thread: str, limit: int, before: Cursor | None) -> Found:
	rows = entries.older(database, thread, limit + 1, before)
	more = len(rows) > limit
	kept = rows[:limit]
	return Found(
		kept[::-1],
		before=str(place(kept[-1])) if more else None,
		newer=str(place(kept[0])) if kept and before else None,
	)


def _holding(
	ports: Ports, thread: str, limit: int, before: Cursor | None, terms: tuple[Wanted, ...]
) -> Found:
	hits = search(ports.database, ports.clock, thread, limit + 1, before, terms)
	kept = hits.rows[:limit]
	rest = place(kept[-1]) if len(hits.rows) > limit else hits.rest
	return Found(kept[::-1], before=str(rest) if rest else None)


def _newer(database: Database, thread: str, after: Cursor, limit: int) -> Found:
	rows = entries.newer(database, thread, limit + 1, after)
	kept = rows[:limit]
	more = str(place(kept[-1])) if len(rows) > limit else None
	return Found(kept, before=str(place(kept[0])) if kept else None, newer=more)


def _around(database: Database, thread: str, entry: int, limit: int) -> Found:
	row = entries.get(database, thread, entry)
	if row is None:
		raise NotFound("This message is not there.")
	older = _older(database, thread, limit - limit // 2, Cursor(row["occurred_us"], row["name"] + 1))
	newer = _newer(database, thread, place(row), limit // 2) if limit > 1 else Found([])
	at_end = not newer.rows and not entries.newer(database, thread, 1, place(row))
	last_shown = newer.newer or (None if at_end or newer.rows else str(place(row)))
	return Found([*older.rows, *newer.rows], before=older.before, newer=last_shown)


def _since(database: Database, thread: ThreadRow, entry: int, limit: int) -> Found:
	# what came since the thread was read waits for the next time: one before it may not be seen yet
	rows = entries.known_since(database, thread["name"], entry, thread["last_entry"], limit)
	last = rows[-1]["name"] if rows else None
	return Found(sorted(rows, key=place), last=last)


def place(row: PlaceRow) -> Cursor:
	"""Return where a row stands in its thread."""
	return Cursor(row["occurred_us"], row["name"])
