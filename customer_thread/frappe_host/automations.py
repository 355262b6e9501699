"""A Thread Automation as it is saved and tried out in the Desk."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import frappe

from customer_thread.domain.automations.check import check, fault
from customer_thread.domain.automations.model import Automation
from customer_thread.domain.cards.document_type import OWN_MODULE, DocumentType
from customer_thread.domain.errors import BadInput, NotAllowed, NotFound
from customer_thread.domain.portal.pages import Reference
from customer_thread.frappe_host.card_rules import document_type
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.automations.preview_automation import (
	AutomationPreview,
	check_on_document,
	preview_automation,
)


def check_automation(row: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
	"""Raise BadInput if an automation cannot work on this site; to switch one off is always possible."""
	automation = Automation.from_row(row)
	if before and automation == replace(Automation.from_row(before), enabled=False):
		return
	check(automation, _kind(automation).fields)
	# while the site is set up it may ask for what is not there yet
	if not (frappe.flags.in_install or frappe.flags.in_migrate):
		check_on_document(site_ports(), automation)


def preview(row: Mapping[str, Any], document: str) -> AutomationPreview:
	"""Return what an automation would write about a document.

	Raise BadInput, NotFound, or NotAllowed if the document may not be read.
	"""
	try:
		automation = Automation.from_row(row)
	except (TypeError, ValueError):
		raise BadInput("This is no automation.") from None
	kind = _kind(automation)
	if not frappe.db.exists(kind.name, document):
		raise NotFound("There is no such document.")
	if not frappe.get_doc(kind.name, document).has_permission("read"):
		raise NotAllowed("You may not read this document.")
	fields = frozenset(kind.fields)
	return preview_automation(site_ports(), automation, Reference(kind.name, document), fields)


def _kind(automation: Automation) -> DocumentType:
	kind = document_type(automation.document_type)
	if kind is None:
		raise fault(
			automation,
			"there is no document type “{0}”. Choose one that is there.",
			automation.document_type,
		)
	if kind.module == OWN_MODULE or kind.is_child_table or kind.is_single:
		raise fault(automation, "nobody is told of a {0}. Choose a document of your business.", kind.name)
	return kind
