"""Thread Histories: what was brought in from the time before, a row a run."""

from customer_thread.store.database import Database
from customer_thread.store.rows import HistoryRow, columns, first, held, typed

HISTORY = "Thread History"
_ALL = f"SELECT {columns(HistoryRow)} FROM `tabThread History`"


def start(database: Database, months: int, since_us: int, now_us: int, started_by: str | None) -> HistoryRow:
	"""Write down a run over so many months and return it."""
	begun = {"state": "Running", "months": months, "since_us": since_us, "started_us": now_us}
	nothing = {"touched_us": 0, "step": "", "place": "", "total": 0, "done": 0, "failed": 0, "entries": 0}
	values = {**begun, **nothing, "started_by": started_by, "error": None}
	return typed(HistoryRow, [{**values, "name": str(database.insert(HISTORY, values))}])[0]


def advance(database: Database, run: HistoryRow) -> HistoryRow:
	"""Write down how far a run has come and return it."""
	progress = {"state": run["state"], "step": run["step"], "place": run["place"], "total": run["total"]}
	counts = {"done": run["done"], "failed": run["failed"], "entries": run["entries"]}
	error = {"error": run["error"] or None, "touched_us": run["touched_us"]}
	database.update(HISTORY, run["name"], {**progress, **counts, **error})
	return run


def finish(database: Database, run: HistoryRow) -> HistoryRow:
	"""Write down that a run has come to its end and return it."""
	return advance(database, {**run, "state": "Done", "place": ""})


def fail(database: Database, run: HistoryRow, error: str, now_us: int) -> HistoryRow:
	"""End a run because something is wrong that trying again will not mend, and return it."""
	return advance(database, {**run, "state": "Failed", "error": error[:1000], "touched_us": now_us})


def latest(database: Database) -> HistoryRow | None:
	"""Return the run that was started last."""
	return first(HistoryRow, database.select(f"{_ALL} ORDER BY started_us DESC LIMIT 1"))


def lock_running(database: Database) -> HistoryRow | None:
	"""Return the run that goes on, and hold it, so that one worker at a time takes a batch."""
	return held(HistoryRow, database.lock(HISTORY, {"state": "Running"}))
