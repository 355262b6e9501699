"""The calls `customer_thread.api.desk.*`: for staff. The host says who that is."""

from dataclasses import replace
from typing import TypedDict

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import MESSAGE_CHARACTERS
from customer_thread.domain.model import Address, Party
from customer_thread.domain.people.addresses import phone
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.appointment import Appointment
from customer_thread.domain.thread import keys
from customer_thread.domain.times import parse, parse_planned
from customer_thread.service.automations.plan_document import hold_threads_of, plan_document
from customer_thread.service.calls import Calls
from customer_thread.service.cards import record_event
from customer_thread.service.cards.record_appointment import record_appointment
from customer_thread.service.desk.automation_calls import AUTOMATION_CALLS
from customer_thread.service.desk.contacts_view import AddressView, addresses_of
from customer_thread.service.desk.failure_calls import FAILURE_CALLS
from customer_thread.service.desk.file_calls import FILE_CALLS
from customer_thread.service.desk.inbox_calls import INBOX_CALLS
from customer_thread.service.desk.invite import InvitedView, invite
from customer_thread.service.desk.leaving_calls import LEAVING_CALLS
from customer_thread.service.desk.number_calls import NUMBER_CALLS
from customer_thread.service.desk.office_link import OfficeLinkView, office_link
from customer_thread.service.desk.read_inbox import InboxLine, InboxView, inbox_line, read_inbox
from customer_thread.service.desk.read_refused import RefusedView, read_refused
from customer_thread.service.desk.read_thread import (
	DeliveryView,
	DeskEntry,
	NoteView,
	ThreadView,
	delivery_view,
	desk_entry,
	note_view,
	read_thread,
)
from customer_thread.service.desk.read_way import WayView, check_can_be_answered, read_way
from customer_thread.service.desk.sign_in_links import SignInLinkView, list_sign_in_links
from customer_thread.service.desk.thread_about import last_card, thread_about
from customer_thread.service.desk.tray_calls import TRAY_CALLS
from customer_thread.service.desk.visible import visible_party, visible_thread
from customer_thread.service.incoming import record_call
from customer_thread.service.outgoing.attach_uploads import look_at_uploads
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.params import PAGE, Params
from customer_thread.service.ports import Ports
from customer_thread.service.reading.read_timeline import Query, query_of, read_timeline
from customer_thread.service.sign_in.revoke_links import revoke_links
from customer_thread.service.thread.add_note import add_note
from customer_thread.service.thread.mark_read_by_staff import mark_read_by_staff
from customer_thread.service.thread.renew_addresses import renew_addresses
from customer_thread.service.thread.trust_address import say_trusted
from customer_thread.store import deliveries, threads
from customer_thread.store.rows import ThreadRow

DESK = Calls(
	{
		**AUTOMATION_CALLS,
		**FAILURE_CALLS,
		**FILE_CALLS,
		**INBOX_CALLS,
		**LEAVING_CALLS,
		**NUMBER_CALLS,
		**TRAY_CALLS,
	}
)


class SentView(TypedDict):
	"""What was written, and each attempt to bring it to the customer."""

	entry: DeskEntry
	deliveries: list[DeliveryView]


def _customer(ports: Ports, params: Params) -> ThreadRow:
	return visible_party(ports, Party("Customer", params.text("customer")))


def _addressed(ports: Ports, params: Params) -> ThreadRow:
	"""Return the thread that is named, or the customer's, opened if need be. Raise NotFound."""
	name = params.text("thread", "")
	return visible_thread(ports, name) if name else _customer(ports, params)


def _there(ports: Ports, params: Params) -> ThreadRow:
	"""Return the thread that is named, or the customer's; a call that reads opens none. Raise NotFound."""
	name = params.text("thread", "")
	if not name:
		name = threads.require_of(ports.database, Party("Customer", params.text("customer")))["name"]
	return visible_thread(ports, name)


def _shown(ports: Ports, params: Params, about: Reference | None) -> ThreadRow:
	"""Return the thread that is named, or the customer's or lead's, or a document's; opens none. Raise NotFound."""
	if params.text("thread", ""):
		return _there(ports, params)
	lead = params.text("lead", "")
	customer = params.text("customer", "" if lead or about else None)
	party = Party("Lead", lead) if lead else Party("Customer", customer) if customer else None
	return thread_about(ports, party, about)


def _document(params: Params) -> Reference | None:
	doctype = params.text("reference_doctype", "")
	return Reference(doctype, params.text("reference_name")) if doctype else None


def _entry(ports: Ports, thread: str, entry: int) -> DeskEntry:
	found = read_timeline(ports, thread, Query(limit=1, around=entry))["entries"][0]
	return desk_entry(found, ports.settings().default_region)


