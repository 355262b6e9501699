"""The rows that queries return, a type a shape. Times are µs since 1970 UTC.

A column that may be NULL and means the same by it as by "" or 0 has no None in its type: `typed` sees to that.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypedDict, TypeVar, cast, get_args, get_type_hints

from customer_thread.domain.model import (
	Author,
	Channel,
	Consent,
	ContactKind,
	DeliveryChannel,
	DeliveryState,
	Kind,
	Purpose,
	SignInPurpose,
	Trust,
)
from customer_thread.store.inbox_rows import ListedThreadRow

AttachmentState = Literal["Pending", "Ready", "Failed"]
HistoryState = Literal["Running", "Done", "Failed"]


class ThreadRow(ListedThreadRow):
	"""A Customer Thread."""

	merged_into: str | None
	unmatched_reason: str
	blocked_by: str
	timezone: str
	reply_token: str
	contractor_token: str
	answered_us: int
	done_upto: int
	#: what undoing the last Done gives back
	done_before: int
	snoozed_before: int
	revision: int
	contractor_read_upto: int
	rung_upto: int
	erased_us: int
	since_us: int
	customer_unread: int
	customer_read_upto: int
	#: when they last read something new; 0: never yet
	customer_read_us: int


class PlaceRow(TypedDict):
	"""Where an entry stands in its thread."""

	name: int
	occurred_us: int


class ShownEntryRow(PlaceRow):
	"""An entry with what a page shows of it."""

	kind: Kind
	author: Author
	label: str
	channel: Channel | None
	subject: str
	text: str
	quoted: int
	client_id: str | None
	attachments: int
	call_seconds: int
	from_history: int


class ShownEventRow(TypedDict):
	"""What a page shows of an event."""

	event_type: str
	title: str
	url: str
	voided_by: str | None
	#: by which the title tells the document
	number: str
	reference_doctype: str | None
	reference_name: str | None


class PageRow(ShownEntryRow, ShownEventRow):
	"""A line of a page: an entry, and its event if it is a card."""


class EntryTextRow(PlaceRow):
	"""An entry with what a delivery of it needs."""

	thread: str
	kind: Kind
	author: Author
	channel: Channel | None
	label: str
	subject: str
	text: str
	attachments: int
	source_key: str | None
	#: which user of the business wrote it, if one did
	sent_by: str | None


class EntryRow(PlaceRow):
	"""An entry without its words."""

	thread: str
	kind: Kind
	author: Author
	source_key: str | None
	from_history: int
	#: 0: its words are there
	erased_us: int


class SaidRow(PlaceRow):
	"""What somebody said, and when."""

	author: Author
	subject: str
	text: str


class AnswerRow(PlaceRow):
	"""An answer to the customer, and which user wrote it, if one did."""

	sent_by: str | None


class SenderRow(TypedDict):
	"""Where an entry came from."""

	name: int
	#: a number or address; None: it is not known, or the page
	sender: str | None
	#: who of the business wrote it, a user; None: nobody, or it is not known
	sent_by: str | None


class MailRow(TypedDict):
	"""The head of a mail."""

	message_id: str
	subject: str


class OriginalRow(TypedDict):
	"""A mail's words."""

	text: str
	#: empty where `text` is all there is
	original: str


class EventRow(TypedDict):
	"""A Thread Event, as far as what becomes of a card needs it."""

	name: str
	event_type: str
	source_key: str
	voided_by: str | None
	url: str
	reference_name: str | None
	occurred_us: int
	amount: float | None
	currency: str
	thread: str


class DeliveryRow(TypedDict):
	"""A Thread Delivery."""

	name: str
	#: None and 0: it answers the contractor
	thread: str | None
	entry: int
	purpose: Purpose
	#: whom a notice is for; empty: whoever has the thread's addresses
	reader: str
	#: None: nobody is reached, and the reason says why
	channel: DeliveryChannel | None
	address: str
	state: DeliveryState
	reason: str
	urgent: int
	promotional: int
	text: str
	part: int
	#: positions of the attachments that go along as pictures, a space between two; `NO_PICTURES` once they could not
	pictures: str
	fallback_of: str | None
	#: the notice that speaks of this one's entry too
	carried_by: str | None
	provider_id: str
	#: of the tries before it was queued anew, a space between two
	earlier_ids: str
	source_key: str | None
	#: both None: nothing is wrong
	error_code: str | None
	error: str | None
	attempts: int
	#: since when it has failed and waits for somebody to deal with it; 0: it does not
	failed_us: int
	due_us: int
	creation_us: int
	#: whose it is to send, while it is sent
	claim: str | None
	claimed_us: int
	#: when a try began that may have been accepted all the same; 0: there was none
	unsure_since_us: int


