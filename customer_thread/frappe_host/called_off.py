"""What calls an appointment off where ERPNext has no status for it.

An Appointment knows Open, Unverified and Closed only (erpnext/crm/doctype/appointment/appointment.json). Whoever
cancels its Event in the calendar calls it off, and so does whoever deletes one of the two before its time. The card
rules see it with the status “Cancelled”; the document itself stays as it is.
"""

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from customer_thread.domain.cards.over import is_over
from customer_thread.frappe_host.cards import report_as, report_other
from customer_thread.frappe_host.guard import guarded, is_setting_up

_CANCELLED = {"status": "Cancelled"}


def follow_event(event: Document) -> None:
	"""Report the Appointment of an Event that was cancelled, or opened again. It never fails."""
	before = event.get_doc_before_save()
	if before and _is_cancelled(before) != _is_cancelled(event):
		_report_appointments(event, was_cancelled=_is_cancelled(before))


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
