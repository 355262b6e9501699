"""Customer Threads."""

from collections.abc import Collection, Mapping
from typing import Any

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Address, Party
from customer_thread.store.database import Database, Duplicate, one_of
from customer_thread.store.rows import PlaceRow, ThreadRow, columns, first, held, typed

THREAD = "Customer Thread"
#: nobody has said anything here
NOTHING_SAID: Mapping[str, object] = {
	"last_words": None,
	"last_words_by": None,
	"last_words_us": 0,
	"waiting_us": 0,
	"answered_us": 0,
}
_ALL = f"SELECT {columns(ThreadRow)} FROM `tabCustomer Thread`"


def get(database: Database, thread: str) -> ThreadRow | None:
	"""Return a thread, or the one it was merged into."""
	return _follow(database, _first(database, "name", thread))


def require(database: Database, thread: str) -> ThreadRow:
	"""Return a thread as `get` does. Raise NotFound."""
	return _there(get(database, thread))


def require_of(database: Database, party: Party) -> ThreadRow:
	"""Return the party's thread. Raise NotFound."""
	return _there(of_party(database, party))


def _there(row: ThreadRow | None) -> ThreadRow:
	if row is None:
		raise NotFound("There is no such thread.")
	return row


def party_of(thread: ThreadRow) -> Party | None:
	"""Return whose thread it is, or None while nobody knows."""
	if thread["party_type"] and thread["party"]:
		return Party(thread["party_type"], thread["party"])
	return None


def require_party(thread: ThreadRow) -> Party:
	"""Return whose thread it is. Raise NotFound while nobody knows."""
	party = party_of(thread)
	if party is None:
		raise NotFound("There is no such thread.")
	return party


def is_visible(database: Database, thread: str, visible: str) -> bool:
	"""Return whether a thread fits the condition for those that whoever asks may see."""
	if not visible:
		return True
	conditions = ["name = %(thread)s", visible]
	seen = f"SELECT 1 AS seen FROM `tabCustomer Thread` WHERE {' AND '.join(conditions)}"
	return bool(database.select(seen, {"thread": thread}))


def of_party(database: Database, party: Party) -> ThreadRow | None:
	"""Return the party's thread."""
	rows = database.select(
		f"{_ALL} WHERE party_type = %(party_type)s AND party = %(party)s",
		{"party_type": party.party_type, "party": party.party},
	)
	return _follow(database, first(ThreadRow, rows))


def by_number(database: Database, code: str) -> ThreadRow | None:
	"""Return the thread with this number."""
	row = _follow(database, _first(database, "code", code))
	return None if row and row["erased_us"] else row


def numbered(database: Database, code: str) -> ThreadRow | None:
	"""Return the thread that bears this number itself, though it may have been merged into another since."""
	return _first(database, "code", code)


def by_reply_token(database: Database, token: str) -> ThreadRow | None:
	"""Return the thread whose customer answers to this token."""
	return _follow(database, _first(database, "reply_token", token))


def by_contractor_reply_token(database: Database, token: str) -> ThreadRow | None:
	"""Return the thread in which the contractor answers to this token."""
	return _follow(database, _first(database, "contractor_token", token))


def by_tokens(database: Database, tokens: Collection[str], *, contractors: bool) -> dict[str, ThreadRow]:
	"""Return the thread of each of these tokens, the customers' or the contractor's; others are left out."""
	params: dict[str, Any] = {}
	listed = one_of("token", tokens, params)
	if not listed:
		return {}
	column = "contractor_token" if contractors else "reply_token"
	rows = typed(ThreadRow, database.select(f"{_ALL} WHERE {column} IN ({listed})", params))
	given = {row["contractor_token"] if contractors else row["reply_token"]: row for row in rows}
	followed = {token: _follow(database, given[token]) for token in tokens if token in given}
	return {token: row for token, row in followed.items() if row}


def renew_tokens(database: Database, thread: str, tokens: tuple[str, str]) -> None:
	"""Give a thread, and what was merged into it, other secret addresses. Raise Duplicate if one is taken."""
	database.update(THREAD, thread, {"reply_token": tokens[0], "contractor_token": tokens[1]})


