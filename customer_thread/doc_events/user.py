"""A User's notices wait on under another name."""

from frappe.model.document import Document

from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.store import notices


def after_rename(doc: Document, method: str, old: str, new: str, merge: bool = False) -> None:
	"""Let what waits for them be theirs: whoever reads a thread is known by the user's name."""
	if not is_setting_up():
		with guarded(f"Notices of renamed User {old}"):
			notices.rename_reader(site_ports().database, str(old), str(new))
