"""A Thread Card Rule as it is saved and tried out in the Desk."""

from collections.abc import Mapping
from typing import Any

import frappe
from frappe.model import display_fieldtypes, table_fields
from frappe.utils import get_system_timezone

from customer_thread.domain.cards.check import check
from customer_thread.domain.cards.document_type import DocumentType, check_document_type, is_switched_off
from customer_thread.domain.cards.model import CardRule
from customer_thread.domain.errors import BadInput, NotAllowed, NotFound
from customer_thread.frappe_host.owners import owner_of
from customer_thread.frappe_host.unwritten import as_rules_see
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.cards.preview_card import PreviewView, preview_card


def check_rule(row: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
	"""Raise BadInput if a rule cannot work on this site; to switch one off is always possible."""
	rule = CardRule.from_row(row)
	if before and is_switched_off(CardRule.from_row(before), rule):
		return
	kind = document_type(rule.document_type)
	check_document_type(rule, kind)
	check(rule, kind.fields if kind else None)


def preview(row: Mapping[str, Any], document: str) -> PreviewView:
	"""Return what a rule would make of a document. Raise BadInput, NotFound, or NotAllowed if it may not be read."""
	try:
		rule = CardRule.from_row(row)
	except (TypeError, ValueError):
		raise BadInput("This is no card rule.") from None
	kind = document_type(rule.document_type)
	check_document_type(rule, kind)
	if kind is None or not frappe.db.exists(kind.name, document):
		raise NotFound("There is no such document.")
	found = frappe.get_doc(kind.name, document)
	if not found.has_permission("read"):
		raise NotAllowed("You may not read this document.")
	return preview_card(
		site_ports(),
		rule,
		as_rules_see(found.as_dict()),
		kind,
		timezone=get_system_timezone(),
		owner_of=owner_of,
	)


def document_type(name: str) -> DocumentType | None:
	"""Return what the rules must know of a DocType; None if the site has none of that name."""
	if not name or not frappe.db.exists("DocType", name):
		return None
	meta = frappe.get_meta(name)
	fields = {field.fieldname for field in meta.fields if field.fieldtype not in display_fieldtypes}
	for table in meta.get("fields", {"fieldtype": ("in", table_fields)}):
		columns = frappe.get_meta(table.options).fields
		fields |= {f"{table.fieldname}.{column.fieldname}" for column in columns}
	return DocumentType(
		name=name,
		module=meta.module,
		fields=frozenset(fields),
		submittable=bool(meta.is_submittable),
		is_child_table=bool(meta.istable),
		is_single=bool(meta.issingle),
	)
