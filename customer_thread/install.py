"""What a site needs besides the DocTypes."""

import frappe

from customer_thread.store.indexes import INDEXES


def after_install() -> None:
	"""Make the indexes over several columns."""
	make_indexes()


def after_migrate() -> None:
	"""Make those that a new version brought."""
	make_indexes()


def make_indexes() -> None:
	"""Make every index of `store/indexes.py` that is not there. Safe to repeat."""
	for index in INDEXES:
		columns = list(index.columns)
		if index.unique:
			frappe.db.add_unique(index.doctype, columns, constraint_name=index.name)
		else:
			frappe.db.add_index(index.doctype, columns, index_name=index.name)