def merged_into(database: Database, thread: str) -> list[str]:
	"""Return the threads that were merged into this one."""
	rows = database.select(
		"SELECT name FROM `tabCustomer Thread` WHERE merged_into = %(thread)s", {"thread": thread}
	)
	return [str(row["name"]) for row in rows]


def note_reason(database: Database, thread: str, reason: str, name: str = "") -> None:
	"""Note why what came last waits in an unmatched thread, and the name that its sender gives, if any."""
	given = {"unmatched_name": name} if name else {}
	database.update(THREAD, thread, {"unmatched_reason": reason, **given})


def set_blocked(database: Database, thread: str, since_us: int, by: str | None) -> None:
	"""Note since when nobody is told of what comes in an unmatched thread, and who said so; 0: somebody is."""
	database.update(THREAD, thread, {"blocked_us": since_us, "blocked_by": by})


def tokens_among(database: Database, tokens: Collection[str]) -> set[str]:
	"""Return which of these are the token of a thread, its customer's or the contractor's."""
	params: dict[str, Any] = {}
	listed = one_of("token", tokens, params)
	if not listed:
		return set()
	# two questions, so that each is read off its index
	rows = database.select(
		f"SELECT reply_token AS token FROM `tabCustomer Thread` WHERE reply_token IN ({listed}) UNION ALL "
		f"SELECT contractor_token AS token FROM `tabCustomer Thread` WHERE contractor_token IN ({listed})",
		params,
	)
	return {str(row["token"]) for row in rows}


def _first(database: Database, column: str, value: str) -> ThreadRow | None:
	return first(ThreadRow, database.select(f"{_ALL} WHERE {column} = %(value)s", {"value": value}))


def _follow(database: Database, row: ThreadRow | None) -> ThreadRow | None:
	for _hop in range(10):
		if row is None or not row["merged_into"]:
			return row
		row = _first(database, "name", row["merged_into"])
	return row


def require_held(database: Database, thread: str) -> ThreadRow:
	"""Return and hold the newest state of a thread, or of the one it was merged into since. Raise NotFound."""
	row = lock(database, thread)
	if row and row["merged_into"]:
		row = lock(database, row["merged_into"])
	return _there(row)


def lock(database: Database, thread: str) -> ThreadRow | None:
	"""Return the thread's newest state and hold it, so that its entries get their ids in commit order."""
	return _held(database, {"name": thread})


def lock_unmatched(database: Database, address_key: str) -> ThreadRow | None:
	"""Return and hold the unmatched thread of an address."""
	row = _first(database, "unmatched_address", address_key)
	# looked for before it is held: holding what is not there holds up every other new number on MariaDB
	if row is None or row["unmatched_address"] != address_key:
		return None
	return _held(database, {"name": row["name"], "unmatched_address": address_key})


def _held(database: Database, where: Mapping[str, str]) -> ThreadRow | None:
	return held(ThreadRow, database.lock(THREAD, where))


def is_joined(database: Database, thread: str) -> bool:
	"""Return whether another thread was merged into this one."""
	return _first(database, "merged_into", thread) is not None


def insert(
	database: Database,
	owner: Party | Address,
	title: str,
	number: str,
	tokens: tuple[str, str],
	now_us: int,
	since_us: int = 0,
) -> ThreadRow | None:
	"""Open a thread of a party, or of an address that is nobody's yet, and return it.

	`tokens`: by which the customer and the contractor are known in it. `since_us`: nothing of before is taken in. None if a number or token is somebody's
	already; the thread another writer has just opened for the same owner, newest state and held, if there is one.
	"""
	values = {"code": number, "reply_token": tokens[0], "contractor_token": tokens[1]}
	times = {"last_us": now_us, "since_us": since_us}
	try:
		name = database.insert(THREAD, {**_owner(owner), "title": title, **values, **times})
	except Duplicate:
		return _held(database, _owner(owner))
	return _first(database, "name", str(name))


def _owner(owner: Party | Address) -> dict[str, str]:
	if isinstance(owner, Address):
		return {"unmatched_address": owner.key}
	return {"party_type": owner.party_type, "party": owner.party}


def changed(database: Database, thread: str) -> None:
	"""Give a thread its next revision: something in it is different."""
	row = lock(database, thread)
	if row:
		database.update(THREAD, thread, {"revision": row["revision"] + 1})


