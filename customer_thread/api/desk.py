"""Staff: Thread Agent, Thread Manager or System Manager, by session or API key."""

import frappe

from customer_thread.api import endpoint, require_staff
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.desk import desk_calls
from customer_thread.service.desk.desk_calls import SentView
from customer_thread.service.desk.read_inbox import InboxLine, InboxView
from customer_thread.service.desk.read_thread import DeliveryView, NoteView, ThreadView
from customer_thread.service.params import Params
from customer_thread.service.reading.present import EntryView


@frappe.whitelist(methods=["GET"])
@endpoint
def threads(
	filter: object = None, q: object = None, before: object = None, limit: object = None
) -> InboxView:
	"""Return the threads, the latest first."""
	require_staff()
	given = {"filter": filter, "q": q, "before": before, "limit": limit}
	return desk_calls.list_threads(site_ports(), Params(given))


@frappe.whitelist(methods=["GET"])
@endpoint
def thread(
	customer: object = None,
	thread: object = None,
	limit: object = None,
	before: object = None,
	newer: object = None,
	after: object = None,
	around: object = None,
	q: object = None,
) -> ThreadView:
	"""Return one thread with its notes and deliveries."""
	require_staff()
	place = {"limit": limit, "before": before, "newer": newer, "after": after, "around": around, "q": q}
	return desk_calls.thread(site_ports(), Params({"customer": customer, "thread": thread, **place}))


@frappe.whitelist(methods=["POST"])
@endpoint
def send(
	customer: object = None,
	text: object = None,
	channel: object = None,
	urgent: object = None,
	automated: object = None,
	when: object = None,
	client_id: object = None,
) -> SentView:
	"""Write to a customer; return the entry and its deliveries, with the reason of each."""
	user = require_staff()
	how = {"channel": channel, "urgent": urgent, "automated": automated, "when": when}
	given = {"customer": customer, "text": text, **how, "client_id": client_id}
	return desk_calls.send(site_ports(), Params(given), user)


@frappe.whitelist(methods=["POST"])
@endpoint
def note(customer: object = None, text: object = None) -> NoteView | None:
	"""Keep an internal note."""
	user = require_staff()
	return desk_calls.note(site_ports(), Params({"customer": customer, "text": text}), user)


@frappe.whitelist(methods=["POST"])
@endpoint
def record_event(
	customer: object = None,
	event_type: object = None,
	title: object = None,
	amount: object = None,
	currency: object = None,
	at: object = None,
	url: object = None,
	reference_doctype: object = None,
	reference_name: object = None,
	source_key: object = None,
) -> EntryView:
	"""Write a card and return its entry."""
	require_staff()
	given = {
		"customer": customer,
		"event_type": event_type,
		"title": title,
		"amount": amount,
		"currency": currency,
		"at": at,
		"url": url,
		"reference_doctype": reference_doctype,
		"reference_name": reference_name,
		"source_key": source_key,
	}
	return desk_calls.record_event(site_ports(), Params(given))


@frappe.whitelist(methods=["POST"])
@endpoint
def record_call(
	customer: object = None,
	phone: object = None,
	seconds: object = None,
	at: object = None,
	direction: object = None,
	source_key: object = None,
) -> EntryView | None:
	"""Write a call entry; null for a missed call that the settings leave out."""
	require_staff()
	given = {"customer": customer, "phone": phone, "seconds": seconds}
	given |= {"at": at, "direction": direction, "source_key": source_key}
	return desk_calls.record_call_entry(site_ports(), Params(given))


@frappe.whitelist(methods=["POST"])
@endpoint
def read(thread: object = None, upto: object = None) -> dict[str, int]:
	"""Note up to which entry of a thread staff have read."""
	require_staff()
	return desk_calls.read(site_ports(), Params({"thread": thread, "upto": upto}))


@frappe.whitelist(methods=["POST"])
@endpoint
def assign(thread: object = None, customer: object = None) -> InboxLine:
	"""Give an unmatched thread to a customer."""
	require_staff()
	return desk_calls.assign(site_ports(), Params({"thread": thread, "customer": customer}))


@frappe.whitelist(methods=["POST"])
@endpoint
def retry(delivery: object = None) -> DeliveryView:
	"""Try a failed delivery again."""
	require_staff()
	return desk_calls.retry(site_ports(), Params({"delivery": delivery}))
