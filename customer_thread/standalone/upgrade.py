"""What a data folder lacks that an earlier version of the program has written."""

from collections.abc import Callable

from customer_thread.domain.times import DAY, MINUTE
from customer_thread.service.thread.keep_waiting import reckon_all
from customer_thread.standalone.database import SqliteDatabase

_SETTINGS = "Customer Thread Settings"


def _count_life_in_days(database: SqliteDatabase) -> None:
	"""Let a link live as many whole days as the minutes that were set, one at least."""
	given = {"doctype": _SETTINGS, "minutes": "sign_in_link_minutes"}
	for row in database.select(
		"SELECT value FROM `tabSingles` WHERE doctype = %(doctype)s AND field = %(minutes)s", given
	):
		days = -(-int(row["value"] or 0) * MINUTE // DAY)
		database.connection.execute(
			"INSERT OR IGNORE INTO `tabSingles` (doctype, field, value) VALUES (?, ?, ?)",
			(_SETTINGS, "sign_in_link_days", str(days)),
		)


#: each done once in a folder, by the name under which `host_state` remembers it
_STEPS: dict[str, Callable[[SqliteDatabase], object]] = {
	"who waits is noted": reckon_all,
	"the life of links is counted in days": _count_life_in_days,
}


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
