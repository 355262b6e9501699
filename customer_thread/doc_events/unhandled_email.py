"""Unhandled Email: a mail that Frappe could not read."""

from frappe.model.document import Document

from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.secret_mail import conceal_in_unhandled


def before_validate(doc: Document, method: str) -> None:
	"""Replace the secret addresses in it."""
	if not is_setting_up():
		with guarded(f"Secret addresses in Unhandled Email {doc.name}"):
			conceal_in_unhandled(doc)
