"""Thread Notes: internal, a table of their own, never read by anything that answers a customer."""

from customer_thread.store.database import Database, Duplicate, move_rows
from customer_thread.store.rows import NoteRow, columns, typed

NOTE = "Thread Note"
_ALL = f"SELECT {columns(NoteRow)} FROM `tabThread Note`"


def add(
	database: Database, thread: str, text: str, author: str | None, now_us: int, source_key: str | None
) -> NoteRow | None:
	"""Write a note and return it, or None if one with this source key is there already."""
	values = {"thread": thread, "text": text, "author": author, "occurred_us": now_us}
	try:
		name = database.insert(NOTE, {**values, "source_key": source_key})
	except Duplicate:
		return None
	return typed(NoteRow, [{**values, "name": name}])[0]


def of_thread(database: Database, thread: str, limit: int = 200) -> list[NoteRow]:
	"""Return the latest notes of a thread, oldest first."""
	rows = database.select(
		f"{_ALL} WHERE thread = %(thread)s ORDER BY occurred_us DESC, name DESC LIMIT %(limit)s",
		{"thread": thread, "limit": limit},
	)
	return typed(NoteRow, rows[::-1])


def after(database: Database, thread: str, place: tuple[int, str], limit: int) -> list[NoteRow]:
	"""Return the next notes of a thread after a place (µs, id), the oldest first."""
	rows = database.select(
		f"{_ALL} WHERE thread = %(thread)s AND (occurred_us > %(us)s OR (occurred_us = %(us)s AND name > %(name)s)) "
		"ORDER BY occurred_us, name LIMIT %(limit)s",
		{"thread": thread, "us": place[0], "name": place[1], "limit": limit},
	)
	return typed(NoteRow, rows)


def are_in(database: Database, thread: str) -> bool:
	"""Return whether a thread has any, also one that another transaction has just committed."""
	return database.lock(NOTE, {"thread": thread}) is not None


def move(database: Database, source: str, goal: str) -> None:
	"""Let a thread's notes be another thread's."""
	move_rows(database, NOTE, source, goal)
