"""What was said last in a thread, and since when its customer waits: kept with it, so that a list need not look."""

from customer_thread.domain.thread import waiting
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.too_long import NOBODY, look_us
from customer_thread.domain.words import preview
from customer_thread.store import entries, threads
from customer_thread.store.database import Database
from customer_thread.store.rows import ThreadRow


def changed_by(database: Database, thread: ThreadRow, entry: NewEntry, name: int) -> dict[str, object]:
	"""Return what an entry that was just written, the highest id of all, changes in its thread, which is held."""
	us, changes = entry.occurred_us, dict[str, object]()
	if waiting.is_said(entry.kind, entry.author) and us >= thread["last_words_us"]:
		changes |= _said(entry.text or entry.subject, entry.author, us)
	since = thread["waiting_us"]
	if waiting.asks(entry.kind, entry.author, from_history=entry.from_history):
		changes |= {"snoozed_us": 0, "snoozed_before": 0}
		if us >= thread["answered_us"] and not 0 < since <= us:
			changes |= _waits(us) if not since else {"waiting_us": us}
	elif waiting.answers(entry.kind, entry.author, entry.call_seconds):
		changes["answered_us"] = max(us, thread["answered_us"])
		if 0 < since <= us:
			changes |= _waits(_asked_after(database, thread, Cursor(us, name)))
	return changes


def reckon(database: Database, name: str) -> None:
	"""Note it anew from all that is in the thread: after entries came with another thread, or lost their words."""
	thread = threads.require(database, name)
	said = entries.last_said(database, name)
	after = last_answered(database, name)
	waiting_us = _asked_after(database, thread, after)
	# who was alerted of this very wait is not alerted again
	waits = {"waiting_us": waiting_us} if waiting_us == thread["waiting_us"] else _waits(waiting_us)
	found = {**waits, "answered_us": after.occurred_us}
	words = _said(said["text"] or said["subject"], said["author"], said["occurred_us"]) if said else {}
	threads.set_waiting(database, name, {**threads.NOTHING_SAID, **found, **words})


def last_answered(database: Database, name: str) -> Cursor:
	"""Return the place of the last answer in a thread; its beginning, if there is none."""
	answer = entries.last_answer(database, name)
	return Cursor(answer["occurred_us"], answer["name"]) if answer else Cursor(0, 0)


def reckon_all(database: Database) -> int:
	"""Note it anew in every thread and return how many there are."""
	names = threads.with_entries(database)
	for name in names:
		reckon(database, name)
	return len(names)


def _said(text: str, author: str, us: int) -> dict[str, object]:
	return {"last_words": preview(text), "last_words_by": author, "last_words_us": us}


def _waits(since_us: int) -> dict[str, object]:
	return {"waiting_us": since_us, "alert_us": look_us(since_us), "alerted": NOBODY}


def _asked_after(database: Database, thread: ThreadRow, after: Cursor) -> int:
	asked = entries.first_asked(database, thread["name"], after, thread["done_upto"])
	return asked["occurred_us"] if asked else 0
