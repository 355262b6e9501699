"""Call Log: a call that has ended becomes a call entry."""

from typing import TYPE_CHECKING

from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.logs import record_call_log

if TYPE_CHECKING:
	from frappe.model.document import Document


def on_update(doc: "Document", method: str | None = None) -> None:
	"""Write the call entry once the call has ended."""
	if not is_setting_up():
		with guarded(f"Call Log {doc.name}"):
			record_call_log(doc)