@DESK.get_call("threads", "filter q before limit")
def list_threads(ports: Ports, params: Params) -> InboxView:
	"""Return the inbox."""
	return read_inbox(
		ports,
		which=params.text("filter", "all"),
		q=params.text("q", ""),
		before=params.text("before", ""),
		limit=params.integer("limit", PAGE),
	)


@DESK.get_call("refused", "")
def refused(ports: Ports, _params: Params) -> RefusedView:
	"""Return the messages of the last seven days that were not received, and why."""
	return read_refused(ports)


@DESK.get_call(
	"thread", "customer lead thread reference_doctype reference_name limit before newer after around q"
)
def show_thread(ports: Ports, params: Params) -> ThreadView:
	"""Return one thread with its notes and deliveries; about a document, around its last card."""
	about, query = _document(params), query_of(params)
	thread = _shown(ports, params, about)
	if about and query == Query(limit=query.limit):
		query = replace(query, around=last_card(ports, thread["name"], about))
	return read_thread(ports, thread, query)


@DESK.post_call("open", "customer lead")
def open_one(ports: Ports, params: Params) -> InboxLine:
	"""Return a customer's or lead's thread, opened if need be, so that the first word can be ours."""
	lead = params.text("lead", "")
	party = Party("Lead", lead) if lead else Party("Customer", params.text("customer"))
	return inbox_line(visible_party(ports, party))


@DESK.get_call("way", "customer thread length channel uploads")
def show_way(ports: Ports, params: Params) -> WayView:
	"""Return which way a message to a customer would take, in words."""
	length, channel = params.integer("length", 1), params.text("channel", "auto")
	row = _there(ports, params)
	files = look_at_uploads(ports, row["name"], params.optional_texts("uploads"), params.asked_by)
	return read_way(ports, row, length, channel, files)


@DESK.post_call(
	"send", "customer thread text channel urgent automated promotional when client_id upto uploads"
)
def send(ports: Ports, params: Params) -> SentView:
	"""Write to a customer."""
	files = params.optional_texts("uploads")
	row, text = _addressed(ports, params), params.text("text", "" if files else None)
	check_can_be_answered(ports, row, min(len(text), MESSAGE_CHARACTERS))
	posted = send_message(
		ports,
		row,
		text,
		channel=params.text("channel", "auto"),
		urgent=params.boolean("urgent"),
		automated=params.boolean("automated"),
		promotional=params.boolean("promotional"),
		when=params.text("when", "now"),
		client_id=params.text("client_id", ""),
		sent_by=params.asked_by,
		asked_in=params.text("thread", ""),
		upto=params.optional_integer("upto"),
		uploads=files,
	)
	sent = deliveries.of_entry(ports.database, posted.entry)
	return {
		"entry": _entry(ports, posted.thread, posted.entry),
		# how its customer is notified of what stays in the portal, the thread says
		"deliveries": [delivery_view(row, ports.translate) for row in sent if row["purpose"] != "Notice"],
	}


@DESK.post_call("note", "customer thread text client_id")
def note(ports: Ports, params: Params) -> NoteView | None:
	"""Keep an internal note; null if the same was kept before."""
	row, client_id = _addressed(ports, params), params.text("client_id", "")
	source = f"{params.text('thread', '') or row['name']}:{keys.client_id(client_id)}" if client_id else ""
	written = add_note(ports, row, params.text("text"), author=params.asked_by, source=source)
	return note_view(written, ports.settings().default_region) if written else None


@DESK.post_call(
	"record_event",
	"customer event_type title amount currency at url reference_doctype reference_name source_key notify urgent "
	"due_date",
)
def write_card(ports: Ports, params: Params) -> DeskEntry:
	"""Write a card."""
	now = ports.clock.now_us()
	at = params.text("at", "")
	row = _customer(ports, params)
	event = NewEvent(
		event_type=params.text("event_type"),
		title=params.text("title"),
		occurred_us=parse(at, now) if at else now,
		source_key=params.text("source_key", "") or ports.ids.token(),
		amount=record_event.amount_of(params.text("amount", "")),
		currency=params.text("currency", ""),
		url=params.text("url", ""),
		reference_doctype=params.text("reference_doctype", ""),
		reference_name=params.text("reference_name", ""),
		notify=params.boolean("notify"),
		urgent=params.boolean("urgent"),
		due_date=params.text("due_date", ""),
	)
	reference = Reference(event.reference_doctype, event.reference_name)
	hold_threads_of(ports, reference, row["name"])
	posted = record_event.record_event(ports, row, event)
	# on the embedded host a document is what its cards tell, for its other customers, too
	plan_document(ports, reference)
	return _entry(ports, posted.thread, posted.entry)


