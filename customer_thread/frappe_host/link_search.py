"""What the box of a link field offers of our DocTypes, as Frappe's own search finds it, and as text."""

from typing import Any

import frappe
from frappe.desk.search import get_std_fields_list
from frappe.utils import cint, escape_html

from customer_thread.domain.errors import NotFound

#: as in frappe/desk/search.py: what is written in a field of another kind is not looked through
_SEARCHED = {"Data", "Text", "Small Text", "Long Text", "Link", "Select"}
_MOST = 100


def search_links(
	doctype: str, txt: str, start: int, page_length: int, filters: object, *, as_dict: bool
) -> list[Any]:
	"""Return rows of documents of ours that the user may see: name, title where links show it, and the other fields.

	Frappe shows all but the name as HTML; the title is also what stands in the box, so it is escaped only where it
	would be a tag. Raise NotFound for a DocType of somebody else, PermissionError for who may not see it.
	"""
	meta = frappe.get_meta(doctype) if frappe.db.exists("DocType", doctype) else None
	if meta is None or meta.module != "Customer Thread":
		raise NotFound("There is no {0} “{1}”.", "DocType", doctype)
	named = [name for name in get_std_fields_list(meta, "name") if name == "name" or meta.has_field(name)]
	title = meta.title_field if meta.show_title_field_in_link else None
	wanted = ["name", *([f"{title} as label"] if title else []), *(name for name in named if name != "name")]
	looked = [name for name in named if name == "name" or meta.get_field(name).fieldtype in _SEARCHED]
	rows = frappe.get_list(
		doctype,
		filters=_only_enabled(meta, filters),
		or_filters=[[doctype, name, "like", f"%{txt}%"] for name in looked] if txt else None,
		fields=wanted,
		limit_start=cint(start),
		limit_page_length=min(cint(page_length) or _MOST, _MOST),
		order_by=f"idx desc, {meta.sort_field or 'modified'} {meta.sort_order or 'desc'}",
	)
	shown = [{key: _as_text(key, value) for key, value in row.items()} for row in rows]
	return shown if as_dict else [list(row.values()) for row in shown]


def _only_enabled(meta: Any, filters: object) -> list[Any]:  # noqa: ANN401 - Frappe's Meta
	given: list[Any] = list(filters) if isinstance(filters, list) else []
	if isinstance(filters, dict):
		for key, value in filters.items():
			given.append([meta.name, key, *(value if isinstance(value, list) else ["=", value])])
	return [*given, [meta.name, "enabled", "=", 1]] if meta.has_field("enabled") else given


def _as_text(field: str, value: object) -> object:
	if field == "name" or not isinstance(value, str):
		return value
	return value.replace("<", "&lt;") if field == "label" else escape_html(value)
