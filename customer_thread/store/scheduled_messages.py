"""Thread Scheduled Messages: what automations will say, said, or do not say any more."""

from collections.abc import Mapping

from customer_thread.domain.automations.model import ScheduledState
from customer_thread.domain.notices.reasons import HELD
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import HOUR
from customer_thread.store.database import Database, Duplicate, move_rows
from customer_thread.store.rows import columns, held, typed
from customer_thread.store.scheduled_rows import ScheduledMessageRow

MESSAGE = "Thread Scheduled Message"
_SELECT = f"SELECT {columns(ScheduledMessageRow)} FROM `tabThread Scheduled Message`"
#: what is due already may be held at this very moment, by hours that have changed meanwhile
_HELD = (
	"SELECT name FROM `tabThread Scheduled Message` WHERE state = 'Waiting' "
	"AND (due_us <= %(now)s OR reason LIKE %(held)s) "
)


def add(database: Database, values: Mapping[str, object]) -> str:
	"""Write one that waits, once by its `source_key`; return its name, "" if it was written before."""
	try:
		return str(database.insert(MESSAGE, {"state": "Waiting", **values}))
	except Duplicate:
		return ""


def lock(database: Database, name: str) -> ScheduledMessageRow | None:
	"""Return one as it is now, and hold it."""
	return held(ScheduledMessageRow, database.lock(MESSAGE, {"name": name}))


def of_document(database: Database, thread: str, doctype: str, name: str) -> list[ScheduledMessageRow]:
	"""Return all about a document in this thread, in the order in which they were written."""
	rows = database.select(
		f"{_SELECT} WHERE reference_doctype = %(doctype)s AND reference_name = %(docname)s "
		"AND thread = %(thread)s ORDER BY creation_us, name",
		{"doctype": doctype, "docname": name, "thread": thread},
	)
	return typed(ScheduledMessageRow, rows)


def waiting_in(database: Database, thread: str, limit: int) -> list[ScheduledMessageRow]:
	"""Return those that wait in a thread."""
	rows = database.select(
		f"{_SELECT} WHERE thread = %(thread)s AND state = 'Waiting' ORDER BY due_us, name LIMIT %(limit)s",
		{"thread": thread, "limit": limit},
	)
	return typed(ScheduledMessageRow, rows)


def waiting_of(database: Database, automation: str, limit: int, after: str = "") -> list[ScheduledMessageRow]:
	"""Return those of an automation that wait, behind a name in that order."""
	rows = database.select(
		f"{_SELECT} WHERE automation = %(automation)s AND state = 'Waiting' AND name > %(after)s "
		"ORDER BY name LIMIT %(limit)s",
		{"automation": automation, "after": after, "limit": limit},
	)
	return typed(ScheduledMessageRow, rows)


def waiting_about(database: Database, doctype: str, name: str) -> list[str]:
	"""Return the threads in which any about a document waits."""
	rows = database.select(
		"SELECT DISTINCT thread FROM `tabThread Scheduled Message` WHERE reference_doctype = %(doctype)s "
		"AND reference_name = %(docname)s AND state = 'Waiting'",
		{"doctype": doctype, "docname": name},
	)
	return [str(row["thread"]) for row in rows]


def announcing(database: Database, entry: int) -> tuple[str, list[ScheduledMessageRow]]:
	"""Return the event of this entry's card, and the messages after events about its document in its thread.

	One whose time is later than an hour after what the card tells is none of them: it tells something else.
	"""
	cards = database.select(
		"SELECT v.name, v.thread, v.reference_doctype, v.reference_name, v.occurred_us "
		"FROM `tabThread Entry` e JOIN `tabThread Event` v ON v.name = e.event WHERE e.name = %(entry)s",
		{"entry": entry},
	)
	if not cards or not cards[0]["reference_name"]:
		return "", []
	[card] = cards
	rows = of_document(database, card["thread"], card["reference_doctype"], card["reference_name"])
	until_us = int(card["occurred_us"]) + HOUR
	return str(card["name"]), [row for row in rows if row["event"] and row["planned_us"] <= until_us]


def about(database: Database, doctype: str, name: str) -> list[ScheduledMessageRow]:
	"""Return all about a document, in whichever thread."""
	rows = database.select(
		f"{_SELECT} WHERE reference_doctype = %(doctype)s AND reference_name = %(docname)s ORDER BY creation_us, name",
		{"doctype": doctype, "docname": name},
	)
	return typed(ScheduledMessageRow, rows)


def rename_document(database: Database, name: str, reference_name: str, source_key: str) -> None:
	"""Let one be about a document of another name, by another key; empty: about none that is there."""
	database.update(MESSAGE, name, {"reference_name": reference_name or None, "source_key": source_key})


def move(database: Database, source: str, goal: str) -> None:
	"""Let a thread's scheduled messages be another thread's."""
	move_rows(database, MESSAGE, source, goal)


