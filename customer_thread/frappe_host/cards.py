"""The site's Thread Card Rules, asked when something happens to one of its documents."""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import get_system_timezone

from customer_thread.domain.cards.model import CardRule, Happened, Occasion
from customer_thread.frappe_host.guard import guarded, is_setting_up
from customer_thread.frappe_host.owners import owner_of
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.cards.forget_document import forget_document
from customer_thread.service.cards.make_cards import make_cards
from customer_thread.service.cards.rename_document import rename_document

_RULE = "Thread Card Rule"
_CACHED = "customer_thread_card_documents"
#: seconds
_CACHED_FOR = 300


def report(doc: Document, happened: Happened) -> None:
	"""Write the cards of what happened. It never fails: what goes wrong is undone and logged."""
	if is_setting_up() or doc.doctype not in document_types() or doc.flags.in_delete:
		return
	submittable = bool(doc.meta.is_submittable)
	if submittable and doc.docstatus == 0:
		return
	with guarded(f"Cards of {doc.doctype} {doc.name}"):
		if not site_ports().settings().capture_documents:
			return
		before = doc.get_doc_before_save()
		occasion = Occasion(
			happened=happened,
			after=doc.as_dict(),
			before=before.as_dict() if before else None,
			submittable=submittable,
			by_staff=is_staff_user(frappe.session.user),
		)
		made = make_cards(
			site_ports(),
			rules_of(doc.doctype),
			occasion,
			timezone=get_system_timezone(),
			owner_of=owner_of,
			# whoever brings in a thousand documents notifies nobody of each
			from_history=bool(frappe.flags.in_import or doc.flags.via_data_import),
		)
		for fault in made.faults:
			frappe.log_error(_RULE, fault, doc.doctype, doc.name)


def follow(doc: Document, old: str, *, merged: bool) -> None:
	"""Let a renamed document's cards be its own under the new name. It never fails."""
	if not is_setting_up():
		with guarded(f"Cards of renamed {doc.doctype} {old}"):
			rename_document(site_ports(), doc.doctype, str(old), str(doc.name), merged=merged)


def forget(doc: Document) -> None:
	"""Part a deleted document's cards from the next one of its name. It never fails."""
	if not is_setting_up():
		with guarded(f"Cards of deleted {doc.doctype} {doc.name}"):
			forget_document(site_ports(), doc.doctype, str(doc.name))


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
		found = frappe.get_all(_RULE, {"enabled": 1}, pluck="document_type", distinct=True, order_by=None)
		# a transaction that began before a rule was changed may put the old list back: not for long
		frappe.cache.set_value(_CACHED, found, expires_in_sec=_CACHED_FOR)
	return found


def rules_of(doctype: str) -> list[CardRule]:
	"""Return the rules in force about a document type, in the order in which they were made."""
	rows: list[dict[str, Any]] = frappe.get_all(
		_RULE, {"document_type": doctype, "enabled": 1}, ["*"], order_by="creation, name"
	)
	return [CardRule.from_row(row) for row in rows]


def is_staff_user(user: str) -> bool:
	"""Return whether a user belongs to the business, and is no guest or customer."""
	return bool(frappe.get_cached_value("User", user, "user_type") == "System User")
