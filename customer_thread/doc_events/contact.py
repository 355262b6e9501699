"""A Contact's phones and e-mail addresses belong to the Customers and Leads it is linked to."""

import frappe
from frappe.model.document import Document

from customer_thread.frappe_host import contacts
from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.mailboxes import is_made_up


def before_insert(doc: Document, method: str) -> None:
	"""Make no Contact of a user whose address was made up, as Frappe does of every new user (user.create_contact)."""
	if doc.user and any(is_made_up(row.email_id) for row in doc.email_ids):
		raise frappe.DuplicateEntryError(doc.doctype, doc.user)


def on_change(doc: Document, method: str) -> None:
	"""Keep the contact points in step, after a save and after a field was set."""
	if not (is_setting_up() or doc.flags.in_delete):
		with guarded(f"Contact points of {doc.doctype} {doc.name}"):
			contacts.sync(doc.as_dict())


def before_rename(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Forget what the Contact gave that is merged into another: the other one gives it anew."""
	if merge and not is_setting_up():
		contacts.merge_parties(doc.doctype, old, new)


def after_rename(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Keep the contact points in step with what the document is now."""
	on_change(doc, method)


def on_trash(doc: Document, method: str) -> None:
	"""Forget what it gave."""
	if not is_setting_up():
		contacts.forget(doc.doctype, doc.name)