def of_entry(database: Database, entry: int) -> ScheduledMessageRow | None:
	"""Return the one that became an entry, if any did."""
	rows = typed(ScheduledMessageRow, database.select(f"{_SELECT} WHERE entry = %(entry)s", {"entry": entry}))
	return rows[0] if rows else None


def due(
	database: Database, now_us: int, limit: int, after: tuple[int, str] = (0, "")
) -> list[ScheduledMessageRow]:
	"""Return those whose time has come, behind a place in that order, the longest due first."""
	rows = database.select(
		f"{_SELECT} WHERE state = 'Waiting' AND due_us <= %(now)s "
		"AND due_us >= %(us)s AND (due_us > %(us)s OR name > %(name)s) ORDER BY due_us, name LIMIT %(limit)s",
		{"now": now_us, "us": after[0], "name": after[1], "limit": limit},
	)
	return typed(ScheduledMessageRow, rows)


def held_in(database: Database, thread: str, now_us: int, limit: int) -> list[str]:
	"""Return the names of those in a thread that are held until they may ping, the longest due first."""
	rows = database.select(
		_HELD + "AND thread = %(thread)s ORDER BY due_us, name LIMIT %(limit)s",
		{**_held(now_us), "thread": thread, "limit": limit},
	)
	return [str(row["name"]) for row in rows]


def held_anywhere(database: Database, now_us: int, limit: int, after: str = "") -> list[str]:
	"""Return the names of those in any thread that are, behind a name in that order."""
	rows = database.select(
		_HELD + "AND name > %(after)s ORDER BY name LIMIT %(limit)s",
		{**_held(now_us), "after": after, "limit": limit},
	)
	return [str(row["name"]) for row in rows]


def _held(now_us: int) -> dict[str, object]:
	return {"now": now_us, "held": HELD + "%"}


def questions(database: Database, thread: str, limit: int) -> list[ScheduledMessageRow]:
	"""Return the sent ones of a thread that asked for an answer, the newest first."""
	rows = database.select(
		f"{_SELECT} WHERE thread = %(thread)s AND expects = 'Confirmation' AND state = 'Sent' "
		"ORDER BY entry DESC LIMIT %(limit)s",
		{"thread": thread, "limit": limit},
	)
	return typed(ScheduledMessageRow, rows)


def wait(database: Database, name: str, changes: Mapping[str, object]) -> bool:
	"""Change one that waits, and return whether it waited still."""
	return database.update(MESSAGE, name, changes, {"state": "Waiting"})


def change(database: Database, name: str, changes: Mapping[str, object]) -> bool:
	"""Let one wait, or wait again, for another time; return whether it was not sent."""
	values = {"state": "Waiting", **changes}
	states = ("Waiting", "Ended", "Skipped")
	return any(database.update(MESSAGE, name, values, {"state": state}) for state in states)


def send(database: Database, name: str, entry: int, reason: Phrase, about_us: int = 0) -> bool:
	"""Note which entry one has become, and return whether it waited still.

	`about_us`: when what it asks about begins, as it tells it.
	"""
	return wait(database, name, {"state": "Sent", "entry": entry, "reason": reason, "about_us": about_us})


def skip(database: Database, name: str, reason: Phrase) -> bool:
	"""Note why one is not sent, and return whether it waited still."""
	return _end(database, name, "Skipped", reason)


def miss(database: Database, name: str, reason: Phrase) -> bool:
	"""Note why one that had ended is not sent, though it is wanted again; return whether it had ended."""
	return database.update(MESSAGE, name, {"state": "Skipped", "reason": reason}, {"state": "Ended"})


def end(database: Database, name: str, reason: Phrase) -> bool:
	"""Note why one is not to be sent any more, and return whether it waited still."""
	return _end(database, name, "Ended", reason)


def _end(database: Database, name: str, state: ScheduledState, reason: Phrase) -> bool:
	return wait(database, name, {"state": state, "reason": reason})


def confirm(database: Database, name: str, now_us: int) -> bool:
	"""Note that the customer has said yes; return whether it was not before."""
	return database.update(MESSAGE, name, {"confirmed_us": now_us}, {"confirmed_us": 0})


def ask_again(
	database: Database, row: ScheduledMessageRow, entry: int, about_us: int, now_us: int, source_key: str
) -> None:
	"""Note that an entry, written just now, asks what this row's did, about another time."""
	same = ("automation", "thread", "reference_doctype", "reference_name", "expects")
	values = {
		**{name: row[name] for name in same},  # type: ignore[literal-required]
		"state": "Sent",
		"occurrence": source_key,
		"due_us": now_us,
		"planned_us": now_us,
		"valid_until_us": about_us,
		"entry": entry,
		"about_us": about_us,
		"creation_us": now_us,
		"source_key": source_key,
	}
	add(database, values)
