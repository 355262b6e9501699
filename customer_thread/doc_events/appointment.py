"""An Appointment that is deleted is called off; one that moves is not confirmed any more."""

from frappe.model.document import Document

from customer_thread.frappe_host.called_off import call_off
from customer_thread.frappe_host.confirmed import forget_if_moved
from customer_thread.frappe_host.guard import is_setting_up


def on_change(doc: Document, method: str) -> None:
	"""Take the customer's yes back if it is at another time now."""
	if not (is_setting_up() or doc.flags.in_delete):
		forget_if_moved(doc, doc.get_doc_before_save())


def after_delete(doc: Document, method: str) -> None:
	"""Report it as cancelled."""
	call_off(doc)
