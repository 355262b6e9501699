"""What of a thread was promotional."""

from customer_thread.store.database import Database, containing


def latest_us(database: Database, thread: str) -> int:
	"""Return when the latest promotional message left or is to leave, µs; 0 for none."""
	rows = database.select(
		"SELECT MAX(due_us) AS us FROM `tabThread Delivery` WHERE thread = %(thread)s AND promotional = 1 "
		"AND purpose IN ('Message', 'Notice') AND state NOT IN ('Skipped', 'Failed')",
		{"thread": thread},
	)
	return int(rows[0]["us"] or 0)


def was_said(database: Database, thread: str, words: str, since_us: int) -> bool:
	"""Return whether the system wrote these words in a thread since then."""
	rows = database.select(
		"SELECT name FROM `tabThread Entry` WHERE thread = %(thread)s AND occurred_us >= %(since)s "
		"AND author = 'Automated' AND text LIKE %(words)s ESCAPE '!' LIMIT 1",
		{"thread": thread, "since": since_us, "words": containing(words)},
	)
	return bool(rows)
