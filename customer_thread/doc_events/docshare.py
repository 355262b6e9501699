"""What stands in a thread is shared with nobody: who may see it, the customer's own permissions say."""

from typing import TYPE_CHECKING

import frappe
from frappe import _

from customer_thread.permissions import THREAD

if TYPE_CHECKING:
	from frappe.model.document import Document


def validate(doc: "Document", method: str | None = None) -> None:
	"""Raise PermissionError for a thread, as Frappe shares what it assigns with whoever may not see it."""
	if doc.share_doctype == THREAD:
		words = _("{0} may not see this conversation. Choose somebody else.")
		frappe.throw(words.format(frappe.utils.escape_html(doc.user or "")), frappe.PermissionError)
