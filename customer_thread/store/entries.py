"""Thread Entries, in the order (occurred_us, name)."""

from collections.abc import Iterator, Sequence

from customer_thread.domain.model import Attachment, KeptAttachment
from customer_thread.domain.search import Wanted
from customer_thread.domain.thread import unread, waiting
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.thread.keys import message_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.thread.pictures import PICTURES
from customer_thread.domain.times import stored
from customer_thread.store import held_words, word_blocks
from customer_thread.store.database import Database, move_rows, one_of
from customer_thread.store.rows import (
	AnswerRow,
	EntryRow,
	EntryTextRow,
	MailRow,
	OriginalRow,
	PageRow,
	PlaceRow,
	SaidRow,
	SenderRow,
	ShownEntryRow,
	ShownEventRow,
	columns,
	first,
	held,
	typed,
)

ENTRY = "Thread Entry"

#: Every column a page needs and no other: `sent_by`, `source_key` and the whole mail stay behind.
_PAGE = (
	f"SELECT {columns(ShownEntryRow, 'e')}, {columns(ShownEventRow, 'v')} "
	"FROM `tabThread Entry` e LEFT JOIN `tabThread Event` v ON v.name = e.event WHERE e.thread = %(thread)s"
)


def older(database: Database, thread: str, limit: int, before: Cursor | None = None) -> list[PageRow]:
	"""Return the newest entries before the cursor, newest first."""
	sql, params = _before(_PAGE, before)
	params |= {"thread": thread, "limit": limit}
	rows = database.select(f"{sql} ORDER BY e.occurred_us DESC, e.name DESC LIMIT %(limit)s", params)
	return typed(PageRow, rows)


def _before(sql: str, before: Cursor | None) -> tuple[str, dict[str, object]]:
	if before is None:
		return sql, {}
	return (
		f"{sql} AND e.occurred_us <= %(us)s AND (e.occurred_us < %(us)s OR e.name < %(entry)s)",
		{"us": before.occurred_us, "entry": before.entry},
	)


def place_of(database: Database, thread: str, number: int, before: Cursor | None = None) -> int | None:
	"""Return when the entry occurred that is so many before the cursor, or None if there are fewer."""
	sql, params = _before("SELECT e.occurred_us FROM `tabThread Entry` e WHERE e.thread = %(thread)s", before)
	params |= {"thread": thread, "number": number - 1}
	rows = database.select(
		f"{sql} ORDER BY e.occurred_us DESC, e.name DESC LIMIT 1 OFFSET %(number)s", params
	)
	return int(rows[0]["occurred_us"]) if rows else None


def holding(
	database: Database,
	thread: str,
	limit: int,
	before: Cursor | None,
	since_us: int | None,
	terms: Sequence[Wanted],
) -> list[PageRow]:
	"""Return the newest entries between the two that hold all terms, newest first; every one of `since_us` too."""
	sql, params = _before(_PAGE, before)
	params |= {"thread": thread, "limit": limit}
	if since_us is not None:
		sql += " AND e.occurred_us >= %(since)s"
		params["since"] = since_us
	for term in terms:
		conditions = " OR ".join(_having(term, params))
		sql += f" AND ({conditions})"
	rows = database.select(f"{sql} ORDER BY e.occurred_us DESC, e.name DESC LIMIT %(limit)s", params)
	return typed(PageRow, rows)


def _having(term: Wanted, params: dict[str, object]) -> Iterator[str]:
	"""Yield the conditions of which one must hold, and add their values to `params`."""
	if term.is_picture:
		listed = one_of("picture", sorted(PICTURES), params)
		yield (
			"(e.attachments > 0 AND EXISTS (SELECT 1 FROM `tabThread Attachment` a WHERE a.entry = e.name "
			f"AND a.content_type IN ({listed})))"
		)
	for number, days in enumerate(term.days, len(params)):
		keys = one_of(f"day{number}_", days, params).split(", ")
		yield f"(e.occurred_us >= {keys[0]} AND e.occurred_us < {keys[1]})"
	for number, words in enumerate(term.words, len(params)):
		keys = one_of(f"word{number}_", words, params).split(", ")
		# not LIKE: a pattern of one letter over a text of the same letter takes it their lengths multiplied
		conditions = " AND ".join(f"REPLACE(e.search_text, {key}, '') <> e.search_text" for key in keys)
		yield f"({conditions})"


