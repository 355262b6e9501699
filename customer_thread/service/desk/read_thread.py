"""One thread as staff see it: with its notes, and how its messages travelled."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypedDict

from customer_thread.domain.links import TextPart, link_parts
from customer_thread.domain.model import Address, DeliveryChannel, DeliveryState, Purpose
from customer_thread.domain.notices.reasons import worded
from customer_thread.domain.phrase import Translate
from customer_thread.domain.push.device import device_name
from customer_thread.domain.sign_in import without_tokens
from customer_thread.domain.times import iso
from customer_thread.service.desk.contacts_view import AddressView, addresses_of
from customer_thread.service.desk.read_inbox import InboxLine, inbox_line
from customer_thread.service.desk.wishes_words import WishesLine, wishes_lines
from customer_thread.service.notices.hold_message import quiet_until
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import EntryView, present
from customer_thread.service.reading.read_timeline import Query, find
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.reading.thread_header import ContractorView, thread_header
from customer_thread.store import deliveries, entries, notes, subscriptions
from customer_thread.store.rows import DeliveryRow, NoteRow, PageRow, SenderRow, ThreadRow


class DeskEntry(EntryView):
	"""An entry, and its text in pieces."""

	parts: list[TextPart]


class NoteView(TypedDict):
	"""An internal note."""

	id: str
	text: str
	parts: list[TextPart]
	#: a user, if one wrote it
	author: str | None
	#: ISO 8601 in UTC
	at: str


class DeliveryView(TypedDict):
	"""One attempt to reach someone, in the words of docs/schema.md."""

	id: str
	entry: int
	#: with the address None: nobody is reached, and the reason says why
	channel: DeliveryChannel | None
	purpose: Purpose
	#: whom a notice is for: a user, if one reads the thread
	reader: str | None
	address: str | None
	state: DeliveryState
	reason: str
	error_code: str | None
	error: str | None
	attempts: int
	#: of a text message
	text: str | None
	provider_id: str | None
	urgent: bool
	#: the delivery it stands in for
	fallback_of: str | None
	#: the notice that tells of this entry too
	carried_by: str | None
	#: ISO 8601 in UTC while it waits
	due_at: str | None


class SenderView(TypedDict):
	"""Where an entry came from, if that is none of the addresses on file."""

	entry: int
	address: str


class WriterView(TypedDict):
	"""Who of the business wrote an entry."""

	entry: int
	user: str


class DocumentView(TypedDict):
	"""Which document a card is about."""

	entry: int
	doctype: str
	name: str


class DeskHeader(InboxLine):
	"""What stands over a thread in the Desk."""

	project: str | None
	contractor: ContractorView
	#: why what came last waits, if unmatched
	reason: str | None
	#: when the customer's quiet hours end, if it is such now; ISO 8601 in UTC
	quiet_until: str | None
	#: when they last read something new; None: never yet
	customer_read_at: str | None
	#: how many entries they have not read
	customer_unread: int


class ThreadView(TypedDict):
	"""A page of a thread with what surrounds it."""

	thread: DeskHeader
	#: the oldest first, as the customer has them
	entries: list[DeskEntry]
	#: all of the thread
	notes: list[NoteView]
	#: of these entries
	deliveries: list[DeliveryView]
	#: on file
	addresses: list[AddressView]
	#: of each who reads it, how they are notified
	preferences: list[WishesLine]
	#: of these entries
	senders: list[SenderView]
	#: of these entries that somebody of us wrote; customers never get their names
	writers: list[WriterView]
	#: of the cards among these entries
	documents: list[DocumentView]
	#: the cursor of the page before
	before: str | None
	#: of the page after, None at the end of the thread
	newer: str | None
	#: the highest entry id that the reader has with this answer
	last: int | None


def read_thread(ports: Ports, thread: ThreadRow, query: Query) -> ThreadView:
	"""Return a page of a thread with its notes and deliveries. Raise BadInput or NotFound."""
	info = info_of(ports.parties, thread)
	reader = reader_of(ports, thread, info)
	found = find(ports, thread, query, reader)
	ids = [row["name"] for row in found.rows]
	sent = deliveries.of_entries(ports.database, thread["name"], ids)
	pushed = (row["address"] for row in sent if row["channel"] == "Push" and row["address"])
	browsers = subscriptions.user_agents(ports.database, pushed)
	devices = {name: device_name(browser) for name, browser in browsers.items()}
	over = thread_header(ports.settings(), info)
	on_file = addresses_of(ports, thread["name"])
	quiet = quiet_until(ports, thread)
	came_from = entries.senders(ports.database, thread["name"], ids)
	return {
		"thread": {
			**inbox_line(thread),
			"project": over["project"],
			"contractor": over["contractor"],
			"reason": None if thread["party"] else thread["unmatched_reason"] or None,
			"quiet_until": iso(quiet[0]) if quiet else None,
			"customer_read_at": iso(thread["customer_read_us"]) if thread["customer_read_us"] else None,
			"customer_unread": thread["customer_unread"],
		},
		"entries": [desk_entry(entry, reader.region) for entry in present(ports, thread, found.rows, reader)],
		"notes": [note_view(row, reader.region) for row in notes.of_thread(ports.database, thread["name"])],
		"deliveries": [delivery_view(row, ports.translate, devices) for row in sent],
		"addresses": on_file,
		"preferences": wishes_lines(ports, thread, reader),
		"senders": _senders(thread, came_from, on_file),
		"writers": [{"entry": row["name"], "user": row["sent_by"]} for row in came_from if row["sent_by"]],
		"documents": _documents(found.rows),
		"before": found.before,
		"newer": found.newer,
		"last": found.last or thread["last_entry"] or None,
	}


def _senders(
	thread: ThreadRow, rows: Sequence[SenderRow], on_file: Sequence[AddressView]
) -> list[SenderView]:
	known = {view["address"] for view in on_file}
	if thread["unmatched_address"]:
		known.add(Address.of_key(thread["unmatched_address"]).value)
	return [
		{"entry": row["name"], "address": row["sender"]}
		for row in rows
		if row["sender"] and row["sender"] not in known
	]


def _documents(rows: Sequence[PageRow]) -> list[DocumentView]:
	found: list[DocumentView] = []
	for row in rows:
		if row["reference_doctype"] and row["reference_name"]:
			about = row["reference_doctype"], row["reference_name"]
			found.append({"entry": row["name"], "doctype": about[0], "name": about[1]})
	return found


def desk_entry(entry: EntryView, region: str) -> DeskEntry:
	"""Return an entry as staff see it; `region` (US): of phone numbers without a country."""
	return {**entry, "parts": link_parts(entry["text"], region)}


def note_view(note: NoteRow, region: str) -> NoteView:
	"""Return a note as staff see it; `region` (US): of phone numbers without a country."""
	return {
		"id": note["name"],
		"text": note["text"],
		"parts": link_parts(note["text"], region),
		"author": note["author"],
		"at": iso(note["occurred_us"]),
	}


def delivery_view(
	row: DeliveryRow, translate: Translate, devices: Mapping[str, str] = MappingProxyType({})
) -> DeliveryView:
	"""Return a delivery as staff see it; `devices`: what the browsers that are pushed to are known by."""
	address = devices.get(row["address"] or "") if row["channel"] == "Push" else row["address"]
	return {
		"id": row["name"],
		"entry": row["entry"],
		"channel": row["channel"],
		"purpose": row["purpose"],
		"reader": row["reader"] or None,
		"address": address or None,
		"state": row["state"],
		"reason": worded(row["reason"], translate),
		"error_code": row["error_code"],
		"error": row["error"],
		"attempts": row["attempts"],
		# a link that signs the customer in is not for staff to read: a notice has one, a message may have
		"text": (without_tokens(row["text"]) if row["purpose"] != "Notice" else "") or None,
		"provider_id": row["provider_id"] or None,
		"urgent": bool(row["urgent"]),
		"fallback_of": row["fallback_of"],
		"carried_by": row["carried_by"],
		"due_at": iso(row["due_us"]) if row["state"] in ("Queued", "Held") else None,
	}
