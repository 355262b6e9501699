"""The threads as staff look at them: by tabs, with how many are in each, and by what is searched."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from customer_thread.domain.limits import INBOX_FOUND
from customer_thread.store.database import Database, containing, one_of
from customer_thread.store.inbox_rows import InboxRow
from customer_thread.store.rows import columns, typed

_THERE = "(merged_into IS NULL OR merged_into = '') AND erased_us = 0"
#: of each tab, what a thread in it is like
_TABS = {
	"all": "blocked_us = 0",
	"unread": "contractor_unread > 0 AND snoozed_us <= %(now)s AND blocked_us = 0",
	"waiting": "waiting_us > 0 AND snoozed_us <= %(now)s AND blocked_us = 0",
	"snoozed": "snoozed_us > %(now)s AND blocked_us = 0",
	"unmatched": "(party IS NULL OR party = '') AND blocked_us = 0",
	"blocked": "blocked_us > 0",
	# off the index of what nobody has dealt with yet, however much has failed before
	"failed": "name IN (SELECT d.thread FROM `tabThread Delivery` d WHERE d.failed_us > 0)",
}
#: with what the last entry of each is
_SELECT = f"""SELECT {columns(InboxRow)} FROM `tabCustomer Thread` LEFT JOIN
	(SELECT name AS last_id, kind, author, channel FROM `tabThread Entry`)
	AS last_one ON last_id = last_entry"""
#: of an assigned thread; with a user besides, that one's
NOBODY = "nobody"
#: digits of a number that is looked for, fewer would find half of them
_DIGITS = 3
#: no other sign is sorted behind it
_LAST_SIGN = "\U0010ffff"
_NAMED = ("title", "last_preview", "last_words", "unmatched_name", "code", "unmatched_address")


def listing(
	database: Database,
	*,
	which: str,
	words: str,
	said: Collection[str] = (),
	before: tuple[int, str] | None,
	limit: int,
	visible: str = "",
	assigned: str = "",
	now_us: int = 2**62,
) -> list[InboxRow]:
	"""Return threads, the latest first; `which`: a tab's name.

	`words`: a part of a name, number, address or the latest words, or a document. `said`: threads that are found besides.
	`visible`: the condition for those that whoever asks may see. `assigned`: a user's alone, or “nobody”'s.
	`now_us`: by which it is told what is snoozed.
	"""
	conditions = [_THERE, _TABS[which], *([visible] if visible else [])]
	params: dict[str, Any] = {"limit": limit, "now": now_us}
	conditions += assigned_to(assigned, params)
	if words:
		conditions.append(_found(database, words, said, params))
	if before:
		conditions.append("(last_us < %(us)s OR (last_us = %(us)s AND name < %(name)s))")
		params["us"], params["name"] = before
	# a search mostly finds few: to go by an index takes twice as long then as to look at all of the table once
	column = "last_us + 0" if words else "last_us"
	rows = database.select(
		f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY {column} DESC, name DESC LIMIT %(limit)s",
		params,
	)
	return typed(InboxRow, rows)


def counts(database: Database, *, visible: str, assigned: str, now_us: int) -> dict[str, int]:
	"""Return how many threads are in each tab, by what is kept with each thread."""
	params: dict[str, Any] = {"now": now_us}
	conditions = [_THERE, *([visible] if visible else []), *assigned_to(assigned, params)]
	listed = ", ".join(
		f"COUNT(CASE WHEN {column} THEN 1 END) AS `{name}`"
		for name, column in _TABS.items()
		if name != "failed"
	)
	# by itself: it is asked of few threads, not of each
	sql = "SELECT COUNT(*) FROM `tabCustomer Thread` WHERE " + " AND ".join([*conditions, _TABS["failed"]])
	[row] = database.select(
		f"SELECT {listed}, ({sql}) AS failed FROM `tabCustomer Thread` WHERE {' AND '.join(conditions)}",
		params,
	)
	return {tab: int(row[tab]) for tab in _TABS}


def assigned_to(assigned: str, params: dict[str, Any]) -> list[str]:
	"""Return the conditions for threads by whom they are worked on, a user or “nobody”; empty: whoever."""
	if not assigned:
		return []
	if assigned == NOBODY:
		return ["(assigned_to IS NULL OR assigned_to = '')"]
	params["assigned"] = assigned
	return ["assigned_to = %(assigned)s"]


def _found(database: Database, words: str, said: Collection[str], params: dict[str, Any]) -> str:
	"""Return the condition for those by whose name, number, address, document or latest words it is looked for."""
	params["words"] = containing(" ".join(words.lower().split()))
	# LIKE knows no capital letters, on either host
	conditions = [f"{column} LIKE %(words)s ESCAPE '!'" for column in _NAMED]
	digits = re.sub(r"\D", "", words)
	if len(digits) >= _DIGITS and not re.search(r"[^\W\d]", words):
		params["digits"] = containing(digits)
		conditions.append("unmatched_address LIKE %(digits)s ESCAPE '!'")
	# looked for before: in here it would be for each thread
	found = [*said, *_of_document(database, words), *_of_address(database, params)]
	listed = one_of("said", dict.fromkeys(found), params)
	if listed:
		conditions.append(f"name IN ({listed})")
	return f"({' OR '.join(conditions)})"


def _of_address(database: Database, params: Mapping[str, Any]) -> list[str]:
	"""Return the threads with a phone number or address on file in which `words` or `digits` stand."""
	keys = " OR ".join(f"value LIKE %({name})s ESCAPE '!'" for name in ("words", "digits") if name in params)
	rows = database.select(
		f"SELECT DISTINCT thread FROM `tabThread Contact Point` WHERE {keys} LIMIT %(limit)s",
		{**params, "limit": INBOX_FOUND},
	)
	return [str(row["thread"]) for row in rows]


def _of_document(database: Database, words: str) -> list[str]:
	"""Return the threads with a card of a document of this number, or whose name begins so; off the indexes of these."""
	words = words.strip()
	if not words:
		return []
	# "00012" is #12
	number = words.lstrip("#0") if words.lstrip("#").isdigit() else words
	asked = [("number = %(from)s", {"from": number})]
	for name in dict.fromkeys((words, words.upper())):
		# not LIKE, for which SQLite takes no index
		until = name + _LAST_SIGN
		asked.append(
			("reference_name >= %(from)s AND reference_name < %(until)s", {"from": name, "until": until})
		)
	found = (
		database.select(
			f"SELECT DISTINCT thread FROM `tabThread Event` WHERE {conditions} LIMIT %(limit)s",
			{**params, "limit": INBOX_FOUND},
		)
		for conditions, params in asked
	)
	return [str(row["thread"]) for rows in found for row in rows]
