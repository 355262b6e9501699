"""The inbox: the threads as staff see them listed, a line each."""

from collections.abc import Collection
from typing import TypedDict

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import SEARCH_CHARACTERS
from customer_thread.domain.model import Address, PartyType
from customer_thread.domain.search import Wanted, excerpt
from customer_thread.domain.thread.list_cursor import cursor, place_of
from customer_thread.domain.thread.said_words import SaidWords, said_words
from customer_thread.domain.times import iso
from customer_thread.service.params import PAGE, check_page_size
from customer_thread.service.ports import Ports
from customer_thread.store import inbox
from customer_thread.store.inbox_rows import InboxRow, ListedThreadRow
from customer_thread.store.said import SaidText, texts, where_said

FILTERS = ("all", "unread", "waiting", "snoozed", "unmatched", "blocked", "failed")
#: characters of what was found, before and behind the words
_AROUND, _AFTER = 30, 80


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
	#: the name that its sender gives, if unmatched; nobody knows whether it is true
	address_name: str | None
	#: since when nobody is told of what comes from there, ISO 8601 in UTC; None: it is not blocked
	blocked_since: str | None
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
	#: whose turn it is, a user
	assigned_to: str | None
	#: until when it need not be looked at, ISO 8601 in UTC
	snoozed_until: str | None


class FoundView(TypedDict):
	"""Where the words that were searched for were said."""

	#: the entry; of a note the last before it, None if there is none
	entry: int | None
	note: bool
	#: what is around the first of them
	before: str
	hit: str
	after: str


class InboxView(TypedDict):
	"""A page of the inbox, the latest first."""

	threads: list[InboxLine]
	#: the cursor to go on from, None at the end
	before: str | None


class InboxEntry(InboxLine):
	"""A thread in the inbox of the Desk, with what its last entry is."""

	#: message, event or call; None: nothing is in it
	kind: str | None
	#: customer, contractor or automated
	author: str | None
	#: sms, email, portal or phone
	channel: str | None
	#: its last entry's id; 0: it has none
	last: int
	#: None: nothing was searched for, or it was found by something else
	found: FoundView | None


class TabsView(TypedDict):
	"""A page of the inbox with how many threads are in each tab."""

	threads: list[InboxEntry]
	#: the cursor to go on from, None at the end
	before: str | None
	counts: dict[str, int]


def read_tabs(ports: Ports, *, tab: str, q: str, assigned: str, before: str, limit: int = PAGE) -> TabsView:
	"""Return a page of a tab, and how many threads are in each, of those assigned so. Raise BadInput."""
	words = said_words(q[:SEARCH_CHARACTERS])
	# once: in a site it is put together of everything that restricts whoever asks
	visible = ports.visible()
	said = {where.thread: where for where in where_said(ports.database, words, visible)}
	rows, cursor = _page(ports, tab, q, before, limit, visible, assigned, said)
	found = texts(ports.database, [said[row["name"]] for row in rows if row["name"] in said])
	now_us = ports.clock.now_us()
	return {
		"threads": [_entry(row, _found(found.get(row["name"]), words)) for row in rows],
		"before": cursor,
		"counts": inbox.counts(ports.database, visible=visible, assigned=assigned, now_us=now_us),
	}


def read_inbox(
	ports: Ports, *, which: str = "all", q: str = "", before: str = "", limit: int = PAGE
) -> InboxView:
	"""Return a page of the inbox. Raise BadInput."""
	rows, cursor = _page(ports, which, q, before, limit, ports.visible())
	return {"threads": [inbox_line(row) for row in rows], "before": cursor}


def _page(
	ports: Ports,
	which: str,
	q: str,
	before: str,
	limit: int,
	visible: str,
	assigned: str = "",
	said: Collection[str] = (),
) -> tuple[list[InboxRow], str | None]:
	if which not in FILTERS:
		raise BadInput("filter must be one of {0}.", ", ".join(FILTERS))
	check_page_size(limit)
	place = place_of(before) if before else None
	rows = inbox.listing(
		ports.database,
		which=which,
		words=q[:SEARCH_CHARACTERS],
		said=said,
		before=place,
		limit=limit + 1,
		visible=visible,
		assigned=assigned,
		now_us=ports.clock.now_us(),
	)
	kept = rows[:limit]
	return kept, cursor(kept[-1]["last_us"], kept[-1]["name"]) if len(rows) > limit else None


def _found(said: SaidText | None, words: SaidWords) -> FoundView | None:
	if said is None:
		return None
	shown = excerpt(said.text, [Wanted(((part,),)) for part in words.parts], _AROUND, _AFTER)
	return {
		"entry": said.entry,
		"note": said.is_note,
		"before": shown.before,
		"hit": shown.hit,
		"after": shown.after,
	}


def _entry(thread: InboxRow, found: FoundView | None) -> InboxEntry:
	kind, author, channel = thread["kind"], thread["author"], thread["channel"]
	return {
		**inbox_line(thread),
		"kind": kind.lower() if kind else None,
		"author": author.lower() if author else None,
		"channel": channel.lower() if channel else None,
		"last": thread["last_entry"],
		"found": found,
	}


def inbox_line(thread: ListedThreadRow) -> InboxLine:
	"""Return a thread as the inbox shows it."""
	return {
		"thread": thread["name"],
		"customer": thread["party"],
		"party_type": thread["party_type"],
		"title": thread["title"],
		"code": thread["code"],
		"address": Address.of_key(thread["unmatched_address"]).value if thread["unmatched_address"] else None,
		"address_name": thread["unmatched_name"] or None,
		"blocked_since": iso(thread["blocked_us"]) if thread["blocked_us"] else None,
		"last_preview": thread["last_preview"],
		"last_at": iso(thread["last_us"]),
		"last_words": thread["last_words"],
		"last_words_by": thread["last_words_by"].lower() if thread["last_words_by"] else None,
		"waiting_since": iso(thread["waiting_us"]) if thread["waiting_us"] else None,
		"unread": thread["contractor_unread"],
		"assigned_to": thread["assigned_to"] or None,
		"snoozed_until": iso(thread["snoozed_us"]) if thread["snoozed_us"] else None,
	}
