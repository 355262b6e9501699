"""An entry as the page shows it."""

from collections.abc import Callable, Iterable

from customer_thread.domain.delivery_states import Progress, has_left
from customer_thread.domain.emoji import is_emoji_alone
from customer_thread.domain.links import TextPart, link_parts
from customer_thread.domain.thread import unread
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.thread.groups import GroupPlace, Line, group_places
from customer_thread.domain.wording import Reader, card_line, day_label, meta_time
from customer_thread.service.reading.present import EntryView, Forwarded
from customer_thread.service.reading.render import render
from customer_thread.store.rows import PageRow

ORIGINAL_PATH = "/api/method/customer_thread.api.portal.original"


class EntryPageView(EntryView, GroupPlace):
	"""What the template of an entry gets: the entry, and its words, days and addresses besides."""

	#: where it stands in its thread
	cursor: str
	#: of the reader's calendar: "2026-05-15", and "Today" or "Fri May 15"
	day: str
	day_label: str
	#: "SMS · Tue 8:47am", and its two halves
	meta: str
	channel_label: str
	when: str
	parts: list[TextPart]
	#: whether it is shown larger
	is_emoji: bool
	#: whether the page announces it
	counts_as_unread: bool
	#: a card in one line, and in two: its title, and its amount or time
	line: str
	title: str
	detail: str
	#: the name of a card's document, where the card tells it by less; else empty
	whole_name: str
	original_url: str
	automated_label: str
	state_label: str


def entry_page_view(
	entry: EntryView, row: PageRow, reader: Reader, sent: Iterable[Progress] = ()
) -> EntryPageView:
	"""Return an entry with what its template needs besides; `sent`: how far its deliveries have come."""
	_ = reader.translate
	us = row["occurred_us"]
	when = meta_time(us, reader)
	# what the customer texted stands without its channel, as docs/behaviour.md has it: "Tue 8:47am"
	own_text = row["author"] == "Customer" and row["channel"] == "SMS"
	# a channel's name is a text to translate: an option of the DocType's field
	channel = reader.translate(row["channel"]) if row["channel"] and not own_text else ""
	card = entry["card"]
	line = card_line(card["title"], card["amount"] or "") if card else ""
	title, *rest = line.split(" — ")
	return {
		**entry,
		"cursor": str(Cursor(us, row["name"])),
		"day": reader.local(us).date().isoformat(),
		"day_label": day_label(us, reader),
		"meta": f"{channel} · {when}" if channel else when,
		"channel_label": channel,
		"when": when,
		"continues": False,
		"continued": False,
		"same_channel": False,
		"parts": link_parts(entry["text"], reader.region),
		"is_emoji": is_emoji_alone(entry["text"]),
		"counts_as_unread": unread.for_customer(
			row["kind"], row["author"], from_history=bool(row["from_history"])
		),
		"line": line,
		"title": title,
		# a dash keeps to the words on both its sides
		"detail": "\u00a0—\u00a0".join(rest),
		"whole_name": row["reference_name"] or "" if row["number"] not in ("", row["reference_name"]) else "",
		"original_url": f"{ORIGINAL_PATH}?entry={row['name']}&rest=1" if entry["quoted"] else "",
		"automated_label": _("Automated") if entry["author"] == "automated" else "",
		"state_label": _state_label(entry, reader, sent),
	}


def entry_page_views(
	entries: Iterable[EntryView], rows: Iterable[PageRow], reader: Reader, sent: Forwarded
) -> list[EntryPageView]:
	"""Return entries, made of these rows, with what their template needs besides."""
	return [
		entry_page_view(entry, row, reader, sent.get(row["name"], ()))
		for entry, row in zip(entries, rows, strict=True)
	]


def grouped(
	views: Iterable[EntryPageView], rows: Iterable[PageRow], first_unread: int | None
) -> list[EntryPageView]:
	"""Return entries, made of these rows, with their places in groups; over `first_unread` is the "New" line."""
	seen = list(views)
	lines = [_line(view, row) for view, row in zip(seen, rows, strict=True)]
	parted = () if first_unread is None else (first_unread,)
	return [
		{
			**view,
			"continues": place["continues"],
			"continued": place["continued"],
			"same_channel": place["same_channel"],
		}
		for view, place in zip(seen, group_places(lines, parted), strict=True)
	]


def _line(view: EntryPageView, row: PageRow) -> Line:
	return Line(
		id=view["id"],
		is_message=view["kind"] == "message",
		names_channel=bool(view["channel_label"]),
		author=view["author"],
		channel=view["channel"] or "",
		day=view["day"],
		occurred_us=row["occurred_us"],
	)


def render_entry(translate: Callable[[str], str], entry: EntryPageView) -> str:
	"""Return one entry as the page shows it."""
	return render("includes/messages/entry.html", translate=translate, entry=entry)


def _state_label(entry: EntryView, reader: Reader, sent: Iterable[Progress]) -> str:
	_ = reader.translate
	if entry["state"] is None or entry["channel"] != "portal":
		return ""
	labels = {
		"sending": _("Sending…"),
		# what is stored and read in the Desk alone was received, and nothing was sent
		"sent": _("Sent") if has_left(sent) else _("Received"),
		"delivered": _("Delivered"),
	}
	return labels[entry["state"]]