def newer(database: Database, thread: str, limit: int, after: Cursor) -> list[PageRow]:
	"""Return the oldest entries after the cursor, oldest first."""
	rows = database.select(
		f"{_PAGE} AND e.occurred_us >= %(us)s AND (e.occurred_us > %(us)s OR e.name > %(entry)s) "
		"ORDER BY e.occurred_us, e.name LIMIT %(limit)s",
		{"thread": thread, "limit": limit, "us": after.occurred_us, "entry": after.entry},
	)
	return typed(PageRow, rows)


def known_since(database: Database, thread: str, entry: int, upto: int, limit: int) -> list[PageRow]:
	"""Return the entries that became known after this one, up to another, in that order.

	None of them is missing if `upto` was read before `Database.look_again`.
	"""
	rows = database.select(
		f"{_PAGE} AND e.name > %(entry)s AND e.name <= %(upto)s ORDER BY e.name LIMIT %(limit)s",
		{"thread": thread, "entry": entry, "upto": upto, "limit": limit},
	)
	return typed(PageRow, rows)


def get(database: Database, thread: str, entry: int) -> PageRow | None:
	"""Return one entry of this thread as a page shows it, or None if it is not there."""
	rows = database.select(f"{_PAGE} AND e.name = %(entry)s", {"thread": thread, "entry": entry})
	return first(PageRow, rows)


def lock(database: Database, entry: int) -> EntryRow | None:
	"""Return an entry's newest state and hold it."""
	return held(EntryRow, database.lock(ENTRY, {"name": entry}))


def erase(database: Database, entry: int, left: str, now_us: int) -> None:
	"""Take an entry's words away for good; `left` stands in their place."""
	instead = {"text": left, "quoted": 0, "attachments": 0, "erased_us": now_us}
	words = {**held_words.without(ENTRY), **instead, "search_text": held_words.search_text(instead)}
	database.update(ENTRY, entry, words)
	word_blocks.forget(database, entry)


def change_source(database: Database, entry: int, source_key: str) -> None:
	"""Let an entry come from a thing of another name."""
	database.update(ENTRY, entry, {"source_key": source_key})


def original(database: Database, thread: str, entry: int) -> OriginalRow | None:
	"""Return a mail's new words and its whole text; None if the entry is not there."""
	rows = database.select(
		"SELECT text, original FROM `tabThread Entry` WHERE thread = %(thread)s AND name = %(entry)s",
		{"thread": thread, "entry": entry},
	)
	return first(OriginalRow, rows)


def texts_sent(database: Database, thread: str, *, to_customer: bool, limit: int) -> list[str]:
	"""Return the words lately sent to the customer, or by them, the latest first."""
	sql = "author <> 'Customer'" if to_customer else "author = 'Customer'"
	rows = database.select(
		f"SELECT text FROM `tabThread Entry` WHERE thread = %(thread)s AND kind = 'Message' AND {sql} "
		"ORDER BY occurred_us DESC, name DESC LIMIT %(limit)s",
		{"thread": thread, "limit": limit},
	)
	return [row["text"] or "" for row in rows]


def by_source(database: Database, source_key: str) -> EntryRow | None:
	"""Return the entry with this source key, also one that another transaction has just committed.

	To be asked after a Duplicate only: holding a key that is not there holds up other writers on MariaDB.
	"""
	return held(EntryRow, database.lock(ENTRY, {"source_key": source_key}))


def thread_of_source(database: Database, source_key: str) -> str:
	"""Return the thread of the entry with this source key, or an empty string if there is none."""
	rows = database.select(
		"SELECT thread FROM `tabThread Entry` WHERE source_key = %(source_key)s", {"source_key": source_key}
	)
	return str(rows[0]["thread"]) if rows else ""


def threads_of_mail(database: Database, message_id: str) -> list[str]:
	"""Return the threads in which a mail with this Message-ID stands, the first first."""
	# two questions, so that each is read off its index; a mail of before the second was there has the first alone
	sql = (
		"SELECT e.name, e.thread FROM `tabThread Entry` e JOIN `tabCustomer Thread` t "
		"ON t.name = e.thread AND t.erased_us = 0"
	)
	rows = database.select(
		f"{sql} WHERE e.source_key = %(key)s UNION {sql} WHERE e.message_key = %(key)s",
		{"key": message_key(message_id)},
	)
	return list(dict.fromkeys(str(row["thread"]) for row in sorted(rows, key=lambda row: int(row["name"]))))


