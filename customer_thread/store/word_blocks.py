"""Thread Words: of each block of so many entries, one after the other, which words are in it.

They are gathered once a block is long over, so that what comes in costs nothing; and all of a block's go as soon as
one of its entries loses its words.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from customer_thread.domain.limits import INBOX_LATEST, WORDS_BLOCK
from customer_thread.domain.thread.said_words import kept_words
from customer_thread.store.database import Database, Duplicate, one_of

WORDS = "Thread Words"
#: stands for no sign: the row that says that a block's words are there
_ALL = 0


def gathered(database: Database) -> set[int]:
	"""Return the blocks whose words are gathered."""
	rows = database.select("SELECT block FROM `tabThread Words` WHERE beginning = %(all)s", {"all": _ALL})
	return {int(row["block"]) for row in rows}


def not_gathered(database: Database) -> list[int]:
	"""Return the blocks of entries whose words are not, in order."""
	first, last = _ends(database)
	[run] = database.select(
		"SELECT COUNT(*) AS many, MIN(block) AS lowest, MAX(block) AS highest FROM `tabThread Words` "
		"WHERE beginning = %(all)s",
		{"all": _ALL},
	)
	if not run["many"]:
		return list(range(first, last + 1))
	lowest, highest = run["lowest"], run["highest"]
	# mostly all between are: to read them each would take longer than the search itself
	has_gaps = run["many"] <= highest - lowest
	between = set(range(lowest, highest)) - gathered(database) if has_gaps else set()
	return sorted({*range(first, lowest), *between, *range(highest + 1, last + 1)})


def _ends(database: Database) -> tuple[int, int]:
	"""Return the first and the last block that has entries."""
	# one by one: both ends in one query, and SQLite goes over all that lies between
	[ends] = database.select(
		"SELECT (SELECT MIN(name) FROM `tabThread Entry`) AS first, (SELECT MAX(name) FROM `tabThread Entry`) AS last"
	)
	return int(ends["first"] or 0) // WORDS_BLOCK, int(ends["last"] or 0) // WORDS_BLOCK


def having(database: Database, asked: Mapping[int, Iterable[str]]) -> set[int]:
	"""Return the gathered blocks in which all of these stand, see `asked_of`."""
	found: set[int] | None = None
	for beginning, words in asked.items():
		params: dict[str, Any] = {"beginning": beginning}
		keys = one_of("word", words, params).split(", ")
		# not LIKE, see `entries.holding`
		conditions = " AND ".join(f"REPLACE(words, {key}, '') <> words" for key in keys)
		rows = database.select(
			f"SELECT block FROM `tabThread Words` WHERE beginning = %(beginning)s AND {conditions}", params
		)
		these = {int(row["block"]) for row in rows}
		found = these if found is None else found & these
	return found or set()


def next_block(database: Database) -> int | None:
	"""Return the latest block that is long over and whose words are not gathered, or None."""
	over = _ends(database)[1] - INBOX_LATEST // WORDS_BLOCK
	return max((block for block in not_gathered(database) if block <= over), default=None)


def gather(database: Database, block: int) -> None:
	"""Gather the words of a block. Nothing, if another just does."""
	first = block * WORDS_BLOCK
	# held: who takes an entry's words away comes before, or after and takes these away too
	rows = (database.lock("Thread Entry", {"name": name}) for name in range(first, first + WORDS_BLOCK))
	words = kept_words(row["search_text"] or "" for row in rows if row)
	try:
		database.insert(WORDS, {"block": block, "beginning": _ALL})
	except Duplicate:
		return
	for beginning, kept in words.items():
		database.insert(WORDS, {"block": block, "beginning": beginning, "words": kept})


def forget(database: Database, entry: int) -> None:
	"""Forget the words of the block of an entry, until they are gathered anew."""
	database.delete(WORDS, {"block": entry // WORDS_BLOCK})
