"""Thread Saved Replies: words that staff send again and again."""

from collections.abc import Mapping

from customer_thread.domain.saved_reply import SavedReply
from customer_thread.store.database import Database, Row

SAVED_REPLY = "Thread Saved Reply"


def enabled(database: Database) -> list[SavedReply]:
	"""Return those that can be put into a message, by their titles."""
	rows = database.select(
		"SELECT name, title, shortcut, text FROM `tabThread Saved Reply` WHERE enabled = 1 ORDER BY title, name"
	)
	return [SavedReply.from_row(row) for row in rows]


def rows(database: Database) -> dict[str, Row]:
	"""Return all there is of each, by its name."""
	return {str(row["name"]): row for row in database.select("SELECT * FROM `tabThread Saved Reply`")}


def save(database: Database, name: str, values: Mapping[str, object]) -> None:
	"""Write one, or what is to be another in it."""
	if not database.update(SAVED_REPLY, name, values):
		database.insert(SAVED_REPLY, {**values, "name": name})
