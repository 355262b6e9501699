"""What a data folder lacks that an earlier version of the program has written."""

from collections.abc import Callable

from customer_thread.service.thread.keep_waiting import reckon_all
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.database import Database

#: each done once in a folder, by the name under which `host_state` remembers it
_STEPS: dict[str, Callable[[Database], object]] = {"who waits is noted": reckon_all}


def upgrade(database: SqliteDatabase) -> None:
	"""Do what was not done yet, each step wholly or not at all. Safe to repeat."""
	done = {row["name"] for row in database.select("SELECT name FROM host_state")}
	for name, step in _STEPS.items():
		if name not in done:
			with database.transaction():
				step(database)
				database.connection.execute(
					"INSERT OR REPLACE INTO host_state (name, value) VALUES (?, 'done')", (name,)
				)
