"""Thread Erasures: who had a conversation erased, when, and how far that is; a row a conversation, without words."""

from customer_thread.store.database import Database
from customer_thread.store.leaving_rows import ErasureRow
from customer_thread.store.rows import columns, first, held, typed

ERASURE = "Thread Erasure"
_ALL = f"SELECT {columns(ErasureRow)} FROM `tabThread Erasure`"


def start(database: Database, thread: str, asked_by: str | None, now_us: int) -> ErasureRow:
	"""Write down that a conversation is to be erased and return that."""
	values = {"state": "Running", "thread": thread, "asked_by": asked_by, "asked_us": now_us}
	nothing = {"entries": 0, "touched_us": 0, "done_us": 0}
	name = str(database.insert(ERASURE, {**values, **nothing}))
	return typed(ErasureRow, [{**values, **nothing, "name": name}])[0]


def running(database: Database) -> list[ErasureRow]:
	"""Return those that go on, first what was not looked at for the longest time."""
	return typed(ErasureRow, database.select(f"{_ALL} WHERE state = 'Running' ORDER BY touched_us, asked_us"))


def lock(database: Database, erasure: str) -> ErasureRow | None:
	"""Return one that goes on, and hold it, so that one worker at a time takes a batch; None if it is done."""
	return held(ErasureRow, database.lock(ERASURE, {"name": erasure, "state": "Running"}))


def advance(database: Database, run: ErasureRow, entries: int, now_us: int) -> None:
	"""Note that so many more entries are erased."""
	database.update(ERASURE, run["name"], {"entries": run["entries"] + entries, "touched_us": now_us})


def finish(database: Database, run: ErasureRow, now_us: int) -> None:
	"""Note that nothing is left."""
	database.update(ERASURE, run["name"], {"state": "Done", "touched_us": now_us, "done_us": now_us})


def of_thread(database: Database, thread: str) -> ErasureRow | None:
	"""Return how far the erasure of a conversation is, or None if nobody asked for it."""
	return first(ErasureRow, database.select(f"{_ALL} WHERE thread = %(thread)s", {"thread": thread}))
