"""The site's Thread Card Rules that are in force."""

from collections.abc import Collection
from typing import Any

import frappe

from customer_thread.domain.cards.model import CardRule
from customer_thread.domain.cards.values import names
from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.noted_types import RULE
from customer_thread.gateways.system import SystemClock

_COLUMNS = ", ".join(f"`{name}`" for name in CardRule.__dataclass_fields__)
_RULES = f"SELECT {_COLUMNS} FROM `tabThread Card Rule` WHERE document_type = %(doctype)s"
_ORDER = " ORDER BY creation, name"


def giving_way() -> frozenset[str]:
	"""Return the document types that have a rule which gives way to another document type's cards."""
	rules = [CardRule.from_row(row) for row in frappe.get_all(RULE, {"enabled": 1}, ["*"])]
	return frozenset(
		rule.document_type
		for rule in rules
		for other in rules
		if other.event_type in names(rule.gives_way_to) and other.document_type != rule.document_type
	)


def rules_of(doctype: str) -> list[CardRule]:
	"""Return the rules in force about a document type, in the order in which they were made."""
	return _rules(f"{_RULES} AND enabled = 1", doctype)


def all_rules_of(doctype: str) -> list[CardRule]:
	"""Return the rules about a document type, those that are switched off too."""
	return _rules(_RULES, doctype)


def _rules(sql: str, doctype: str) -> list[CardRule]:
	# not by Frappe's own query, which takes longer than the database
	return [CardRule.from_row(row) for row in FrappeDatabase().select(sql + _ORDER, {"doctype": doctype})]


def put_in_force(doctypes: Collection[str] | None = None) -> None:
	"""Let the rules, all or those about some document types, be in force from now on.

	What happened before is looked at when history is brought in: nobody asked them, or what they said was lost.
	"""
	filters: dict[str, Any] = {"enabled": 1}
	if doctypes is not None:
		filters["document_type"] = ("in", list(doctypes))
	now_us = SystemClock().now_us()
	frappe.db.set_value(RULE, filters, "in_force_since_us", now_us, update_modified=False)
