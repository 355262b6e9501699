"""Thread Bot Memories: one for each who writes to the bot, by each mouth."""

from collections.abc import Mapping
from contextlib import suppress

from customer_thread.domain.errors import Unavailable
from customer_thread.store import held_words
from customer_thread.store.bot_rows import BotMemoryRow
from customer_thread.store.database import Database, Duplicate
from customer_thread.store.rows import columns, held, typed

MEMORY = "Thread Bot Memory"


def hold(database: Database, mouth: str, speaker: str) -> BotMemoryRow:
	"""Return the newest of what is remembered of a speaker, made if need be, and hold it: they are heard one at a time."""
	whose = {"mouth": mouth, "speaker": speaker}
	rows = database.select(
		"SELECT name FROM `tabThread Bot Memory` WHERE mouth = %(mouth)s AND speaker = %(speaker)s", whose
	)
	# looked for before it is held: holding what is not there holds up every other new speaker on MariaDB
	if not rows:
		with suppress(Duplicate):
			database.insert(MEMORY, whose)
	row = held(BotMemoryRow, database.lock(MEMORY, whose))
	if row is None:
		raise Unavailable("We are busy for a moment. Please try again.")
	return row


def is_known(database: Database, mouth: str, speaker: str) -> bool:
	"""Return whether a speaker is remembered."""
	rows = database.select(
		"SELECT name FROM `tabThread Bot Memory` WHERE mouth = %(mouth)s AND speaker = %(speaker)s",
		{"mouth": mouth, "speaker": speaker},
	)
	return bool(rows)


def was_heard(database: Database, mouth: str, speaker: str) -> bool:
	"""Return whether anything that a speaker wrote has come in."""
	rows = database.select(
		"SELECT name FROM `tabThread Bot Memory` WHERE mouth = %(mouth)s AND speaker = %(speaker)s AND heard_us > 0",
		{"mouth": mouth, "speaker": speaker},
	)
	return bool(rows)


def save(
	database: Database, name: str, values: Mapping[str, object], obeyed: str, reason: str, now_us: int
) -> None:
	"""Remember this of a speaker whose memory is held, and why it came to that."""
	database.update(MEMORY, name, {**values, "obeyed": obeyed, "reason": reason, "heard_us": now_us})


def ended(database: Database, now_us: int, limit: int) -> list[BotMemoryRow]:
	"""Return memories with words whose time is over, the longest first."""
	rows = database.select(
		f"SELECT {columns(BotMemoryRow)} FROM `tabThread Bot Memory` WHERE until_us > 0 AND until_us < %(now)s "
		"AND (words IS NOT NULL OR attachments IS NOT NULL) ORDER BY until_us LIMIT %(limit)s",
		{"now": now_us, "limit": limit},
	)
	return typed(BotMemoryRow, rows)


def forget_words(database: Database, memory: BotMemoryRow) -> None:
	"""Forget what was kept, if nothing else was asked since; that something was asked is still known."""
	database.update(MEMORY, memory["name"], held_words.without(MEMORY), {"until_us": memory["until_us"]})


def forget(database: Database, until_us: int, limit: int) -> int:
	"""Forget all of who last wrote until then, at most so many; return how many."""
	rows = database.select(
		"SELECT name FROM `tabThread Bot Memory` WHERE heard_us <= %(until)s ORDER BY heard_us LIMIT %(limit)s",
		{"until": until_us, "limit": limit},
	)
	return sum(database.delete(MEMORY, {"name": row["name"]}) for row in rows)
