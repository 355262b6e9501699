"""What the card rules and automations would say of the site's own latest documents, for whoever sets it up."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypedDict

import frappe
from frappe import _

from customer_thread.domain.errors import ThreadError
from customer_thread.frappe_host import automations, card_rules
from customer_thread.frappe_host.noted_types import AUTOMATION, RULE

#: of each kind
_SHOWN = 3
#: of a document type, until one has a customer
_LOOKED_AT = 2


class ExamplesView(TypedDict):
	"""By the steps of the setup, a sentence each; nothing was written."""

	card_rules: list[str]
	automations: list[str]


def examples() -> ExamplesView:
	"""Return what would be told of documents that whoever asks may read, three of each at most."""
	return {
		"card_rules": list(islice(_cards(), _SHOWN)),
		"automations": list(islice(_messages(), _SHOWN)),
	}


def _cards() -> Iterator[str]:
	rules = frappe.get_all(
		RULE, {"enabled": 1, "moment": ("in", ("Created", "Submitted"))}, ["*"], order_by="name"
	)
	yield from _told(rules, _card)


def _card(rule: Mapping[str, Any], name: str) -> tuple[str, str]:
	card = card_rules.preview(rule, name)["card"]
	return (card["line"], card["customer"]) if card else ("", "")


def _messages() -> Iterator[str]:
	yield from _told(frappe.get_all(AUTOMATION, {}, ["*"], order_by="name"), _message)


def _message(automation: Mapping[str, Any], name: str) -> tuple[str, str]:
	message = automations.preview(automation, name)
	# one that would not leave, such as “is called off” of what stands, says nothing of what is to be expected
	return message["text"] if message["at"] else "", message["customer"]


def _told(rows: Iterable[Any], say: Callable[[Any, str], tuple[str, str]]) -> Iterator[str]:
	"""Yield what is first said of each document type; `say`: the words and who reads them, both empty for nothing."""
	said: set[str] = set()
	latest: dict[str, list[str]] = {}
	for row in rows:
		doctype = row.document_type
		for name in () if doctype in said else _known(latest, doctype):
			try:
				words, customer = say(row, name)
			except ThreadError:
				continue
			if words and customer:
				said.add(doctype)
				yield _("{0}: “{1}”, for {2}").format(name, words, customer)
				break


def _known(latest: dict[str, list[str]], doctype: str) -> list[str]:
	if doctype not in latest:
		latest[doctype] = _latest(doctype)
	return latest[doctype]


def _latest(doctype: str) -> list[str]:
	if not frappe.db.exists("DocType", doctype) or not frappe.has_permission(doctype, "read"):
		return []
	stands = 1 if frappe.get_meta(doctype).is_submittable else 0
	names: list[str] = frappe.get_list(
		doctype, {"docstatus": stands}, pluck="name", order_by="creation desc", limit=_LOOKED_AT
	)
	return names
