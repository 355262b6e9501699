"""What the Messages page is rendered from."""

from collections.abc import Sequence
from dataclasses import replace

from customer_thread.domain.search import Excerpt, Wanted, excerpt
from customer_thread.domain.thread.pictures import is_picture
from customer_thread.domain.wording import Reader, card_line, how_many_new, short_date, time_of_day
from customer_thread.service.params import PAGE
from customer_thread.service.portal.frame import FrameView, frame
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import EntryView, forwarded, present
from customer_thread.service.reading.read_timeline import Query, asked_for, find, outbox_of
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.reading.render_entry import EntryPageView, entry_page_views, grouped
from customer_thread.store import entries
from customer_thread.store.rows import ThreadRow

ROUTE = "/messages"


class MessagesView(FrameView):
	"""The thread's part of the page."""

	#: the oldest first
	entries: list[EntryPageView]
	#: cursors of the pages before and after
	before: str | None
	newer: str | None
	#: the highest entry id
	last: int | None
	revision: int
	outbox: str
	unread: int
	#: how many of these are cards
	unread_cards: int
	#: “3 new messages”
	unread_in_words: str
	#: the entry over which the page draws its "New" line
	first_unread: int | None
	#: what was searched for
	q: str
	#: of each entry that it found, why
	excerpts: dict[int, Excerpt]
	#: of the reader's calendar, "2026-05-15"
	today: str
	#: IANA name
	timezone: str
	#: when it was so, in the reader's words
	as_of: str


def read_page(ports: Ports, thread: ThreadRow, query: Query) -> MessagesView:
	"""Return the newest entries, or those around the first unread one."""
	info = info_of(ports.parties, thread)
	reader = reader_of(ports, thread, info)
	unread = entries.first_unread(ports.database, thread["name"], thread["customer_read_upto"])
	is_opening = query == Query()
	if is_opening and unread and thread["customer_unread"] > PAGE:
		query = replace(query, around=unread["name"])
	found = find(ports, thread, query, reader)
	sent = forwarded(ports, found.rows)
	shown = present(ports, thread, found.rows, reader, sent)
	count = thread["customer_unread"]
	cards = count - _unread_messages(ports, thread) if count else 0
	first_unread = unread["name"] if unread and not query.q else None
	return {
		**frame(ports, thread, info, reader, ROUTE),
		"entries": grouped(entry_page_views(shown, found.rows, reader, sent), found.rows, first_unread),
		"before": found.before,
		"newer": found.newer,
		"last": thread["last_entry"] or None,
		"revision": thread["revision"],
		"outbox": outbox_of(thread["name"]),
		"unread": count,
		"unread_cards": cards,
		"unread_in_words": how_many_new(count, cards, reader) if count else "",
		"first_unread": first_unread,
		"q": query.q,
		"excerpts": _excerpts(shown, asked_for(query, reader), reader),
		"today": reader.local(reader.now_us).date().isoformat(),
		"timezone": str(reader.zone),
		"as_of": _as_of(reader),
	}


def _excerpts(found: Sequence[EntryView], asked: Sequence[Wanted], reader: Reader) -> dict[int, Excerpt]:
	return {entry["id"]: excerpt(_words(entry, reader), asked) for entry in found} if asked else {}


def _words(entry: EntryView, reader: Reader) -> str:
	"""Return what an entry is known by among others: its words, else the names of its files."""
	card, _ = entry["card"], reader.translate
	if card:
		return card_line(card["title"], card["amount"] or "")
	named = [
		file["name"] or (_("Picture") if is_picture(file["content_type"]) else _("File"))
		for file in entry["attachments"]
	]
	said = "\n".join(part for part in (entry["subject"], entry["text"]) if part)
	return said or ", ".join(named)


def _as_of(reader: Reader) -> str:
	day = short_date(reader.local(reader.now_us).date(), reader, weekday=False, year=False)
	return f"{day}, {time_of_day(reader.now_us, reader)}"


def _unread_messages(ports: Ports, thread: ThreadRow) -> int:
	return entries.messages_unread_by_customer(ports.database, thread["name"], thread["customer_read_upto"])
