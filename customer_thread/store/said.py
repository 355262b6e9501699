"""In which threads something was said, by its words: in entries, and in what staff noted."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from customer_thread.domain.limits import INBOX_BLOCKS, INBOX_FOUND, INBOX_NOTES, WORDS_BLOCK
from customer_thread.domain.thread.said_words import SaidWords, asked_of
from customer_thread.domain.words import fold
from customer_thread.store import word_blocks
from customer_thread.store.database import Database, Name, Row, one_of

#: blocks that are looked through by one query
_AT_ONCE = 25
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

	At most `INBOX_FOUND` by messages, where it was said last. `visible`: the condition for those that whoever asks
	may see. Parts of words are found too where the words of a block are not gathered yet.
	"""
	if not words.parts:
		return []
	last: dict[str, SaidWhere] = {}
	blocks = _to_look_through(database, words)
	for start in range(0, len(blocks), _AT_ONCE):
		for where in _in_blocks(database, words, visible, blocks[start : start + _AT_ONCE]):
			last.setdefault(where.thread, where)
		if len(last) >= INBOX_FOUND:
			break
	found = list(last.values())[:INBOX_FOUND]
	return found + [where for where in _noted(database, words, visible) if where.thread not in last]


def _to_look_through(database: Database, words: SaidWords) -> list[int]:
	"""Return the blocks in which it may have been said, the latest first."""
	has = (
		word_blocks.having(database, asked_of(words)) if words.beginnings else word_blocks.gathered(database)
	)
	return sorted({*word_blocks.not_gathered(database), *has}, reverse=True)[:INBOX_BLOCKS]


def _in_blocks(database: Database, words: SaidWords, visible: str, blocks: Sequence[int]) -> list[SaidWhere]:
	params: dict[str, Any] = {}
	first = one_of("first", (block * WORDS_BLOCK for block in blocks), params).split(", ")
	last = one_of("last", (block * WORDS_BLOCK + WORDS_BLOCK - 1 for block in blocks), params).split(", ")
	keys = one_of("part", words.parts, params).split(", ")
	# not LIKE, see `entries.holding`
	conditions = [f"REPLACE(search_text, {key}, '') <> search_text" for key in keys]
	conditions += _seen(visible)
	# a query for each: the alternatives in one, and SQLite goes over the whole table in the order of its threads
	listed = " UNION ALL ".join(
		f"SELECT thread, name FROM `tabThread Entry` WHERE name BETWEEN {keys[0]} AND {keys[1]} "
		f"AND {' AND '.join(conditions)}"
		for keys in zip(first, last, strict=True)
	)
	rows = database.select(
		f"SELECT thread, MAX(name) AS entry FROM ({listed}) AS found GROUP BY thread ORDER BY entry DESC",
		params,
	)
	return [SaidWhere(row["thread"], entry=int(row["entry"])) for row in rows]


def _noted(database: Database, words: SaidWords, visible: str) -> list[SaidWhere]:
	conditions = "".join(f"WHERE {conditions}" for conditions in _seen(visible))
	rows = database.select(
		f"SELECT thread, name, text FROM `tabThread Note` {conditions} ORDER BY occurred_us DESC LIMIT %(limit)s",
		{"limit": INBOX_NOTES},
	)
	last: dict[str, SaidWhere] = {}
	for row in rows:
		if row["thread"] not in last:
			text = fold(row["text"] or "")
			if all(part in text for part in words.parts):
				last[row["thread"]] = SaidWhere(row["thread"], note=row["name"])
	return list(last.values())[:INBOX_FOUND]


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
