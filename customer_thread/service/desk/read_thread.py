"""One thread as staff see it: with its notes, and how its messages travelled."""

from typing import Any

from customer_thread.domain.times import iso
from customer_thread.service.desk.read_inbox import inbox_line
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import present
from customer_thread.service.reading.read_timeline import Query, find, header
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store import deliveries, notes
from customer_thread.store.rows import DeliveryRow, NoteRow, ThreadRow


def read_thread(ports: Ports, thread: ThreadRow, query: Query) -> dict[str, Any]:
	"""Return a page of a thread with its notes and deliveries. Raise BadInput or NotFound."""
	info = info_of(ports, thread)
	found = find(ports, thread, query)
	ids = [row["name"] for row in found.rows]
	sent = deliveries.of_entries(ports.database, thread["name"], ids)
	return {
		"thread": {**header(ports, thread, info), **inbox_line(thread)},
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
