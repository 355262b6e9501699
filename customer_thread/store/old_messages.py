"""Messages that are older than they are kept, and notes; but for what somebody still waits for."""

from customer_thread.store.database import Database, Name
from customer_thread.store.leaving_rows import OldEntryRow
from customer_thread.store.rows import columns, typed


def older_than(database: Database, until_us: int, after: int, limit: int) -> list[OldEntryRow]:
	"""Return the next messages after an id that happened before then and still have their words.

	Left out is what is to be sent yet or just is, and what its customer waits for an answer to.
	"""
	rows = database.select(
		f"SELECT {columns(OldEntryRow, 'e')} FROM `tabThread Entry` e JOIN `tabCustomer Thread` t ON t.name = e.thread "
		"WHERE e.name > %(after)s AND e.kind = 'Message' AND e.erased_us = 0 AND e.occurred_us < %(until)s "
		"AND NOT (t.waiting_us > 0 AND t.blocked_us = 0 AND e.occurred_us >= t.waiting_us) "
		"AND NOT EXISTS (SELECT 1 FROM `tabThread Delivery` d WHERE d.entry = e.name "
		"AND d.state IN ('Held', 'Queued', 'Sending')) ORDER BY e.name LIMIT %(limit)s",
		{"until": until_us, "after": after, "limit": limit},
	)
	return typed(OldEntryRow, rows)


def notes_older_than(database: Database, until_us: int, limit: int) -> list[Name]:
	"""Return the ids of notes that were written before then."""
	rows = database.select(
		"SELECT name FROM `tabThread Note` WHERE occurred_us < %(until)s LIMIT %(limit)s",
		{"until": until_us, "limit": limit},
	)
	return [row["name"] for row in rows]
