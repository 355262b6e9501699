"""A site's document as it is at this moment, for what is written about it by itself."""

from collections.abc import Iterator, Mapping
from typing import Any

import frappe
from frappe.utils.data import get_system_timezone

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.cards.fields_read import fields_read
from customer_thread.domain.cards.model import CardRule
from customer_thread.domain.cards.over import is_over
from customer_thread.domain.cards.values import parties_of, party_of, table_of
from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import zone
from customer_thread.frappe_host.current import stored
from customer_thread.frappe_host.enabled_rules import all_rules_of
from customer_thread.frappe_host.owners import owner_of
from customer_thread.frappe_host.times import site_now
from customer_thread.frappe_host.unwritten import FIELDS_OF_UNWRITTEN, as_rules_see


def document_now(reference: Reference, names: frozenset[str] | None = None) -> DocumentNow | None:
	"""Return a document as it is within this transaction, or None if it is not there; `names`: as in `stored`.

	It is as the card rules see it: of an Appointment whose Event is cancelled the status is “Cancelled”. Whose it is,
	they say too, also those that are switched off; nobody's where none of them is about this document type.
	"""
	if not frappe.db.exists("DocType", reference.doctype, cache=True):
		return None
	rules = all_rules_of(reference.doctype)
	read = fields_read(rules)
	found = stored(
		reference, read | names | FIELDS_OF_UNWRITTEN if names is not None and read is not None else None
	)
	if found is None:
		return None
	document = as_rules_see(found)
	is_submittable = frappe.get_meta(reference.doctype).is_submittable
	return DocumentNow(
		document=document,
		parties=frozenset(owner_of(party) for rule in rules for party in _parties(rule, document)),
		zone=zone(get_system_timezone()),
		is_draft=bool(is_submittable and document["docstatus"] == 0),
		is_cancelled=_is_cancelled(document),
	)


def _parties(rule: CardRule, document: Mapping[str, Any]) -> Iterator[Party]:
	try:
		if table_of(rule):
			yield from parties_of(rule, document)
		elif isinstance(party := party_of(rule, document), Party):
			yield party
	except BadInput:
		# the rule is at fault, and says so where it is saved and tried out
		return


def _is_cancelled(document: Mapping[str, Any]) -> bool:
	if document.get("docstatus") == 2 or document.get("status") == "Cancelled":
		return True
	# ERPNext has no other way to call an Appointment off; closed later, it has taken place
	is_closed = document.get("doctype") == "Appointment" and document.get("status") == "Closed"
	return is_closed and not is_over(document, site_now().replace(tzinfo=None))
