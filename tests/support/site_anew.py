"""The copied site as it is once the app has been installed, for tests that come after others which commit."""

import frappe

from support.site import committed, require_copy
from support.site_processes import end_all

SETTINGS = "Customer Thread Settings"
#: what Frappe keeps beside our own
TRACES = ("Email Queue", "Email Queue Recipient", "Communication", "Error Log")
_SHIPPED = {"Thread Automation": "thread_automation.json", "Thread Saved Reply": "thread_saved_reply.json"}
_used = False


def empty() -> None:
	"""Remove every row of ours but the card rules, which the services' tests leave alone."""
	global _used
	from support.mariadb_schema import doctypes

	require_copy()
	_used = True
	for doctype, meta in doctypes().items():
		if not meta.get("issingle") and doctype != "Thread Card Rule":
			frappe.db.sql(f"DELETE FROM `tab{doctype}`")


def forget_settings() -> None:
	"""Remove all settings, as if none had ever been saved."""
	frappe.db.delete("Singles", {"doctype": SETTINGS})
	frappe.db.delete("Customer Thread Tab")
	frappe.clear_document_cache(SETTINGS, SETTINGS)


def bring(doctype: str) -> None:
	"""Give a site what comes with the app, where it has been removed."""
	path = frappe.get_app_path("customer_thread", "fixtures", _SHIPPED[doctype])
	for row in frappe.get_file_json(path):
		frappe.get_doc(row).insert(set_name=row["name"])


def renew() -> None:
	"""Take back what other tests have committed, if any has."""
	global _used
	if not _used:
		return
	from customer_thread.install import save_first_settings

	end_all()
	with committed():
		empty()
		for doctype in TRACES:
			frappe.db.delete(doctype)
		forget_settings()
		save_first_settings()
		for doctype in _SHIPPED:
			bring(doctype)
	with committed():
		frappe.clear_cache()
	_used = False
