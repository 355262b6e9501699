"""The inbox: the threads as staff see them listed, a line each."""

import re
from typing import TypedDict

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import SEARCH_CHARACTERS
from customer_thread.domain.model import Address, PartyType
from customer_thread.domain.times import iso
from customer_thread.service.params import PAGE, check_page_size
from customer_thread.service.ports import Ports
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow

FILTERS = ("all", "unread", "waiting", "failed", "unmatched")
_CURSOR = re.compile(r"(\d{1,19})\.([0-9A-Za-z_-]{1,140})")


class InboxLine(TypedDict):
	"""A thread in the inbox, a key a column."""

	#: the thread's id
	thread: str
	#: the customer's or lead's id, None if unmatched
	customer: str | None
	party_type: PartyType | None
	#: their name; of an unmatched thread the number or address
	title: str
	#: the thread number
	code: str
	#: what waits, if unmatched
	address: str | None
	last_preview: str
	#: ISO 8601 in UTC
	last_at: str
	#: what a person said last; empty if nobody has said anything
	last_words: str
	#: customer or contractor
	last_words_by: str | None
	#: since when the customer waits for an answer, ISO 8601 in UTC; None: nobody waits
	waiting_since: str | None
	#: how many of the customer's messages no staff have read
	unread: int


class InboxView(TypedDict):
	"""A page of the inbox, the latest first."""

	threads: list[InboxLine]
	#: the cursor to go on from, None at the end
	before: str | None


def read_inbox(
	ports: Ports, *, which: str = "all", q: str = "", before: str = "", limit: int = PAGE
) -> InboxView:
	"""Return a page of the inbox. Raise BadInput."""
	if which not in FILTERS:
		raise BadInput("filter must be one of {0}.", ", ".join(FILTERS))
	check_page_size(limit)
	place = None
	if before:
		match = _CURSOR.fullmatch(before)
		if match is None or int(match[1]) >= 2**63:
			raise BadInput("This cursor is not one of ours. Use the one from the page before.")
		place = (int(match[1]), match[2])
	rows = threads.listing(
		ports.database,
		which=which,
		words=q[:SEARCH_CHARACTERS],
		before=place,
		limit=limit + 1,
		visible=ports.visible(),
	)
	more = len(rows) > limit
	kept = rows[:limit]
	return {
		"threads": [inbox_line(row) for row in kept],
		"before": f"{kept[-1]['last_us']}.{kept[-1]['name']}" if more else None,
	}


def inbox_line(thread: ThreadRow) -> InboxLine:
	"""Return a thread as the inbox shows it."""
	return {
		"thread": thread["name"],
		"customer": thread["party"],
		"party_type": thread["party_type"],
		"title": thread["title"],
		"code": thread["code"],
		"address": Address.of_key(thread["unmatched_address"]).value if thread["unmatched_address"] else None,
		"last_preview": thread["last_preview"],
		"last_at": iso(thread["last_us"]),
		"last_words": thread["last_words"],
		"last_words_by": thread["last_words_by"].lower() if thread["last_words_by"] else None,
		"waiting_since": iso(thread["waiting_us"]) if thread["waiting_us"] else None,
		"unread": thread["contractor_unread"],
	}
