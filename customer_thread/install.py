"""What a site needs besides the DocTypes."""

import frappe

from customer_thread.store.indexes import INDEXES

RULE = "Thread Card Rule"


def after_install() -> None:
	"""Make the indexes over several columns."""
	make_indexes()


def before_migrate() -> None:
	"""Remember the card rules before Frappe lays its fixtures over what an admin has changed in them."""
	keep_rules()


def after_migrate() -> None:
	"""Make the indexes that a new version brought, and give the admin his card rules back."""
	make_indexes()
	restore_rules()


def keep_rules() -> None:
	"""Remember every card rule for the rest of this migration."""
	rows = frappe.get_all(RULE, fields=["*"]) if frappe.db.table_exists(RULE) else []
	frappe.flags.customer_thread_rules = {row.pop("name"): row for row in rows}


def restore_rules() -> None:
	"""Put the remembered card rules back; those that a new version brought stay as they ship."""
	for name, row in (frappe.flags.pop("customer_thread_rules", None) or {}).items():
		if frappe.db.exists(RULE, name):
			frappe.db.set_value(RULE, name, row, update_modified=False)


def make_indexes() -> None:
	"""Make every index of `store/indexes.py` that is not there. Safe to repeat."""
	for index in INDEXES:
		columns = list(index.columns)
		if index.unique:
			frappe.db.add_unique(index.doctype, columns, constraint_name=index.name)
		else:
			frappe.db.add_index(index.doctype, columns, index_name=index.name)
