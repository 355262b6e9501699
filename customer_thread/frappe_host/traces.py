"""The Traces port on a Frappe site: what Frappe writes down by itself about documents of ours."""

from collections.abc import Sequence

import frappe

from customer_thread.domain.model import Party
from customer_thread.frappe_host.noted_types import RULE
from customer_thread.frappe_host.times import site_time
from customer_thread.store.database import Name

#: of each DocType of Frappe's, where it says which document it is about
_ABOUT = {
	"Activity Log": ("reference_doctype", "reference_name"),
	"Comment": ("reference_doctype", "reference_name"),
	"Deleted Document": ("deleted_doctype", "deleted_name"),
	"DocShare": ("share_doctype", "share_name"),
	"Document Follow": ("ref_doctype", "ref_docname"),
	"Error Log": ("reference_doctype", "reference_name"),
	"Notification Log": ("document_type", "document_name"),
	"Tag Link": ("document_type", "document_name"),
	"ToDo": ("reference_type", "reference_name"),
	"Version": ("ref_doctype", "docname"),
	"View Log": ("reference_doctype", "reference_name"),
	"__global_search": ("doctype", "name"),
}
#: what it keeps in the rows themselves
_WITHIN = ("_assign", "_comments", "_liked_by", "_seen", "_user_tags")


class FrappeTraces:
	"""Frappe's remarks, versions, copies and logs."""

	def of_rows(self, doctype: str, names: Sequence[Name]) -> None:
		"""Forget what is kept about these rows of a DocType of ours."""
		if not names:
			return
		listed = ("in", [str(name) for name in names])
		for file in frappe.get_all(
			"File", {"attached_to_doctype": doctype, "attached_to_name": listed}, pluck="name"
		):
			frappe.delete_doc("File", file, force=True, ignore_permissions=True, delete_permanently=True)
		for about, (kind, name) in _ABOUT.items():
			if frappe.db.table_exists(about.removeprefix("tab")) or about == "__global_search":
				frappe.db.delete(about, {kind: doctype, name: listed})
		columns = [column for column in _WITHIN if frappe.db.has_column(doctype, column)]
		if columns:
			table = frappe.qb.DocType(doctype)
			change = frappe.qb.update(table).where(table.name.isin(list(names)))
			for column in columns:
				change = change.set(table[column], None)
			change.run()

	def of_mails(self, message_ids: Sequence[str]) -> None:
		"""Forget the copies of mails in Frappe's queue, those the program has put there alone."""
		listed = ("in", [message_id.strip("<>") for message_id in message_ids])
		# a Communication's mail is Frappe's own, and goes with that
		own = {"message_id": listed, "communication": ("is", "not set")}
		for name in frappe.get_all("Email Queue", own, pluck="name") if message_ids else ():
			frappe.db.delete("Email Queue Recipient", {"parent": name})
			frappe.db.delete("Email Queue", {"name": name})

	def of_faults(self, until_us: int, limit: int) -> int:
		"""Forget the program's faults, some at a time: a traceback may quote anybody."""
		until = {"creation": ("<=", site_time(until_us))}
		ours = {"error": ("like", "%customer_thread%"), "method": ("like", "Customer Thread%")}
		names = frappe.get_all("Error Log", until, or_filters=ours, pluck="name", limit=limit)
		names = names or frappe.get_all("Error Log", {**until, "method": RULE}, pluck="name", limit=limit)
		for name in names:
			frappe.db.delete("Error Log", {"name": name})
		return len(names)

	def of_party(self, party: Party) -> None:
		"""Forget nothing: Customers, Leads, Contacts and users are the site's own, and so are their documents."""
