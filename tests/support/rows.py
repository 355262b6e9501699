"""Rows for tests of the store, with what each DocType needs and no more."""

import itertools
from typing import Any

from customer_thread.domain.thread.thread_number import make
from customer_thread.domain.times import stored
from customer_thread.domain.words import fold
from customer_thread.store import attachments, deliveries, entries, events
from support.clock import NOW
from support.databases import AnyDatabase
from support.persons import SARAH

_NUMBERS = itertools.count(1000)


def add_thread(database: AnyDatabase, **values: Any) -> str:  # noqa: ANN401
	"""Write a thread, inside a transaction, and return its name."""
	number = next(_NUMBERS)
	row = {
		"title": "Sarah Lee",
		"code": make(number),
		"reply_token": f"r{number:039}",
		"contractor_token": f"c{number:039}",
		"last_us": NOW,
	}
	return str(database.insert("Customer Thread", row | values))


def entry_values(thread: str, **values: Any) -> dict[str, Any]:  # noqa: ANN401
	"""Return an entry's row."""
	us = values.get("occurred_us", NOW)
	row = {
		"thread": thread,
		"kind": "Message",
		"author": "Contractor",
		"channel": "SMS",
		"text": "Hi Sarah!",
		"occurred_us": us,
		"occurred_at": stored(us),
	} | values
	row.setdefault("search_text", fold(str(row["text"])))
	return row


def add_entry(database: AnyDatabase, thread: str, **values: Any) -> int:  # noqa: ANN401
	"""Write an entry, inside a transaction, and return its id."""
	return int(database.insert(entries.ENTRY, entry_values(thread, **values)))


def add_event(database: AnyDatabase, thread: str, **values: Any) -> str:  # noqa: ANN401
	"""Write an event, inside a transaction, and return its id."""
	row = {
		"thread": thread,
		"event_type": "invoice_sent",
		"title": "Invoice #2041 sent",
		"occurred_us": NOW,
		"source_key": f"event:{next(_NUMBERS)}",
	}
	return str(database.insert(events.EVENT, row | values))


def add_delivery(database: AnyDatabase, **values: Any) -> str:  # noqa: ANN401
	"""Write a delivery, inside a transaction, and return its id."""
	row = {
		"purpose": "Message",
		"channel": "SMS",
		"address": SARAH.phone,
		"state": "Queued",
		"due_us": NOW,
		"creation_us": NOW,
	}
	return str(database.insert(deliveries.DELIVERY, row | values))


def add_attachment(database: AnyDatabase, values: dict[str, Any]) -> str:
	"""Write an attachment, inside a transaction, and return its id."""
	return str(database.insert(attachments.ATTACHMENT, values))