def mark_read_by_customer(database: Database, thread: str, upto: int, unread: int, now_us: int) -> None:
	"""Note up to which entry the customer has read, when, and how many they have not."""
	read = {"customer_read_upto": upto, "customer_read_us": now_us, "customer_unread": unread}
	database.update(THREAD, thread, read)


def mark_read_by_staff(database: Database, thread: str, upto: int, unread: int) -> None:
	"""Note up to which entry staff have read, and how many they have not."""
	database.update(THREAD, thread, {"contractor_read_upto": upto, "contractor_unread": unread})


def note_rung(database: Database, thread: str, upto: int) -> None:
	"""Note up to which entry the bell of the Desk has rung."""
	database.update(THREAD, thread, {"rung_upto": upto})


def retitle(database: Database, thread: str, title: str) -> None:
	"""Give a thread another title."""
	database.update(THREAD, thread, {"title": title})


def set_preview(database: Database, thread: str, preview: str) -> None:
	"""Let a thread's last words be these."""
	database.update(THREAD, thread, {"last_preview": preview})


def set_done(database: Database, thread: str, changes: Mapping[str, object]) -> None:
	"""Note that staff called it done, or until when it is snoozed, or whose turn it is."""
	database.update(THREAD, thread, changes)


def set_waiting(database: Database, thread: str, waiting: Mapping[str, object]) -> None:
	"""Note what was said last in a thread, and who waits."""
	database.update(THREAD, thread, waiting)


def with_entries(database: Database) -> list[str]:
	"""Return every thread in which something is."""
	rows = database.select("SELECT name FROM `tabCustomer Thread` WHERE last_entry > 0")
	return [str(row["name"]) for row in rows]


def hand_over(database: Database, thread: str, party: Party, title: str) -> None:
	"""Let a thread be another party's."""
	database.update(THREAD, thread, {**_owner(party), "title": title})


def remove(database: Database, thread: str) -> None:
	"""Remove a thread in which nothing is."""
	database.delete(THREAD, {"name": thread})


def _latest(thread: ThreadRow, us: int, preview: str | None) -> dict[str, object]:
	"""Return the changes by which a thread ends with what happened then, unless it has something later."""
	has_later = thread["last_entry"] and us < thread["last_us"]
	return {} if has_later else {"last_us": us, "last_preview": preview}


def advance(
	database: Database,
	thread: ThreadRow,
	entry: PlaceRow,
	preview: str,
	*,
	for_staff: bool,
	for_customer: bool,
	waiting: Mapping[str, object],
) -> None:
	"""Note a new entry of a thread that is held, the words it begins with, and for whom it is unread.

	`waiting`: what it changes about the last words and who waits.
	"""
	changes: dict[str, object] = {"last_entry": entry["name"], "revision": thread["revision"] + 1}
	changes |= {**_latest(thread, entry["occurred_us"], preview), **waiting}
	if for_staff:
		changes["contractor_unread"] = thread["contractor_unread"] + 1
	if for_customer:
		changes["customer_unread"] = thread["customer_unread"] + 1
	database.update(THREAD, thread["name"], changes)


def merge(
	database: Database, source: ThreadRow, goal: ThreadRow, unread: int, said: Mapping[str, object]
) -> None:
	"""Let one thread stand for both from now on, both held.

	`unread`: how many of the entries that came with it the customer has not read. `said`: what stays of what staff said of
	the two.
	"""
	gone = {
		"merged_into": goal["name"],
		"unmatched_address": None,
		"unmatched_reason": None,
		"unmatched_name": None,
		"blocked_us": 0,
		"blocked_by": None,
		"party_type": None,
		"party": None,
	}
	empty = {"contractor_unread": 0, "customer_unread": 0, "last_preview": None}
	database.update(THREAD, source["name"], {**gone, **empty, **NOTHING_SAID})
	changes: dict[str, object] = {
		"revision": goal["revision"] + 1,
		"contractor_unread": goal["contractor_unread"] + source["contractor_unread"],
		"customer_unread": goal["customer_unread"] + unread,
		"last_entry": max(goal["last_entry"], source["last_entry"]),
		**said,
	}
	if source["last_entry"]:
		changes |= _latest(goal, source["last_us"], source["last_preview"])
	database.update(THREAD, goal["name"], changes)
