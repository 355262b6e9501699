"""SMS Log: what Frappe's own Notification and SMS Center have texted."""

from typing import TYPE_CHECKING

from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.logs import numbers_of, record_sms_log

if TYPE_CHECKING:
	from frappe.model.document import Document


def after_insert(doc: "Document", method: str | None = None) -> None:
	"""Show the text in the thread of each number it was sent to."""
	if is_setting_up():
		return
	for number in numbers_of(doc):
		with guarded(f"SMS Log {doc.name}"):
			record_sms_log(doc, number)
