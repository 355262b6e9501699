"""A ToDo about a thread says whose turn it is there."""

from typing import TYPE_CHECKING

from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.turns import follow_todo
from customer_thread.permissions import THREAD

if TYPE_CHECKING:
	from frappe.model.document import Document


def on_change(doc: "Document", method: str | None = None) -> None:
	"""Let it be the turn of whoever has it among their tasks, however it came there or went."""
	if doc.reference_type == THREAD and doc.reference_name and not is_setting_up():
		with guarded(f"Assignment {doc.name}"):
			follow_todo(str(doc.reference_name))


def after_delete(doc: "Document", method: str | None = None) -> None:
	"""Likewise."""
	on_change(doc)
