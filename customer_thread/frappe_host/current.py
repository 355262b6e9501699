"""A document as its row is now, which another instance of it may have changed; and as an instance has it."""

from typing import Any

import frappe
from frappe.model import optional_fields
from frappe.model.document import Document

from customer_thread.frappe_host.database import FrappeDatabase


def current(doc: Document, name: str, names: frozenset[str] | None) -> dict[str, Any]:
	"""Return a document's fields of these names as its row has them now, with all its tables; empty if it is gone.

	The tables are the instance's, which may have another name if it was renamed since. `names`: None for all
	fields, which takes long for a document of hundreds.
	"""
	if names is None or not _are_stored(doc, names):
		row = frappe.db.get_value(doc.doctype, name, "*", as_dict=True)
		return {**doc.as_dict(), **row} if row else {}
	columns = ", ".join(f"`{column}`" for column in _columns(doc, names))
	rows = FrappeDatabase().select(
		f"SELECT {columns} FROM `tab{doc.doctype}` WHERE name = %(name)s", {"name": name}
	)
	return {**_tables(doc), **rows[0], "doctype": doc.doctype} if rows else {}


def as_loaded(doc: Document, names: frozenset[str] | None) -> dict[str, Any]:
	"""Return an instance's own fields of these names, with all its tables; `names`: as in `current`."""
	if names is None or not _are_stored(doc, names):
		whole: dict[str, Any] = doc.as_dict()
		return whole
	own = {column: doc.get(column) for column in _columns(doc, names)}
	return {**_tables(doc), **own, "doctype": doc.doctype}


def _columns(doc: Document, names: frozenset[str]) -> list[str]:
	return [column for column in doc.meta.get_valid_columns() if column in names - {"doctype"}]


def _tables(doc: Document) -> dict[str, Any]:
	tables = (field.fieldname for field in doc.meta.get_table_fields())
	return {table: [row.as_dict() for row in doc.get(table) or []] for table in tables}


def _are_stored(doc: Document, names: frozenset[str]) -> bool:
	"""Return whether the document's own columns hold all of these that are fields of it."""
	fields = (doc.meta.get_field(name) for name in names)
	return names.isdisjoint(optional_fields) and not any(
		field and field.get("is_virtual") for field in fields
	)
