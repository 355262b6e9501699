"""Thread Preferences and the log of their changes: what those who read a thread want."""

from collections.abc import Mapping

from customer_thread.domain.model import PreferenceWay
from customer_thread.store.database import Database, Duplicate, move_rows
from customer_thread.store.notice_rows import PreferenceChangeRow, PreferenceRow
from customer_thread.store.rows import columns, first, held, typed

PREFERENCE = "Thread Preference"
CHANGE = "Thread Preference Change"
_ALL = f"SELECT {columns(PreferenceRow)} FROM `tabThread Preference`"


def of_reader(database: Database, thread: str, user: str) -> PreferenceRow | None:
	"""Return what somebody has chosen, or None if they have chosen nothing."""
	rows = database.select(
		f"{_ALL} WHERE thread = %(thread)s AND user = %(user)s", {"thread": thread, "user": user}
	)
	return first(PreferenceRow, rows)


def hold(database: Database, thread: str, user: str) -> PreferenceRow | None:
	"""Return what somebody has chosen, held against other writers until the transaction ends."""
	return held(PreferenceRow, database.lock(PREFERENCE, {"thread": thread, "user": user}))


def add(database: Database, thread: str, user: str, now_us: int) -> None:
	"""Make room for what somebody chooses; nothing, if there is some."""
	try:
		database.insert(PREFERENCE, {"thread": thread, "user": user, "changed_us": now_us})
	except Duplicate:
		return


def choose(database: Database, preference: str, chosen: Mapping[str, str], now_us: int) -> None:
	"""Keep what somebody chose, by column."""
	database.update(PREFERENCE, preference, {**chosen, "changed_us": now_us})


def note_change(
	database: Database,
	thread: str,
	user: str | None,
	field: str,
	values: tuple[str, str],
	way: PreferenceWay,
	by: str,
	now_us: int,
) -> None:
	"""Write down that a field is not the first of these values any more but the second."""
	old, new = values
	said = {"field": field, "old": old, "new": new, "way": way, "changed_by": by, "changed_us": now_us}
	database.insert(CHANGE, {"thread": thread, "user": user, **said})


def changes(database: Database, thread: str, limit: int = 200) -> list[PreferenceChangeRow]:
	"""Return the latest changes in a thread, oldest first."""
	rows = database.select(
		f"SELECT {columns(PreferenceChangeRow)} FROM `tabThread Preference Change` "
		"WHERE thread = %(thread)s ORDER BY changed_us DESC, name DESC LIMIT %(limit)s",
		{"thread": thread, "limit": limit},
	)
	return typed(PreferenceChangeRow, rows[::-1])


def move(database: Database, source: str, goal: str) -> None:
	"""Let what was chosen in a thread hold in another; who has chosen there keeps that."""
	for row in typed(PreferenceRow, database.select(f"{_ALL} WHERE thread = %(thread)s", {"thread": source})):
		if hold(database, goal, row["user"]) is None:
			database.update(PREFERENCE, row["name"], {"thread": goal})
	move_rows(database, CHANGE, source, goal)


def remove_of_thread(database: Database, thread: str) -> None:
	"""Forget what was chosen in a thread that is removed."""
	database.delete(PREFERENCE, {"thread": thread})
	database.delete(CHANGE, {"thread": thread})
