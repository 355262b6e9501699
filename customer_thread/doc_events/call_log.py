"""Call Log: a call that has ended is a marker. Never its summary, recording or transcript."""

from typing import TYPE_CHECKING

from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.times import site_us
from customer_thread.frappe_host.wiring import ports
from customer_thread.service.record_logged import record_logged_call

if TYPE_CHECKING:
	from frappe.model.document import Document

#: erpnext/telephony/doctype/call_log/call_log.py, and Canceled, which it has too
ENDED = ("Completed", "No Answer", "Busy", "Failed", "Canceled")


def on_update(doc: "Document", method: str | None = None) -> None:
	"""Write the marker once the call has ended."""
	if doc.status not in ENDED or is_setting_up():
		return
	with guarded(f"Call Log {doc.name}"):
		seconds = int(doc.duration or 0) if doc.status == "Completed" else 0
		record_logged_call(
			ports(),
			doc.id or doc.name,
			(doc.get("from") or "", doc.get("to") or ""),
			incoming=doc.type != "Outgoing",
			seconds=seconds,
			occurred_us=site_us(doc.start_time or doc.creation),
		)
