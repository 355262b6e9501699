"""In which threads something was said, by its words: in entries, and in what staff noted."""

from collections.abc import Collection
from typing import Any, NamedTuple

from customer_thread.domain.limits import INBOX_FOUND, INBOX_LATEST
from customer_thread.domain.thread.said_words import SaidWords
from customer_thread.store.database import Database, Name, Row, one_of

_ALL = "SELECT thread, name AS entry, subject, text FROM `tabThread Entry`"
#: a note stands behind the entries of its time
_SELECT = (
	"SELECT (SELECT e.name FROM `tabThread Entry` e WHERE e.thread = n.thread AND e.occurred_us <= n.occurred_us "
	"ORDER BY e.occurred_us DESC, e.name DESC LIMIT 1) AS entry, n.thread, NULL AS subject, n.text "
	"FROM `tabThread Note` n"
)


class SaidWhere(NamedTuple):
	"""Where something was said."""

	thread: str
	#: the last entry that has it; None: a note has it
	entry: int | None = None
	note: str | None = None


class SaidText(NamedTuple):
	"""What was said there."""

	#: the entry; of a note the last before it, None if there is none
	entry: int | None
	#: with the subject before it, on one line
	text: str
	is_note: bool


def where_said(database: Database, words: SaidWords, visible: str = "") -> list[SaidWhere]:
	"""Return the threads in which one message or note has all of these words, with the last that has them.

	At most `INBOX_FOUND`, where it was said last. `visible`: the condition for those that whoever asks may see.
	What the index of words does not know, such as a word of two letters, is looked for in the latest entries alone.
	"""
	if not words.parts:
		return []
	# a word that is said every day is found there; the index would have to go over all of them, each time
	found = _latest(database, words, visible)
	if len(found) < INBOX_FOUND and words.beginnings:
		found = [*found, *_ever(database, words, visible), *_noted(database, words, visible)]
	last: dict[str, SaidWhere] = {}
	for where in found:
		last.setdefault(where.thread, where)
	return list(last.values())[:INBOX_FOUND]


def _latest(database: Database, words: SaidWords, visible: str) -> list[SaidWhere]:
	[newest] = database.select("SELECT MAX(name) AS name FROM `tabThread Entry`")
	after = int(newest["name"] or 0) - INBOX_LATEST
	return _in_entries(database, words, visible, ["name > %(after)s"], {"after": after})


def _ever(database: Database, words: SaidWords, visible: str) -> list[SaidWhere]:
	has = database.has_words("Thread Entry", words.beginnings)
	return _in_entries(database, words, visible, [has.condition], {"beginnings": has.beginnings})


def _in_entries(
	database: Database, words: SaidWords, visible: str, conditions: list[str], params: dict[str, Any]
) -> list[SaidWhere]:
	keys = one_of("part", words.parts, params).split(", ")
	# not LIKE, see `entries.holding`
	conditions = [f"REPLACE(search_text, {key}, '') <> search_text" for key in keys] + [
		*conditions,
		*_seen(visible),
	]
	rows = database.select(
		"SELECT thread, MAX(name) AS entry FROM `tabThread Entry` "
		f"WHERE {' AND '.join(conditions)} "
		"GROUP BY thread ORDER BY entry DESC LIMIT %(limit)s",
		{**params, "limit": INBOX_FOUND},
	)
	return [SaidWhere(row["thread"], entry=int(row["entry"])) for row in rows]


def _noted(database: Database, words: SaidWords, visible: str) -> list[SaidWhere]:
	has = database.has_words("Thread Note", words.beginnings)
	conditions = [has.condition, *_seen(visible)]
	rows = database.select(
		"SELECT thread, name FROM `tabThread Note` "
		f"WHERE {' AND '.join(conditions)} ORDER BY occurred_us DESC LIMIT %(limit)s",
		{"beginnings": has.beginnings, "limit": INBOX_FOUND},
	)
	return [SaidWhere(row["thread"], note=row["name"]) for row in rows]


def _seen(conditions: str) -> list[str]:
	seen = f"thread IN (SELECT name FROM `tabCustomer Thread` WHERE {conditions})"
	return [seen] if conditions else []


def texts(database: Database, said: Collection[SaidWhere]) -> dict[str, SaidText]:
	"""Return by its thread what was said there."""
	entries = [where.entry for where in said if where.entry]
	notes = [where.note for where in said if where.note]
	rows = _named(database, f"{_ALL} WHERE name", entries)
	noted = _named(database, f"{_SELECT} WHERE n.name", notes)
	found = {row["thread"]: _text(row, is_note=False) for row in rows}
	return found | {row["thread"]: _text(row, is_note=True) for row in noted}


def _named(database: Database, sql: str, names: Collection[Name]) -> list[Row]:
	params: dict[str, Any] = {}
	listed = one_of("name", names, params)
	return database.select(f"{sql} IN ({listed})", params) if listed else []


def _text(row: Row, *, is_note: bool) -> SaidText:
	words = " ".join(" ".join((row["subject"] or "", row["text"] or "")).split())
	return SaidText(row["entry"], words, is_note)
