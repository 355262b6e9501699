"""What staff see: the threads, and one of them with what surrounds it."""

import re
from typing import Any

from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Address
from customer_thread.domain.times import iso
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import present
from customer_thread.service.reading.read_timeline import Query, find, header
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store import deliveries, notes, threads
from customer_thread.store.rows import DeliveryRow, NoteRow, ThreadRow

FILTERS = ("all", "unread", "failed", "unmatched")
_CURSOR = re.compile(r"(\d{1,19})\.([0-9A-Za-z_-]{1,140})")


def read_threads(
	ports: Ports, *, which: str = "all", q: str = "", before: str = "", limit: int = 50
) -> dict[str, Any]:
	"""Return the threads, the latest first, with a cursor to go on from. Raise BadInput."""
	if which not in FILTERS:
		raise BadInput(f"filter must be one of {', '.join(FILTERS)}.")
	if not 1 <= limit <= 100:
		raise BadInput("limit must be between 1 and 100.")
	place = None
	if before:
		match = _CURSOR.fullmatch(before)
		if match is None or int(match[1]) >= 2**63:
			raise BadInput("This cursor is not one of ours. Use the one from the page before.")
		place = (int(match[1]), match[2])
	rows = threads.listing(ports.database, which=which, words=q[:200], before=place, limit=limit + 1)
	more = len(rows) > limit
	kept = rows[:limit]
	return {
		"threads": [summary(row) for row in kept],
		"before": f"{kept[-1]['last_us']}.{kept[-1]['name']}" if more else None,
	}


def summary(thread: ThreadRow) -> dict[str, Any]:
	"""Return a thread's line in the list."""
	return {
		"thread": thread["name"],
		"customer": thread["party"],
		"party_type": thread["party_type"],
		"title": thread["title"],
		"code": thread["code"],
		"address": Address.of_key(thread["unmatched_address"]).value if thread["unmatched_address"] else None,
		"last_preview": thread["last_preview"],
		"last_at": iso(thread["last_us"]),
		"unread": thread["contractor_unread"],
	}


def read_thread(ports: Ports, thread: ThreadRow, query: Query) -> dict[str, Any]:
	"""Return a page of a thread with its notes and deliveries. Raise BadInput or NotFound."""
	info = info_of(ports, thread)
	found = find(ports, thread, query)
	ids = [row["name"] for row in found.rows]
	sent = deliveries.of_entries(ports.database, thread["name"], ids)
	return {
		"thread": {**header(ports, thread, info), **summary(thread)},
		"entries": present(ports, thread, found.rows, reader_of(ports, thread, info)),
		"notes": [note_view(row) for row in notes.of_thread(ports.database, thread["name"])],
		"deliveries": [delivery_view(row) for row in sent],
		"before": found.before,
		"last": found.last or thread["last_entry"] or None,
	}


def note_view(note: NoteRow) -> dict[str, Any]:
	"""Return a note as staff see it."""
	at = iso(note["occurred_us"])
	return {"id": note["name"], "text": note["text"], "author": note["author"], "at": at}


def delivery_view(row: DeliveryRow) -> dict[str, Any]:
	"""Return a delivery as staff see it."""
	return {
		"id": row["name"],
		"entry": row["entry"],
		"channel": row["channel"],
		"purpose": row["purpose"],
		"address": row["address"] or None,
		"state": row["state"],
		"reason": row["reason"],
		"error_code": row["error_code"],
		"error": row["error"],
		"attempts": row["attempts"],
		"text": row["text"] or None,
		"provider_id": row["provider_id"] or None,
		"urgent": bool(row["urgent"]),
		"fallback_of": row["fallback_of"],
		"due_at": iso(row["due_us"]) if row["state"] in ("Queued", "Held") else None,
	}
