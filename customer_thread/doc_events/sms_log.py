"""SMS Log: what Frappe's own Notification and SMS Center have texted."""

from typing import TYPE_CHECKING

from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.times import site_us
from customer_thread.frappe_host.wiring import ports
from customer_thread.service.record_logged import record_logged_text

if TYPE_CHECKING:
	from frappe.model.document import Document


def after_insert(doc: "Document", method: str | None = None) -> None:
	"""Show the text in the thread of each number it was sent to."""
	if is_setting_up():
		return
	for number in filter(None, (line.strip() for line in (doc.sent_to or "").splitlines())):
		with guarded(f"SMS Log {doc.name}"):
			record_logged_text(
				ports(), number, doc.message or "", site_us(doc.creation), f"{doc.name}:{number}"
			)
