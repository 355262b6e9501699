"""Thread Notes: internal, a table of their own, never read by anything that answers a customer."""

from customer_thread.store.database import Database, Row

NOTE = "Thread Note"


def add(database: Database, thread: str, text: str, author: str | None, now_us: int) -> Row:
	"""Write a note and return it."""
	values = {"thread": thread, "text": text, "author": author, "occurred_us": now_us}
	return {"name": str(database.insert(NOTE, values)), **values}


def of_thread(database: Database, thread: str, limit: int = 200) -> list[Row]:
	"""Return the latest notes of a thread, oldest first."""
	rows = database.select(
		"SELECT name, thread, text, author, occurred_us FROM `tabThread Note` WHERE thread = %(thread)s "
		"ORDER BY occurred_us DESC, name DESC LIMIT %(limit)s",
		{"thread": thread, "limit": limit},
	)
	return rows[::-1]
