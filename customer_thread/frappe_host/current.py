"""A document as its row is now, which another instance of it may have changed; and as an instance has it."""

from typing import Any

import frappe
from frappe.model import optional_fields
from frappe.model.document import Document
from frappe.model.meta import Meta

from customer_thread.domain.portal.pages import Reference
from customer_thread.frappe_host.database import FrappeDatabase


def current(doc: Document, name: str, names: frozenset[str] | None) -> dict[str, Any]:
	"""Return a document's fields of these names as its row has them now, with all its tables; empty if it is gone.

	The tables are the instance's, which may have another name if it was renamed since. `names`: None for all
	fields, which takes long for a document of hundreds.
	"""
	if names is None or not _are_stored(doc.meta, names):
		row = frappe.db.get_value(doc.doctype, name, "*", as_dict=True)
		return {**doc.as_dict(), **row} if row else {}
	row = _row(doc.meta, name, names)
	return {**_tables(doc), **row} if row else {}


def as_loaded(doc: Document, names: frozenset[str] | None) -> dict[str, Any]:
	"""Return an instance's own fields of these names, with all its tables; `names`: as in `current`."""
	if names is None or not _are_stored(doc.meta, names):
		whole: dict[str, Any] = doc.as_dict()
		return whole
	own = {column: doc.get(column) for column in _columns(doc.meta, names)}
	return {**_tables(doc), **own, "doctype": doc.doctype}


def stored(reference: Reference, names: frozenset[str] | None) -> dict[str, Any] | None:
	"""Return a document's fields of these names as they are within this transaction; None if it is not there.

	Where a table is among them it is all of it, as it is with `names` None.
	"""
	meta = frappe.get_meta(reference.doctype)
	is_flat = names is not None and not any(field.fieldname in names for field in meta.get_table_fields())
	if names is None or not is_flat or meta.issingle or not _are_stored(meta, names):
		if not frappe.db.exists(reference.doctype, reference.name):
			return None
		whole: dict[str, Any] = frappe.get_doc(reference.doctype, reference.name).as_dict()
		return whole
	return _row(meta, reference.name, names)


def _row(meta: Meta, name: str, names: frozenset[str]) -> dict[str, Any] | None:
	columns = ", ".join(f"`{column}`" for column in _columns(meta, names))
	sql = f"SELECT {columns} FROM `tab{meta.name}` WHERE name = %(name)s"
	rows = FrappeDatabase().select(sql, {"name": name})
	return {**rows[0], "doctype": meta.name} if rows else None


def _columns(meta: Meta, names: frozenset[str]) -> list[str]:
	return [column for column in meta.get_valid_columns() if column in names - {"doctype"}]


def _tables(doc: Document) -> dict[str, Any]:
	tables = (field.fieldname for field in doc.meta.get_table_fields())
	return {table: [row.as_dict() for row in doc.get(table) or []] for table in tables}


def _are_stored(meta: Meta, names: frozenset[str]) -> bool:
	"""Return whether a document's own columns hold all of these that are fields of it."""
	fields = (meta.get_field(name) for name in names)
	return names.isdisjoint(optional_fields) and not any(
		field and field.get("is_virtual") for field in fields
	)