@DESK.post_call("record_appointment", "customer title starts_at ends_at state source_key")
def write_appointment(ports: Ports, params: Params) -> DeskEntry | None:
	"""Keep an appointment; null where nothing is new to its customer."""
	row, here = _customer(ports, params), ports.settings().default_timezone
	ends_at = params.text("ends_at", "")
	new = Appointment(
		source_key=params.text("source_key"),
		customer=params.text("customer"),
		title=params.text("title"),
		starts_us=parse_planned(params.text("starts_at"), here),
		ends_us=parse_planned(ends_at, here) if ends_at else 0,
		state=params.text("state", "Scheduled"),  # type: ignore[arg-type]
	)
	posted = record_appointment(ports, row, new)
	return _entry(ports, posted.thread, posted.entry) if posted else None


@DESK.post_call("record_call", "customer phone seconds at direction source_key")
def write_call(ports: Ports, params: Params) -> DeskEntry | None:
	"""Write a call entry; null for a missed call that the settings leave out."""
	now = ports.clock.now_us()
	at = params.text("at", "")
	seconds = params.integer("seconds")
	occurred_us = parse(at, now) if at else now
	key = params.text("source_key", "") or ports.ids.token()
	is_known = bool(params.text("customer", ""))
	row = _customer(ports, params) if is_known else _caller(ports, params, seconds, occurred_us, key)
	if row is None:
		return None
	posted = record_call.record_call(
		ports,
		row,
		seconds=seconds,
		occurred_us=occurred_us,
		direction=params.text("direction", "inbound").lower(),
		key=key,
	)
	if posted is None:
		return None
	# one key is one call, whoever's it is
	return _entry(ports, visible_thread(ports, posted.thread)["name"], posted.entry)


def _caller(ports: Ports, params: Params, seconds: int, at_us: int, key: str) -> ThreadRow | None:
	"""Return whose call it was; None for a missed one that would open a thread with nothing in it."""
	number = params.text("phone", "")
	if not number:
		raise BadInput("Say whose call it was: customer or phone.")
	address = phone(number, ports.settings().default_region)
	if address and record_call.is_left_out(ports.settings(), seconds):
		return None
	if address and record_call.is_own_number(ports, address.value):
		raise BadInput("{0} is a number of the business's own: its calls are nobody's.", number)
	row = record_call.thread_by_phone(ports, address, at_us, key) if address else None
	if row is None:
		raise BadInput("“{0}” is no phone number.", number)
	return visible_thread(ports, row["name"])


@DESK.post_call("read", "thread upto")
def read(ports: Ports, params: Params) -> dict[str, int]:
	"""Note up to which entry of a thread staff have read."""
	thread = visible_thread(ports, params.text("thread"))
	return {"unread": mark_read_by_staff(ports, thread["name"], params.integer("upto"))}


@DESK.post_call("invite", "customers channel")
def invite_customers(ports: Ports, params: Params) -> list[InvitedView]:
	"""Send customers a link that signs them in; for each say how it goes, or why not."""
	return invite(ports, params.texts("customers"), params.text("channel", "auto"))


@DESK.post_call("sign_in_link", "customer")
def make_office_link(ports: Ports, params: Params) -> OfficeLinkView:
	"""Return a link that signs a customer in, for the office to hand over itself."""
	return office_link(ports, _customer(ports, params), params.asked_by)


@DESK.post_call("revoke_links", "customer")
def revoke_all_links(ports: Ports, params: Params) -> dict[str, int]:
	"""Let no link of a customer's open anything any more; return how many did until now."""
	return {"revoked": revoke_links(ports, _customer(ports, params))}


@DESK.get_call("sign_ins", "customer")
def list_sign_ins(ports: Ports, params: Params) -> list[SignInLinkView]:
	"""Return the latest links by which a customer signs in, the newest first; of one whom nobody may see, none."""
	row = threads.of_party(ports.database, Party("Customer", params.text("customer")))
	is_seen = row is not None and threads.is_visible(ports.database, row["name"], ports.visible())
	return list_sign_in_links(ports, row) if row and is_seen else []


@DESK.post_call("trust", "thread address trusted")
def trust(ports: Ports, params: Params) -> list[AddressView]:
	"""Trust an e-mail address on file, or take that back."""
	row = visible_thread(ports, params.text("thread"))
	address = Address("Email", params.text("address").strip().lower())
	say_trusted(ports, row["name"], address, trusted=params.boolean("trusted"), by=params.asked_by)
	return addresses_of(ports, row["name"])


@DESK.post_call("renew", "thread")
def renew(ports: Ports, params: Params) -> InboxLine:
	"""Give a thread new secret addresses; what is sent to the old ones waits unmatched."""
	row = visible_thread(ports, params.text("thread"))
	renew_addresses(ports, row, params.asked_by)
	return inbox_line(row)