class EntryStateRow(TypedDict):
	"""How far one delivery of an entry has come."""

	entry: int
	state: DeliveryState
	attempts: int
	due_us: int
	claimed_us: int


class AttachmentRow(TypedDict):
	"""An attachment as a page shows it."""

	entry: int
	position: int
	#: None until it is fetched
	file_name: str | None
	content_type: str
	#: in pixels; 0: not known, or no picture
	width: int
	height: int
	state: AttachmentState


class StoredFileRow(TypedDict):
	"""An attachment with where its bytes are; `size` in bytes."""

	file: str
	file_name: str
	content_type: str
	size: int
	state: AttachmentState


class DueAttachmentRow(TypedDict):
	"""An attachment that a provider still keeps."""

	name: str
	entry: int
	thread: str
	position: int
	remote_url: str
	content_type: str
	attempts: int
	#: µs; of one that is claimed, until when
	due_us: int


class ContactPointRow(TypedDict):
	"""A Thread Contact Point."""

	name: str
	thread: str
	kind: ContactKind
	value: str
	source_doctype: str
	source_name: str
	#: None: it is not
	trust: Trust | None
	trust_by: str | None
	trust_us: int


class ConsentRow(TypedDict):
	"""A Thread Text Consent."""

	name: str
	phone: str
	sender: str
	state: Consent
	changed_us: int
	#: "texted STOP", or what the network said
	how: str | None


class SignInRow(TypedDict):
	"""A Thread Sign In, without what it is known by."""

	name: str
	#: both empty until somebody who has the address says which of several customers they are
	user: str
	thread: str
	purpose: SignInPurpose
	made_by: str | None
	address: str
	#: 0: it leads to the whole thread
	entry: int
	created_us: int
	expires_us: int
	first_used_us: int
	last_used_us: int
	revoked_us: int
	#: empty: it was not used yet
	browser_hash: str


class NoteRow(TypedDict):
	"""A Thread Note."""

	name: str
	thread: str
	text: str
	author: str | None
	occurred_us: int


class HistoryRow(TypedDict):
	"""A Thread History; of the documents, how many there are, were looked at and failed."""

	name: str
	state: HistoryState
	months: int
	since_us: int
	started_by: str | None
	started_us: int
	touched_us: int
	step: str
	place: str
	total: int
	done: int
	failed: int
	entries: int
	error: str


R = TypeVar("R", bound=Mapping[str, object])


@cache
def _empties(kind: type) -> tuple[tuple[str, Any], ...]:
	"""Return each column of a type with what it holds when there is nothing."""
	return tuple((column, _empty(hint)) for column, hint in get_type_hints(kind).items())


def _empty(hint: object) -> object:
	if type(None) in get_args(hint):
		return None
	return 0 if hint is int else ""


def columns(kind: type, table: str = "") -> str:
	"""Return the columns of a type, for a SELECT of just these; `table`: what the query calls their table."""
	name = table and table + "."
	return ", ".join(f"{name}`{column}`" for column, _nothing in _empties(kind))


def typed(kind: type[R], rows: list[dict[str, Any]]) -> list[R]:
	"""Return rows of a query for just the columns of a type as that; in place, as pages are read often."""
	empties = _empties(kind)
	for row in rows:
		for column, empty in empties:
			if not row[column]:
				row[column] = empty
	return cast("list[R]", rows)


def first(kind: type[R], rows: list[dict[str, Any]]) -> R | None:
	"""Return the first of these rows as `typed` does, or None if there is none."""
	return typed(kind, rows)[0] if rows else None


def held(kind: type[R], row: Mapping[str, Any] | None) -> R | None:
	"""Return a row that was locked, which has every column, as one of a type; None if there is none."""
	return typed(kind, [{column: row[column] for column, _nothing in _empties(kind)}])[0] if row else None
