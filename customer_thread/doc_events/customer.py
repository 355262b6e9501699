"""A Customer's thread; a Lead's becomes theirs."""

from frappe.model.document import Document

from customer_thread.doc_events.contact import after_rename, before_rename, on_trash
from customer_thread.doc_events.contact import on_change as contact_on_change
from customer_thread.frappe_host import contacts
from customer_thread.frappe_host.guard import guarded, is_setting_up

__all__ = ["after_insert", "after_rename", "before_rename", "on_change", "on_trash"]


def after_insert(doc: Document, method: str) -> None:
	"""Take over the thread of the Lead they were, before their contacts are linked to the Customer."""
	if doc.lead_name and not (is_setting_up() or doc.flags.in_delete):
		with guarded(f"Thread of Lead {doc.lead_name}"):
			contacts.convert_lead(doc.lead_name, doc.name)


def on_change(doc: Document, method: str) -> None:
	"""Keep the contact points in step, and take over the thread of a Lead that was named later."""
	after_insert(doc, method)
	contact_on_change(doc, method)