def insert(database: Database, thread: str, label: str, entry: NewEntry) -> int:
	"""Write an entry and return its id; `label`: by what name its author is shown.

	Its attachments are counted, and written by `attachments`. Raise Duplicate if its source key is there already.
	"""
	files = (item.name for item in entry.attachments if isinstance(item, Attachment | KeptAttachment))
	said = {"subject": entry.subject or None, "text": entry.text, "original": entry.original or None}
	values = {
		**said,
		"thread": thread,
		"kind": entry.kind,
		"author": entry.author,
		"label": label,
		"channel": entry.channel,
		"quoted": int(entry.quoted),
		"search_text": held_words.search_text(said, (*files, *entry.found_by)),
		"occurred_us": entry.occurred_us,
		"occurred_at": stored(entry.occurred_us),
		"source_key": entry.source_key,
		"message_id": entry.message_id or None,
		"message_key": message_key(entry.message_id) if entry.message_id else None,
		"client_id": entry.client_id or None,
		"event": entry.event,
		"call_seconds": entry.call_seconds,
		"sent_by": entry.sent_by,
		"sender": entry.sender or None,
		"attachments": len(entry.attachments),
		"from_history": int(entry.from_history),
	}
	return int(database.insert(ENTRY, values))


def words_of(database: Database, entry: int) -> EntryTextRow | None:
	"""Return what a delivery of this entry needs: its words, author and mail headers."""
	rows = database.select(
		f"SELECT {columns(EntryTextRow)} FROM `tabThread Entry` WHERE name = %(entry)s", {"entry": entry}
	)
	return first(EntryTextRow, rows)


def mail_chain(database: Database, thread: str, limit: int = 10) -> list[MailRow]:
	"""Return the heads of the latest mails of a thread, newest first."""
	rows = database.select(
		"SELECT message_id, subject FROM `tabThread Entry` WHERE thread = %(thread)s AND channel = 'Email' "
		"AND message_id IS NOT NULL ORDER BY occurred_us DESC, name DESC LIMIT %(limit)s",
		{"thread": thread, "limit": limit},
	)
	return typed(MailRow, rows)


def replies_since(database: Database, thread: str, since_us: int, most: int) -> int:
	"""Return how many replies a customer wrote on the page since then, at most `most`."""
	rows = database.select(
		"SELECT COUNT(*) AS n FROM (SELECT name FROM `tabThread Entry` WHERE thread = %(thread)s "
		"AND occurred_us > %(since)s AND author = 'Customer' AND channel = 'Portal' LIMIT %(most)s) counted",
		{"thread": thread, "since": since_us, "most": most},
	)
	return int(rows[0]["n"])


def last_of_customer(database: Database, thread: str, since_us: int) -> int:
	"""Return when a thread's customer last said something after then, µs; 0 if they said nothing."""
	rows = database.select(
		"SELECT MAX(occurred_us) AS us FROM `tabThread Entry` WHERE thread = %(thread)s "
		"AND occurred_us > %(since)s AND author = 'Customer' AND kind = 'Message'",
		{"thread": thread, "since": since_us},
	)
	return int(rows[0]["us"] or 0)


def unread_by_customer_between(database: Database, thread: str, after: int, upto: int) -> int:
	"""Return how many of the contractor's messages and cards became known after one entry, up to another."""
	rows = database.select(
		"SELECT COUNT(*) AS n FROM `tabThread Entry` WHERE thread = %(thread)s AND name > %(after)s "
		f"AND name <= %(upto)s AND {unread.FOR_CUSTOMER_SQL}",
		{"thread": thread, "after": after, "upto": upto},
	)
	return int(rows[0]["n"])


def messages_unread_by_customer(database: Database, thread: str, after: int) -> int:
	"""Return how many of the contractor's messages, without cards, became known after this entry."""
	rows = database.select(
		"SELECT COUNT(*) AS n FROM `tabThread Entry` WHERE thread = %(thread)s AND name > %(after)s "
		f"AND kind = 'Message' AND {unread.FOR_CUSTOMER_SQL}",
		{"thread": thread, "after": after},
	)
	return int(rows[0]["n"])


