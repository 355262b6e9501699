"""What calls an appointment off where ERPNext has no status for it.

An Appointment knows Open, Unverified and Closed only (erpnext/crm/doctype/appointment/appointment.json). Whoever
cancels its Event in the calendar calls it off, and so does whoever deletes one of the two before its time. The card
rules see it with the status “Cancelled”; the document itself stays as it is.

Whoever moves its Event in the calendar moves it: ERPNext writes an Appointment's time into its Event, and never the
other way, so that the two would say different times until the next save of the Appointment moved the Event back.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from customer_thread.domain.cards.over import is_over
from customer_thread.domain.cards.values import word
from customer_thread.frappe_host.cards import report_as, report_moved, report_other
from customer_thread.frappe_host.confirmed import forget_if_moved
from customer_thread.frappe_host.guard import guarded, is_setting_up

_CANCELLED = {"status": "Cancelled"}


def follow_event(event: Document) -> None:
	"""Report the Appointment of an Event that was cancelled, opened again, or moved. It never fails."""
	before = event.get_doc_before_save()
	if not before:
		return
	# first: what is called off and moved at once was to take place at the time it had
	if _is_cancelled(before) != _is_cancelled(event):
		_report_appointments(event, was_cancelled=_is_cancelled(before))
	if word(before.starts_on) != word(event.starts_on):
		_move_appointments(event)


def _move_appointments(event: Document) -> None:
	"""Give the open Appointment of an Event its time, unless it has it: it may have moved the Event itself."""
	if is_setting_up() or not event.starts_on:
		return
	with guarded(f"Appointments of moved Event {event.name}"):
		for name in frappe.get_all(
			"Appointment", {"calendar_event": event.name, "status": "Open"}, pluck="name"
		):
			was, moved = frappe.get_doc("Appointment", name), frappe.get_doc("Appointment", name)
			if word(was.scheduled_time) == word(event.starts_on):
				continue
			# its own save would save the Event anew, under the feet of whoever has it open
			frappe.db.set_value("Appointment", name, "scheduled_time", event.starts_on)
			moved.reload()
			forget_if_moved(moved, was)
			report_moved(moved, was)


def call_off(doc: Document) -> None:
	"""Report a deleted Appointment or Event as cancelled if its time is still to come. It never fails."""
	if is_setting_up():
		return
	with guarded(f"Calling off {doc.doctype} {doc.name}"):
		if not is_over(doc.as_dict(), now_datetime()):
			report_as(doc, _CANCELLED)
	if doc.doctype == "Event":
		_report_appointments(doc, was_cancelled=_is_cancelled(doc))


def _report_appointments(event: Document, *, was_cancelled: bool) -> None:
	if is_setting_up():
		return
	with guarded(f"Appointments of Event {event.name}"):
		for name in frappe.get_all("Appointment", {"calendar_event": event.name}, pluck="name"):
			appointment = frappe.get_doc("Appointment", name)
			is_open = appointment.status == "Open"
			report_other(appointment, _CANCELLED if is_open and was_cancelled else {})


def _is_cancelled(event: Document) -> bool:
	return bool(event.status == "Cancelled")
