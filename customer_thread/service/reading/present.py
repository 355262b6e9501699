"""Rows become what goes out. Every key a customer can ever receive is named here, one by one."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypedDict

from customer_thread.domain import wording
from customer_thread.domain.delivery_states import Progress, ShownState, progress, shown
from customer_thread.domain.times import iso
from customer_thread.domain.wording import Reader, amount_in
from customer_thread.service.ports import Ports
from customer_thread.service.reading.links import open_links
from customer_thread.store import attachments, deliveries
from customer_thread.store.rows import AttachmentRow, PageRow, ThreadRow

ATTACHMENT_PATH = "/api/method/customer_thread.api.portal.attachment"


class CardView(TypedDict):
	"""What an event says, and where a tap on it leads."""

	type: str
	title: str
	#: in words, "$4,200"
	amount: str | None
	#: None where this customer cannot open it
	url: str | None
	void: bool


class CallView(TypedDict):
	"""That a phone call happened, when and how long."""

	#: 0: missed
	seconds: int
	text: str


class AttachmentView(TypedDict):
	"""A picture or file, and where its bytes are once it is ready."""

	#: None until it is ready
	name: str | None
	content_type: str
	#: of a picture, in pixels; 0: not known
	width: int
	height: int
	url: str
	#: pending, ready, failed
	state: str


class EntryView(TypedDict):
	"""An entry as docs/http.md has it: every key that can ever leave the house, and no other."""

	id: int
	#: ISO 8601 in UTC: when it happened
	at: str
	#: message, event, call
	kind: str
	#: contractor, automated, customer
	author: str
	label: str
	#: sms, email, portal, phone; None for a card
	channel: str | None
	subject: str | None
	text: str
	#: whether a mail has more than `text`
	quoted: bool
	card: CardView | None
	call: CallView | None
	attachments: list[AttachmentView]
	#: of the customer's own messages
	state: ShownState | None
	#: of the customer's own replies from the page
	client_id: str | None


#: of each entry, how far the deliveries have come that bring it to the contractor
Forwarded = Mapping[int, Sequence[Progress]]


def forwarded(ports: Ports, rows: Sequence[PageRow]) -> Forwarded:
	"""Return how far those of these entries have come that the customer wrote on the page."""
	own = [row["name"] for row in rows if row["channel"] == "Portal" and row["author"] == "Customer"]
	found: dict[int, list[Progress]] = {}
	now_us = ports.clock.now_us()
	for sent in deliveries.states_of(ports.database, own, "Forward"):
		come = progress(sent["state"], sent["attempts"], sent["due_us"], sent["claimed_us"], now_us)
		found.setdefault(sent["entry"], []).append(come)
	return found


def present(
	ports: Ports,
	thread: ThreadRow,
	rows: Sequence[PageRow],
	reader: Reader,
	sent: Forwarded | None = None,
) -> list[EntryView]:
	"""Return entries of a thread as docs/http.md has them, in the order given; `sent` is asked for if not given."""
	if not rows:
		return []
	links = open_links(ports.documents, thread, [row["url"] for row in rows if row["url"]])
	attached: dict[int, list[AttachmentView]] = {}
	for file in attachments.of_entries(ports.database, [row["name"] for row in rows if row["attachments"]]):
		attached.setdefault(file["entry"], []).append(attachment_view(file, _address(file)))
	sent = forwarded(ports, rows) if sent is None else sent
	return [
		_entry(row, reader, links, attached.get(row["name"], []), sent.get(row["name"], ())) for row in rows
	]


def _entry(
	row: PageRow,
	reader: Reader,
	links: Collection[str],
	attached: list[AttachmentView],
	sent: Sequence[Progress],
) -> EntryView:
	kind = row["kind"]
	own = row["author"] == "Customer" and kind == "Message"
	call = _call(row, reader) if kind == "Call" else None
	return {
		"id": row["name"],
		"at": iso(row["occurred_us"]),
		"kind": kind.lower(),
		"author": row["author"].lower(),
		"label": row["label"],
		"channel": row["channel"].lower() if row["channel"] else None,
		"subject": row["subject"] or None,
		"text": call["text"] if call else row["text"],
		"quoted": bool(row["quoted"]),
		"card": _card(row, links) if kind == "Event" else None,
		"call": call,
		"attachments": attached,
		"state": (shown(sent) if row["channel"] == "Portal" else "delivered") if own else None,
		"client_id": row["client_id"] if own else None,
	}


def _card(row: PageRow, links: Collection[str]) -> CardView:
	return {
		"type": row["event_type"],
		"title": row["title"],
		"amount": amount_in(row["text"], row["title"]) or None,
		"url": row["url"] if row["url"] in links else None,
		"void": bool(row["voided_by"]),
	}


def _call(row: PageRow, reader: Reader) -> CallView:
	seconds = row["call_seconds"]
	return {"seconds": seconds, "text": wording.call(seconds, row["occurred_us"], reader)}


def _address(row: AttachmentRow) -> str:
	return f"{ATTACHMENT_PATH}?entry={row['entry']}&index={row['position']}"


def attachment_view(row: AttachmentRow, url: str) -> AttachmentView:
	"""Return an attachment whose bytes are at this address."""
	return {
		"name": row["file_name"],
		"content_type": row["content_type"],
		"width": row["width"],
		"height": row["height"],
		"url": url,
		"state": row["state"].lower(),
	}
