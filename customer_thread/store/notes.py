"""Thread Notes: internal, a table of their own, never read by anything that answers a customer."""

from customer_thread.store.database import Database, Duplicate, Row

NOTE = "Thread Note"


def add(
	database: Database, thread: str, text: str, author: str | None, now_us: int, source_key: str | None
) -> Row | None:
	"""Write a note and return it, or None if one with this source key is there already."""
	values = {"thread": thread, "text": text, "author": author, "occurred_us": now_us}
	try:
		return {"name": database.insert(NOTE, {**values, "source_key": source_key}), **values}
	except Duplicate:
		return None


def of_thread(database: Database, thread: str, limit: int = 200) -> list[Row]:
	"""Return the latest notes of a thread, oldest first."""
	rows = database.select(
		"SELECT name, thread, text, author, occurred_us FROM `tabThread Note` WHERE thread = %(thread)s "
		"ORDER BY occurred_us DESC, name DESC LIMIT %(limit)s",
		{"thread": thread, "limit": limit},
	)
	return rows[::-1]
