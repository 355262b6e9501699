"""`customer_thread.api.desk.*` on this host: for staff, who come with a token."""

from typing import Any

from customer_thread.domain.addresses import phone
from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.model import Party
from customer_thread.domain.times import parse
from customer_thread.service import record_event as events
from customer_thread.service.add_note import add_note
from customer_thread.service.assign_thread import assign_thread
from customer_thread.service.open_thread import open_thread
from customer_thread.service.read_threads import delivery_view, note_view, read_thread, read_threads, summary
from customer_thread.service.read_timeline import Query, read_timeline
from customer_thread.service.record_call import is_left_out, record_call, thread_by_phone
from customer_thread.service.retry_delivery import retry_delivery
from customer_thread.service.send_message import send_message
from customer_thread.standalone.params import Params
from customer_thread.standalone.portal_calls import query_of
from customer_thread.standalone.wiring import Host
from customer_thread.store import deliveries, threads
from customer_thread.store.database import Row


def _customer(host: Host, params: Params) -> Row:
	return open_thread(host.ports, Party("Customer", params.text("customer")))


def _entry(host: Host, thread: str, entry: int) -> dict[str, Any]:
	page = read_timeline(host.ports, thread, Query(limit=1, around=entry))
	found: dict[str, Any] = page["entries"][0]
	return found


def list_threads(host: Host, params: Params) -> dict[str, Any]:
	"""Return the threads."""
	return read_threads(
		host.ports,
		which=params.text("filter", "all"),
		q=params.text("q", ""),
		before=params.text("before", ""),
		limit=params.integer("limit", 50),
	)


def thread(host: Host, params: Params) -> dict[str, Any]:
	"""Return one thread with its notes and deliveries."""
	name = params.text("thread", "")
	row = threads.get(host.ports.database, name) if name else None
	if row is None and not name:
		row = threads.of_party(host.ports.database, Party("Customer", params.text("customer")))
	if row is None:
		raise NotFound("There is no such thread.")
	return read_thread(host.ports, row, query_of(params))


def send(host: Host, params: Params) -> dict[str, Any]:
	"""Write to a customer."""
	if params.text("when", "now") != "now":
		raise BadInput("when can only be now: this host keeps no quiet hours.")
	row = _customer(host, params)
	posted = send_message(
		host.ports,
		row,
		params.text("text"),
		channel=params.text("channel", "auto"),
		urgent=params.boolean("urgent"),
		automated=params.boolean("automated"),
		client_id=params.text("client_id", ""),
	)
	sent = deliveries.of_entry(host.ports.database, posted.entry)
	return {
		"entry": _entry(host, posted.thread, posted.entry),
		"deliveries": [delivery_view(row) for row in sent],
	}


def note(host: Host, params: Params) -> dict[str, Any] | None:
	"""Keep an internal note."""
	written = add_note(host.ports, _customer(host, params), params.text("text"), author=None)
	return note_view(written) if written else None


def record_event(host: Host, params: Params) -> dict[str, Any]:
	"""Write a card."""
	now = host.ports.clock.now_us()
	at = params.text("at", "")
	row = _customer(host, params)
	event = events.NewEvent(
		event_type=params.text("event_type"),
		title=params.text("title"),
		occurred_us=parse(at, now) if at else now,
		source_key=params.text("source_key", "") or host.ports.ids.token(),
		amount=events.amount_of(params.text("amount", "")),
		currency=params.text("currency", ""),
		url=params.text("url", ""),
		reference_doctype=params.text("reference_doctype", ""),
		reference_name=params.text("reference_name", ""),
	)
	posted = events.record_event(host.ports, row, event)
	return _entry(host, posted.thread, posted.entry)


def record_call_marker(host: Host, params: Params) -> dict[str, Any] | None:
	"""Write a call's marker; null for a missed call that the settings leave out."""
	now = host.ports.clock.now_us()
	at = params.text("at", "")
	seconds = params.integer("seconds")
	row = _customer(host, params) if params.text("customer", "") else _caller(host, params, seconds)
	if row is None:
		return None
	posted = record_call(
		host.ports,
		row,
		seconds=seconds,
		occurred_us=parse(at, now) if at else now,
		direction=params.text("direction", "inbound").lower(),
		key=params.text("source_key", "") or host.ports.ids.token(),
	)
	return _entry(host, posted.thread, posted.entry) if posted else None


def _caller(host: Host, params: Params, seconds: int) -> Row | None:
	"""Return whose call it was; None for a missed one that would open a thread with nothing in it."""
	number = params.text("phone", "")
	if not number:
		raise BadInput("Say whose call it was: customer or phone.")
	address = phone(number, host.settings().default_region)
	if address and is_left_out(host.ports, seconds):
		return None
	row = thread_by_phone(host.ports, address) if address else None
	if row is None:
		raise BadInput(f"“{number}” is no phone number.")
	return row


def assign(host: Host, params: Params) -> dict[str, Any]:
	"""Give an unmatched thread to a customer."""
	target = _customer(host, params)
	unmatched = threads.get(host.ports.database, params.text("thread"))
	if unmatched is None:
		raise NotFound("There is no such thread.")
	return summary(assign_thread(host.ports, unmatched, target))


def retry(host: Host, params: Params) -> dict[str, Any]:
	"""Try a failed delivery again."""
	return delivery_view(retry_delivery(host.ports, params.text("delivery")))
