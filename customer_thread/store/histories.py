"""Thread Histories: what was brought in from the time before, a row a run."""

from collections.abc import Mapping
from typing import Any

from customer_thread.store.database import Database, Row

HISTORY = "Thread History"


def insert(database: Database, values: Mapping[str, Any]) -> str:
	"""Write a run and return its name."""
	return str(database.insert(HISTORY, values))


def latest(database: Database) -> Row | None:
	"""Return the run that was started last."""
	rows = database.select("SELECT * FROM `tabThread History` ORDER BY started_us DESC LIMIT 1")
	return rows[0] if rows else None


def lock_running(database: Database) -> Row | None:
	"""Return the run that goes on, and hold it, so that one worker at a time takes a batch."""
	return database.lock(HISTORY, {"state": "Running"})
