"""An Appointment that is deleted is called off."""

from frappe.model.document import Document

from customer_thread.frappe_host.called_off import call_off


def after_delete(doc: Document, method: str) -> None:
	"""Report it as cancelled."""
	call_off(doc)
