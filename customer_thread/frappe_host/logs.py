"""Call Log and SMS Log, as the services take them. Never a summary, recording or transcript."""

from typing import TYPE_CHECKING

from customer_thread.frappe_host.times import site_us
from customer_thread.frappe_host.users import is_portal_user
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.incoming.record_logged import record_logged_call, record_logged_sms

if TYPE_CHECKING:
	from frappe.model.document import Document

#: erpnext/telephony/doctype/call_log/call_log.py, and Canceled, which it has too
ENDED = ("Completed", "No Answer", "Busy", "Failed", "Canceled")


def record_call_log(doc: "Document", *, from_history: bool = False) -> int:
	"""Write the entry of a call that has ended, once; return how many entries were new."""
	if doc.status not in ENDED:
		return 0
	posted = record_logged_call(
		site_ports(),
		doc.id or doc.name,
		(doc.get("from") or "", doc.get("to") or ""),
		incoming=doc.type != "Outgoing",
		seconds=int(doc.duration or 0) if doc.status == "Completed" else 0,
		occurred_us=site_us(doc.start_time or doc.creation),
		from_history=from_history,
	)
	return int(bool(posted and posted.is_new))


def record_sms_log(doc: "Document", number: str, *, from_history: bool = False) -> int:
	"""Show a text in the thread of one number it was sent to, once; return how many entries were new."""
	if is_portal_user(doc.owner):
		# Frappe lets every signed-in customer text through the site's gateway
		# (frappe/core/doctype/sms_settings/sms_settings.py)
		return 0
	sent_us, key = site_us(doc.creation), f"{doc.name}:{number}"
	posted = record_logged_sms(
		site_ports(), number, doc.message or "", sent_us, key, from_history=from_history
	)
	return int(bool(posted and posted.is_new))


def numbers_of(doc: "Document") -> list[str]:
	"""Return the numbers that an SMS Log was sent to, a line each."""
	return [line.strip() for line in (doc.sent_to or "").splitlines() if line.strip()]
