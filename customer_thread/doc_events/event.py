"""An Event in the calendar may be that of an Appointment, and moves it or calls it off."""

from frappe.model.document import Document

from customer_thread.doc_events.appointment import on_change as forget_yes
from customer_thread.frappe_host.called_off import call_off, follow_event


def on_change(doc: Document, method: str) -> None:
	"""Report its Appointment as cancelled, open again or moved; a yes to another time is none to this one."""
	follow_event(doc)
	forget_yes(doc, method)


def after_delete(doc: Document, method: str) -> None:
	"""Report it and its Appointment as cancelled."""
	call_off(doc)
