"""Customer Threads."""

from typing import Any

from customer_thread.domain.model import Party
from customer_thread.store.database import Database, Row, containing

THREAD = "Customer Thread"


def get(database: Database, thread: str) -> Row | None:
	"""Return a thread, or the one it was merged into."""
	return _follow(database, _first(database, "name", thread))


def of_party(database: Database, party: Party) -> Row | None:
	"""Return the party's thread."""
	rows = database.select(
		"SELECT * FROM `tabCustomer Thread` WHERE party_type = %(party_type)s AND party = %(party)s",
		{"party_type": party.party_type, "party": party.party},
	)
	return _follow(database, rows[0] if rows else None)


def by_number(database: Database, code: str) -> Row | None:
	"""Return the thread with this short code."""
	return _follow(database, _first(database, "code", code))


def by_reply_token(database: Database, token: str) -> Row | None:
	"""Return the thread whose customer answers to this token."""
	return _follow(database, _first(database, "reply_token", token))


def by_contractor_reply_token(database: Database, token: str) -> Row | None:
	"""Return the thread in which the contractor answers to this token."""
	return _follow(database, _first(database, "contractor_token", token))


def _first(database: Database, column: str, value: str) -> Row | None:
	rows = database.select(f"SELECT * FROM `tabCustomer Thread` WHERE {column} = %(value)s", {"value": value})
	return rows[0] if rows else None


def _follow(database: Database, row: Row | None) -> Row | None:
	for _hop in range(10):
		if row is None or not row["merged_into"]:
			return row
		row = _first(database, "name", row["merged_into"])
	return row


def lock(database: Database, thread: str) -> Row | None:
	"""Return the thread's newest state and hold it, so that its entries get their ids in commit order."""
	return database.lock(THREAD, {"name": thread})


def lock_unmatched(database: Database, address_key: str) -> Row | None:
	"""Return and hold the unmatched thread of an address."""
	row = _first(database, "unmatched_address", address_key)
	# looked for before it is held: holding what is not there holds up every other new number on MariaDB
	if row is None or row["unmatched_address"] != address_key:
		return None
	return database.lock(THREAD, {"name": row["name"], "unmatched_address": address_key})


def is_joined(database: Database, thread: str) -> bool:
	"""Return whether another thread was merged into this one."""
	return _first(database, "merged_into", thread) is not None


def mark_changed(database: Database, thread: str) -> None:
	"""Let open pages of this thread see that something in it is different."""
	row = lock(database, thread)
	if row:
		database.update(THREAD, thread, {"revision": (row["revision"] or 0) + 1})


def listing(
	database: Database, *, which: str, words: str, before: tuple[int, str] | None, limit: int
) -> list[Row]:
	"""Return threads, the latest first; `which` is all, unread, failed or unmatched."""
	conditions = ["(merged_into IS NULL OR merged_into = '')"]
	params: dict[str, Any] = {"limit": limit}
	if which == "unread":
		conditions.append("contractor_unread > 0")
	elif which == "unmatched":
		conditions.append("(party IS NULL OR party = '')")
	elif which == "failed":
		conditions.append(
			"EXISTS (SELECT 1 FROM `tabThread Delivery` d WHERE d.thread = t.name AND d.state = 'Failed')"
		)
	if words:
		conditions.append(
			"(LOWER(title) LIKE %(words)s ESCAPE '!' OR LOWER(last_preview) LIKE %(words)s ESCAPE '!')"
		)
		params["words"] = containing(" ".join(words.lower().split()))
	if before:
		conditions.append("(last_us < %(us)s OR (last_us = %(us)s AND name < %(name)s))")
		params["us"], params["name"] = before
	return database.select(
		f"SELECT * FROM `tabCustomer Thread` t WHERE {' AND '.join(conditions)} "
		"ORDER BY last_us DESC, name DESC LIMIT %(limit)s",
		params,
	)
