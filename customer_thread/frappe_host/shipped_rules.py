"""The card rules, automations and saved replies that come with the app, over a migration: what an admin made of them stays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import frappe

from customer_thread.domain.automations import in_force as automations_in_force
from customer_thread.domain.automations import shipped as automations_shipped
from customer_thread.domain.automations.model import Automation
from customer_thread.domain.cards import in_force as rules_in_force
from customer_thread.domain.cards import shipped as rules_shipped
from customer_thread.domain.cards.model import CardRule
from customer_thread.domain.saved_reply import SavedReply
from customer_thread.domain.saved_reply import is_as_shipped as is_reply_as_shipped
from customer_thread.frappe_host.noted_types import AUTOMATION, RULE
from customer_thread.store.saved_replies import SAVED_REPLY

APP = "customer_thread"
_KEPT = "customer_thread_rules"
_Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Kind:
	"""A DocType whose documents come with the app."""

	fixture: str
	#: whether a row is as it was shipped with this digest
	is_as_shipped: Callable[[_Row, str], bool]
	#: whether what is shipped tells of something else than the row
	is_newly_in_force: Callable[[_Row, _Row], bool]


def _is_new_rule(was: _Row, shipped: _Row) -> bool:
	before, after = CardRule.from_row(was), CardRule.from_row(shipped)
	return rules_in_force.is_newly_in_force(replace(before, enabled=True), replace(after, enabled=True))


def _is_new_automation(was: _Row, shipped: _Row) -> bool:
	before, after = Automation.from_row(was), Automation.from_row(shipped)
	return automations_in_force.is_newly_in_force(replace(before, enabled=True), replace(after, enabled=True))


_KINDS = {
	RULE: _Kind(
		"thread_card_rule.json",
		lambda row, digest: rules_shipped.is_as_shipped(CardRule.from_row(row), digest),
		_is_new_rule,
	),
	AUTOMATION: _Kind(
		"thread_automation.json",
		lambda row, digest: automations_shipped.is_as_shipped(Automation.from_row(row), digest),
		_is_new_automation,
	),
	SAVED_REPLY: _Kind(
		"thread_saved_reply.json",
		lambda row, digest: is_reply_as_shipped(SavedReply.from_row(row), digest),
		lambda _was, _shipped: False,
	),
}


def keep_rules() -> None:
	"""Remember every card rule, automation and saved reply for the rest of this migration."""
	kept = {}
	for doctype in _KINDS:
		rows = frappe.get_all(doctype, fields=["*"]) if frappe.db.table_exists(doctype) else []
		kept[doctype] = {row.pop("name"): row for row in rows}
	frappe.flags[_KEPT] = kept


def restore_rules() -> None:
	"""Give an admin's own back, let the others be as this version ships them, and remove what it left out.

	What was switched off or on stays so; what asks what it asked is in force since it was.
	"""
	for doctype, kept in (frappe.flags.pop(_KEPT, None) or {}).items():
		kind = _KINDS[doctype]
		fixture = frappe.get_file_json(frappe.get_app_path(APP, "fixtures", kind.fixture))
		shipped = {row["name"]: row for row in fixture}
		for name, row in kept.items():
			_restore(doctype, name, row, shipped.get(name))


def _restore(doctype: str, name: str, row: dict[str, Any], shipped: _Row | None) -> None:
	kind = _KINDS[doctype]
	if not kind.is_as_shipped(row, row.pop("shipped", None) or ""):
		frappe.db.set_value(doctype, name, row, update_modified=False)
	elif shipped is None:
		frappe.delete_doc(doctype, name, force=True)
	else:
		values = {"enabled": row["enabled"]}
		if row.get("in_force_since_us") and not kind.is_newly_in_force(row, shipped):
			values["in_force_since_us"] = row["in_force_since_us"]
		frappe.db.set_value(doctype, name, values, update_modified=False)
