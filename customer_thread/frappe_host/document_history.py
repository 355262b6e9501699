"""What a site remembers of a document: its Versions, and the payments of an invoice."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import flt, getdate
from frappe.utils.dateutils import parse_date

from customer_thread.domain.cards.replay import DocumentHistory, RecordedChange
from customer_thread.frappe_host.times import site_us
from customer_thread.frappe_host.unwritten import as_rules_see
from customer_thread.frappe_host.users import is_staff_user

if TYPE_CHECKING:
	from frappe.model.document import Document

#: a document's own date, which may be long before its record
_DATES = ("posting_date", "transaction_date", "mntc_date")
#: kept in a Version as a person reads them, and read back here; amounts are not
_READABLE = frozenset(
	{"Check", "Data", "Date", "Datetime", "Dynamic Link", "Int", "Link", "Select", "Small Text"}
)
_PARTLY, _PAID, _CREDITED = "Partly Paid", "Paid", "Credit Note Issued"


def history_of(doc: "Document", watched: Collection[str]) -> DocumentHistory:
	"""Return what is known of a document's past; `watched`: the fields that the card rules look at."""
	meta = doc.meta
	changes = list(_versions(doc)) if meta.track_changes else []
	if doc.doctype == "Sales Invoice" and doc.docstatus == 1 and not doc.is_return:
		changes += _payments(doc)
	document = as_rules_see(doc.as_dict())
	if document.get("status") != doc.get("status"):
		changes.append(_called_off(doc, document["status"]))
	return DocumentHistory(
		document=document,
		submittable=bool(meta.is_submittable),
		by_staff=is_staff_user(doc.owner),
		created_us=site_us(doc.creation),
		modified_us=site_us(doc.modified),
		dated_us=dated_us(doc),
		changes=tuple(changes),
		defaults=None if meta.track_changes else {name: _default(doc, name) for name in watched},
		others=_documents((doc.doctype, doc.get("return_against"))),
	)


def _called_off(doc: "Document", status: str) -> RecordedChange:
	"""Return when the Event of an Appointment was cancelled, as far as the Event says."""
	found = frappe.db.get_value("Event", doc.calendar_event, ["modified", "modified_by"])
	modified, by = found or (doc.modified, doc.modified_by)
	fields = {"status": (doc.status, status)}
	return RecordedChange(site_us(modified), fields, by, is_staff_user(by), is_exact=False)


def dated_us(doc: "Document | Mapping[str, Any]") -> int | None:
	"""Return the noon of a document's own day in µs; None if it has none."""
	day = next((doc.get(name) for name in _DATES if doc.get(name)), None)
	return _noon_us(day) if day else None


def _noon_us(day: str | date) -> int:
	return site_us(datetime.combine(getdate(day), time(12)))


def _default(doc: "Document", name: str) -> object:
	field = doc.meta.get_field(name)
	if field is None:
		return None
	return field.default or (field.options.split("\n")[0] if field.fieldtype == "Select" else None)


def _versions(doc: "Document") -> Iterator[RecordedChange]:
	rows = frappe.get_all(
		"Version",
		{"ref_doctype": doc.doctype, "docname": doc.name},
		["creation", "owner", "data"],
		order_by="creation, name",
	)
	for row in rows:
		data = json.loads(row.data or "{}")
		if data.get("created_by"):
			continue
		read = (
			(name, _read(doc, name, old), _read(doc, name, new)) for name, old, new in data.get("changed", ())
		)
		fields = {name: (old, new) for name, old, new in read if old is not None or new is not None}
		yield RecordedChange(site_us(row.creation), fields, row.owner, is_staff_user(row.owner))


def _read(doc: "Document", name: str, shown: Any) -> Any:  # noqa: ANN401 - whatever a field holds
	"""Return a value of a Version as the field holds it, None for one that cannot be read back."""
	if name == "docstatus":
		return int(shown)
	field = doc.meta.get_field(name)
	if field is None or field.fieldtype not in _READABLE:
		return None
	if shown in (None, ""):
		return ""
	if field.fieldtype == "Select":
		return next((option for option in field.options.split("\n") if frappe._(option) == shown), shown)
	if field.fieldtype in ("Date", "Datetime"):
		return _moment(str(shown))
	return shown


def _moment(shown: str) -> str | None:
	"""Return a date or time that was written in the site's own format in ISO 8601."""
	day, _space, hour = shown.partition(" ")
	try:
		found = parse_date(day)
	except Exception:  # frappe.utils.dateutils raises nothing narrower
		return None
	return f"{found} {hour if hour.count(':') == 2 else f'{hour}:00'}" if hour else found


def _payments(doc: "Document") -> list[RecordedChange]:
	"""Return what each payment and credit of an invoice made of its status, as far as the ledger says.

	As ERPNext does it: erpnext/accounts/doctype/sales_invoice/sales_invoice.py, `set_status`.
	"""
	rows = frappe.get_all(
		"Payment Ledger Entry",
		{"against_voucher_type": doc.doctype, "against_voucher_no": doc.name, "delinked": 0},
		[
			"voucher_type",
			"voucher_no",
			"posting_date",
			"due_date",
			"creation",
			"owner",
			"amount_in_account_currency as amount",
		],
		order_by="creation, name",
	)
	left = sum(flt(row.amount) for row in rows if row.voucher_no == doc.name)
	status, changes, is_credited = "Unpaid", [], False
	for row in rows:
		if row.voucher_no == doc.name:
			continue
		before = (status, left)
		left = flt(left + flt(row.amount), 2)
		is_credited = is_credited or row.voucher_type == doc.doctype
		if left <= 0:
			status = _CREDITED if is_credited else _PAID
		elif not doc.due_date or getdate(doc.due_date) >= getdate(row.posting_date):
			# a part of an invoice that is overdue leaves it overdue; the payment tells of itself
			status = _PARTLY
		changes.append(
			RecordedChange(
				site_us(row.creation),
				{"status": (before[0], status), "outstanding_amount": (before[1], left)},
				row.owner,
				is_staff_user(row.owner),
				_noon_us(row.posting_date),
				others=_documents((row.voucher_type, row.voucher_no)),
			)
		)
	return changes


def _documents(*references: tuple[str, str | None]) -> tuple[dict[str, Any], ...]:
	"""Return those of these documents whose words depend on more than their own invoice, as they are now."""
	return tuple(
		frappe.get_doc(doctype, name).as_dict()
		for doctype, name in references
		if name and doctype in ("Journal Entry", "Sales Invoice") and frappe.db.exists(doctype, name)
	)
