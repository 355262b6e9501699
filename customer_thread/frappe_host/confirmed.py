"""That a customer has said yes to an appointment: a field of ours on ERPNext's documents, beside all of their own."""

from typing import Any

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_fields
from frappe.model.document import Document

from customer_thread.domain.cards.values import word
from customer_thread.domain.portal.pages import Reference
from customer_thread.frappe_host.guard import guarded
from customer_thread.frappe_host.times import site_time

CONFIRMED = "customer_confirmed_at"
#: of each document type that a customer can be asked to confirm, behind which field it stands
_AFTER = {"Appointment": "status", "Event": "status", "Maintenance Visit": "completion_status"}
#: and which field moves it; a submitted visit does not move
_TIMES = {"Appointment": "scheduled_time", "Event": "starts_on"}


def make_fields() -> None:
	"""Give each of these document types the field. Safe to repeat: what an admin made of it stays."""
	fields = {doctype: [_field(after)] for doctype, after in _AFTER.items()}
	create_custom_fields(fields, ignore_validate=True, update=False)


def remove_fields() -> None:
	"""Take the fields away again; their columns go with `bench trim-tables`."""
	for name in frappe.get_all("Custom Field", {"fieldname": CONFIRMED}, pluck="name"):
		frappe.delete_doc("Custom Field", name, force=True)


def _field(after: str) -> dict[str, Any]:
	return {
		"fieldname": CONFIRMED,
		"fieldtype": "Datetime",
		"label": "Confirmed by the customer",
		"description": "In answer to a message that asked. Empty again once it moves",
		"insert_after": after,
		"read_only": 1,
		"no_copy": 1,
		"allow_on_submit": 1,
		"depends_on": f"eval:doc.{CONFIRMED}",
		"module": "Customer Thread",
	}


def confirm(reference: Reference, now_us: int) -> None:
	"""Note when the customer said yes; by nothing else is it seen that the document was touched."""
	if frappe.get_meta(reference.doctype).has_field(CONFIRMED):
		_write(reference.doctype, reference.name, site_time(now_us).replace(microsecond=0))


def forget_if_moved(doc: Document, before: Document | None) -> None:
	"""Take the customer's yes back of a document that now is at another time than it was before. It never fails."""
	time = _TIMES[doc.doctype]
	if before and doc.get(CONFIRMED) and word(before.get(time)) != word(doc.get(time)):
		with guarded(f"Confirmed {doc.doctype} {doc.name}"):
			doc.set(CONFIRMED, None)
			_write(doc.doctype, str(doc.name), None)


def _write(doctype: str, name: str, value: object) -> None:
	frappe.db.set_value(doctype, name, CONFIRMED, value, update_modified=False)
