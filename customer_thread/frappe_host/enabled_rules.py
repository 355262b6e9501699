"""The site's Thread Card Rules that are in force."""

from collections.abc import Collection
from typing import Any

import frappe

from customer_thread.domain.cards.model import CardRule
from customer_thread.domain.cards.values import names
from customer_thread.frappe_host.wiring import site_ports

RULE = "Thread Card Rule"
_CACHED = "customer_thread_card_documents"
#: seconds
_CACHED_FOR = 300
_COLUMNS = ", ".join(f"`{name}`" for name in CardRule.__dataclass_fields__)
_RULES = (
	f"SELECT {_COLUMNS} FROM `tabThread Card Rule` WHERE document_type = %(doctype)s AND enabled = 1 "
	"ORDER BY creation, name"
)


def forget_rules() -> None:
	"""Look the rules up anew: one of them was changed; again once the change holds or is taken back."""
	_forget()
	frappe.db.after_commit.add(_forget)
	frappe.db.after_rollback.add(_forget)


def _forget() -> None:
	frappe.cache.delete_value(_CACHED)
	setattr(frappe.local, _CACHED, None)


def document_types() -> frozenset[str]:
	"""Return the document types that have a rule; asked at every save of every document."""
	known: frozenset[str] | None = getattr(frappe.local, _CACHED, None)
	if known is None:
		known = frozenset(_cached_document_types())
		setattr(frappe.local, _CACHED, known)
	return known


def _cached_document_types() -> list[str]:
	found: list[str] | None = frappe.cache.get_value(_CACHED, expires=True)
	if found is None:
		found = frappe.get_all(RULE, {"enabled": 1}, pluck="document_type", distinct=True, order_by=None)
		# a transaction that began before a rule was changed may put the old list back: not for long
		frappe.cache.set_value(_CACHED, found, expires_in_sec=_CACHED_FOR)
	return found


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
	# not by Frappe's own query, which takes longer than the database
	rows = site_ports().database.select(_RULES, {"doctype": doctype})
	return [CardRule.from_row(row) for row in rows]


def put_in_force(doctypes: Collection[str] | None = None) -> None:
	"""Let the rules, all or those about some document types, be in force from now on.

	What happened before is looked at when history is brought in: nobody asked them, or what they said was lost.
	"""
	filters: dict[str, Any] = {"enabled": 1}
	if doctypes is not None:
		filters["document_type"] = ("in", list(doctypes))
	now_us = site_ports().clock.now_us()
	frappe.db.set_value(RULE, filters, "in_force_since_us", now_us, update_modified=False)
