"""What happens to the site's documents, as cards and scheduled messages are made of it."""

from collections.abc import Mapping
from typing import Any

from frappe.model.document import Document

from customer_thread.domain.cards.model import Happened
from customer_thread.domain.portal.pages import Reference
from customer_thread.frappe_host import transaction
from customer_thread.frappe_host.guard import guarded, guarded_reading, is_setting_up
from customer_thread.frappe_host.noted_types import automated_types, noted_types
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.cards.forget_document import forget_document
from customer_thread.service.cards.rename_document import rename_document


def report(doc: Document, happened: Happened) -> None:
	"""Note what happened to a document, for the cards and messages of the transaction.

	It never fails: what goes wrong is logged.
	"""
	if is_setting_up() or doc.doctype not in noted_types() or doc.flags.in_delete:
		return
	if doc.meta.is_submittable and doc.docstatus == 0:
		return
	with guarded_reading(f"Cards of {doc.doctype} {doc.name}"):
		transaction.note(doc, happened)


def report_as(doc: Document, changes: Mapping[str, Any]) -> None:
	"""Note that a document is from now on what its own row does not say, such as called off. It never fails."""
	if is_setting_up() or doc.doctype not in noted_types():
		return
	with guarded_reading(f"Cards of {doc.doctype} {doc.name}"):
		transaction.note(doc, "Saved", dict(changes))


def report_other(doc: Document, was: Mapping[str, Any]) -> None:
	"""Note that another document has changed what this one is; `was`: what its row did not say before.

	It never fails.
	"""
	if is_setting_up() or doc.doctype not in noted_types():
		return
	with guarded_reading(f"Cards of {doc.doctype} {doc.name}"):
		transaction.note(doc, "Saved", before=doc, unwritten=was)


def report_moved(doc: Document, was: Document) -> None:
	"""Note that another document has given this one the time that it has now. It never fails."""
	if is_setting_up() or doc.doctype not in noted_types():
		return
	with guarded_reading(f"Cards of {doc.doctype} {doc.name}"):
		transaction.note(doc, "Saved", before=was)


def follow(doc: Document, old: str, *, merged: bool) -> None:
	"""Let a renamed document's cards be its own under the new name. It never fails."""
	if not is_setting_up():
		with guarded(f"Cards of renamed {doc.doctype} {old}"):
			transaction.rename(doc.doctype, str(old), str(doc.name))
			rename_document(site_ports(), doc.doctype, str(old), str(doc.name), merged=merged)
		if doc.doctype in automated_types():
			transaction.plan(Reference(doc.doctype, str(doc.name)))


def forget(doc: Document) -> None:
	"""Part a deleted document's cards from the next one of its name. It never fails."""
	if not is_setting_up():
		transaction.settle_deleted(doc)
		with guarded(f"Cards of deleted {doc.doctype} {doc.name}"):
			forget_document(site_ports(), doc.doctype, str(doc.name))
