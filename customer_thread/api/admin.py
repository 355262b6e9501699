"""Whoever configures: Thread Manager or System Manager, from the forms of the Desk."""

from typing import Any

import frappe

from customer_thread.api import door, require_manager
from customer_thread.frappe_host import card_rules
from customer_thread.frappe_host.wiring import ports
from customer_thread.service.cards import bring_in_history as past
from customer_thread.service.desk.check_setup import check_setup, webhook_addresses
from customer_thread.service.desk.check_texting import check_texting
from customer_thread.service.params import Params
from customer_thread.service.thread.erase_entry import erase_entry as erase
from customer_thread.store import histories


@frappe.whitelist(methods=["GET"])
@door
def setup() -> dict[str, Any]:
	"""Return what is not set up yet, and the addresses to enter at Twilio."""
	require_manager()
	here = ports()
	missing = check_setup(here.settings(), here.translate)
	return {
		"missing": [{"field": item.field, "text": item.text} for item in missing],
		"webhooks": webhook_addresses(here.settings()),
	}


@frappe.whitelist(methods=["POST"])
@door
def test_connection() -> dict[str, Any]:
	"""Ask Twilio whether it takes the secrets that are saved; return `ok` and its answer in words."""
	require_manager()
	return check_texting(ports())


@frappe.whitelist(methods=["POST"])
@door
def preview_rule(rule: object = None, document: object = None) -> dict[str, Any]:
	"""Return what a card rule, saved or not, would make of a document. Nothing is written."""
	require_manager()
	given = Params({"rule": rule, "document": document})
	return card_rules.preview(given.mapping("rule"), given.text("document"))


@frappe.whitelist(methods=["POST"])
@door
def start_history(months: object = None) -> dict[str, Any]:
	"""Begin to bring in the last months, 12 unless told otherwise; return how far it has come."""
	user = require_manager()
	asked = Params({"months": months}).integer("months", 12)
	return past.view(past.start_history(ports(), asked, user))


@frappe.whitelist(methods=["GET"])
@door
def history() -> dict[str, Any]:
	"""Return how far the run that was started last has come."""
	require_manager()
	return past.view(histories.latest(ports().database))


@frappe.whitelist(methods=["POST"])
@door
def erase_entry(entry: object = None, reason: object = None) -> dict[str, str]:
	"""Remove a message's words and pictures, as privacy law may ask; return what is left in its place."""
	user = require_manager()
	given = Params({"entry": entry, "reason": reason})
	return {"text": erase(ports(), given.integer("entry"), given.text("reason"), user)}
