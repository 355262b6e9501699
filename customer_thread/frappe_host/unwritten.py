"""What the card rules see of a document that its own row does not say."""

from collections.abc import Mapping
from typing import Any

import frappe

from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.participants import with_parties

#: columns of an Appointment that its status depends on
FIELDS_OF_UNWRITTEN = frozenset({"status", "calendar_event"})


def as_rules_see(document: Mapping[str, Any]) -> dict[str, Any]:
	"""Return a document with the customers of an Event's Contacts, and an Appointment's status by its Event."""
	seen = with_parties(FrappeDatabase(), document)
	return {**seen, **unwritten_status(seen)}


def unwritten_status(document: Mapping[str, Any]) -> dict[str, str]:
	"""Return the status of an open Appointment whose Event is cancelled, or is there no more; else nothing."""
	if document.get("doctype") != "Appointment" or document.get("status") != "Open":
		return {}
	event = document.get("calendar_event")
	if not event:
		return {}
	status = frappe.db.get_value("Event", event, "status")
	if status == "Cancelled":
		return {"status": "Cancelled"}
	# deleted before its time, it is as if the Appointment had been closed then
	return {} if status else {"status": "Closed"}
