"""A document of which the embedded host knows no more than its cards tell."""

from typing import Any
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.standalone.database import SqliteDatabase

#: of each kind, what the newest card that stands says of it, in ERPNext's words; the first that fits
_STATUS: dict[str, tuple[tuple[str, str], ...]] = {
	"Sales Invoice": (
		("cancel", "Cancelled"),
		("partly", "Partly Paid"),
		("paid", "Paid"),
		("settled", "Paid"),
	),
	"Quotation": (
		("cancel", "Cancelled"),
		("approved", "Ordered"),
		("ordered", "Ordered"),
		("declined", "Lost"),
	),
}
_AT_FIRST = {"Sales Invoice": "Unpaid", "Quotation": "Open"}
_CANCELLED = 2


def recorded_document(database: SqliteDatabase, reference: Reference, zone: ZoneInfo) -> DocumentNow | None:
	"""Return the document with the fields that ERPNext's has, as far as its cards tell; None if there is none."""
	rows = database.select(
		"SELECT v.event_type, v.title, v.amount, v.currency, v.due_date, v.voided_by, t.party_type, t.party "
		"FROM `tabThread Event` v JOIN `tabCustomer Thread` t ON t.name = v.thread "
		"WHERE v.reference_doctype = %(doctype)s AND v.reference_name = %(name)s ORDER BY v.occurred_us, v.rowid",
		{"doctype": reference.doctype, "name": reference.name},
	)
	if not rows:
		return None
	standing = [row for row in rows if not row["voided_by"]] or rows
	status = _status(reference.doctype, standing[-1]["event_type"])
	parties = {Party(row["party_type"], row["party"]) for row in rows if row["party"]}
	document = _document(reference, rows, standing, status)
	return DocumentNow(document, frozenset(parties), zone, is_cancelled=status == "Cancelled")


def _status(doctype: str, event_type: str) -> str:
	said = event_type.casefold()
	if "cancel" in said or "void" in said or "withdraw" in said:
		return "Cancelled"
	for word, status in _STATUS.get(doctype, ()):
		if word in said:
			return status
	return _AT_FIRST.get(doctype, event_type)


def _document(
	reference: Reference, rows: list[dict[str, Any]], standing: list[dict[str, Any]], status: str
) -> dict[str, Any]:
	amounts = [row for row in standing if row["amount"] is not None]
	due = [row["due_date"] for row in rows if row["due_date"]]
	total = float(amounts[0]["amount"]) if amounts else 0.0
	open_amount = float(amounts[-1]["amount"]) if amounts else 0.0
	return {
		"doctype": reference.doctype,
		"name": reference.name,
		"title": standing[-1]["title"],
		"grand_total": total,
		"outstanding_amount": 0.0 if status in ("Paid", "Cancelled") else open_amount,
		"currency": next((row["currency"] for row in amounts), "") or "",
		"due_date": due[-1] if due else None,
		"valid_till": due[-1] if due else None,
		"is_return": 0,
		"status": status,
		"docstatus": _CANCELLED if status == "Cancelled" else 1,
	}