def unread_by_staff_between(database: Database, thread: str, after: int, upto: int) -> int:
	"""Return how many of the customer's messages became known after one entry, up to another."""
	rows = database.select(
		"SELECT COUNT(*) AS n FROM `tabThread Entry` WHERE thread = %(thread)s AND name > %(after)s "
		f"AND name <= %(upto)s AND {unread.FOR_STAFF_SQL}",
		{"thread": thread, "after": after, "upto": upto},
	)
	return int(rows[0]["n"])


def first_unread(database: Database, thread: str, entry: int) -> PlaceRow | None:
	"""Return the earliest of those after this entry, by its place in the thread."""
	rows = database.select(
		"SELECT name, occurred_us FROM `tabThread Entry` WHERE thread = %(thread)s AND name > %(entry)s "
		f"AND {unread.FOR_CUSTOMER_SQL} ORDER BY occurred_us, name LIMIT 1",
		{"thread": thread, "entry": entry},
	)
	return first(PlaceRow, rows)


def senders(database: Database, thread: str, entries: Sequence[int]) -> list[SenderRow]:
	"""Return from which numbers and addresses, or by whom of us, these entries of a thread are, as far as is known."""
	params: dict[str, object] = {"thread": thread}
	listed = one_of("entry", entries, params)
	if not listed:
		return []
	rows = database.select(
		f"SELECT {columns(SenderRow)} FROM `tabThread Entry` WHERE thread = %(thread)s AND name IN ({listed}) "
		"AND (sender IS NOT NULL OR sent_by IS NOT NULL) ORDER BY name",
		params,
	)
	return typed(SenderRow, rows)


def last_said(database: Database, thread: str) -> SaidRow | None:
	"""Return what a person said last."""
	rows = database.select(
		"SELECT name, occurred_us, author, subject, text FROM `tabThread Entry` WHERE thread = %(thread)s "
		f"AND {waiting.SAID_SQL} ORDER BY occurred_us DESC, name DESC LIMIT 1",
		{"thread": thread},
	)
	return first(SaidRow, rows)


def last_answer(database: Database, thread: str) -> PlaceRow | None:
	"""Return the last answer to the customer."""
	rows = database.select(
		"SELECT name, occurred_us FROM `tabThread Entry` WHERE thread = %(thread)s "
		f"AND {waiting.ANSWERS_SQL} ORDER BY occurred_us DESC, name DESC LIMIT 1",
		{"thread": thread},
	)
	return first(PlaceRow, rows)


def answer_of_another(database: Database, thread: str, upto: int, user: str) -> AnswerRow | None:
	"""Return the last message to the customer after an entry that another than this user wrote."""
	rows = database.select(
		"SELECT name, occurred_us, sent_by FROM `tabThread Entry` WHERE thread = %(thread)s AND name > %(upto)s "
		"AND kind = 'Message' AND author = 'Contractor' AND from_history = 0 "
		"AND (sent_by IS NULL OR sent_by <> %(user)s) ORDER BY name DESC LIMIT 1",
		{"thread": thread, "upto": upto, "user": user},
	)
	return first(AnswerRow, rows)


def first_asked(database: Database, thread: str, after: Cursor, done_upto: int = 0) -> PlaceRow | None:
	"""Return the first message after a place to which the customer waits for an answer, and known after an entry."""
	rows = database.select(
		"SELECT name, occurred_us FROM `tabThread Entry` WHERE thread = %(thread)s AND occurred_us >= %(us)s "
		f"AND (occurred_us > %(us)s OR name > %(entry)s) AND name > %(done)s AND {waiting.ASKS_SQL} "
		"ORDER BY occurred_us, name LIMIT 1",
		{"thread": thread, "us": after.occurred_us, "entry": after.entry, "done": done_upto},
	)
	return first(PlaceRow, rows)


def asked_after(database: Database, thread: str, after: Cursor) -> list[int]:
	"""Return the messages after a place to which the customer waits for an answer, whatever was called done."""
	rows = database.select(
		"SELECT name FROM `tabThread Entry` WHERE thread = %(thread)s AND occurred_us >= %(us)s "
		f"AND (occurred_us > %(us)s OR name > %(entry)s) AND {waiting.ASKS_SQL}",
		{"thread": thread, "us": after.occurred_us, "entry": after.entry},
	)
	return [int(row["name"]) for row in rows]


def move(database: Database, source: str, goal: str) -> list[EntryRow]:
	"""Let a thread's entries be another thread's, and return them as they were."""
	moved = (held(EntryRow, row) for row in move_rows(database, ENTRY, source, goal))
	return [row for row in moved if row]
