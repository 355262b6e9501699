"""An Event in the calendar may be that of an Appointment, and calls it off."""

from frappe.model.document import Document

from customer_thread.frappe_host.called_off import call_off, follow_event


def on_change(doc: Document, method: str) -> None:
	"""Report its Appointment as cancelled, or as open again."""
	follow_event(doc)


def after_delete(doc: Document, method: str) -> None:
	"""Report it and its Appointment as cancelled."""
	call_off(doc)
