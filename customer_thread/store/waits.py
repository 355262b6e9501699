"""How far it has come that the business is alerted of who waits for an answer: columns of the thread."""

from typing import TypedDict

from customer_thread.store.database import Database
from customer_thread.store.rows import ThreadRow, held
from customer_thread.store.threads import THREAD


class WaitRow(TypedDict):
	"""A thread's alerts."""

	#: when the next one is, 0: never
	alert_us: int
	#: `domain/too_long.py`
	alerted: int


def overdue(database: Database, now_us: int, limit: int) -> list[str]:
	"""Return threads of which somebody may have to be alerted now, those that are due longest first."""
	rows = database.select(
		"SELECT name FROM `tabCustomer Thread` WHERE alert_us > 0 AND alert_us <= %(now)s AND snoozed_us <= %(now)s "
		"AND waiting_us > 0 AND blocked_us = 0 AND erased_us = 0 ORDER BY alert_us LIMIT %(limit)s",
		{"now": now_us, "limit": limit},
	)
	return [str(row["name"]) for row in rows]


def hold(database: Database, thread: str) -> tuple[ThreadRow, WaitRow] | None:
	"""Return and hold the newest state of a thread with its alerts."""
	found = database.lock(THREAD, {"name": thread})
	row, wait = held(ThreadRow, found), held(WaitRow, found)
	return (row, wait) if row and wait else None


def note(database: Database, thread: str, alerted: int, alert_us: int) -> None:
	"""Note how far it has come, and when it goes on, µs; 0: never."""
	database.update(THREAD, thread, {"alerted": alerted, "alert_us": alert_us})
