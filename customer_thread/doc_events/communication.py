"""Communication: the site's e-mails. Taken in by a job of their own, when their files are there too."""

from typing import TYPE_CHECKING

import frappe

from customer_thread.frappe_host.communications import is_received, is_sent
from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.secret_mail import conceal_in_communication

if TYPE_CHECKING:
	from frappe.model.document import Document


def before_validate(doc: "Document", method: str | None = None) -> None:
	"""Replace the secret addresses in it."""
	if not is_setting_up():
		with guarded(f"Secret addresses in Communication {doc.name}"):
			conceal_in_communication(doc)


def on_change(doc: "Document", method: str | None = None) -> None:
	"""Take a mail in once it has come, or once it has really left."""
	if not is_setting_up() and (is_received(doc) or is_sent(doc)):
		frappe.enqueue(
			"customer_thread.tasks.receive_communication",
			queue="short",
			enqueue_after_commit=True,
			name=doc.name,
		)
