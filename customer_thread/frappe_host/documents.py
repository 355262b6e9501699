"""The Documents port: a customer's invoices, contracts, payments and visits in ERPNext."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Any, Literal

import frappe
from frappe.utils import getdate

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Party
from customer_thread.domain.portal.documents import Contract, Paid, Payment, PaymentRequest
from customer_thread.domain.portal.pages import OWN_PAGES, Reference
from customer_thread.domain.schedule.agenda import Planned
from customer_thread.domain.schedule.appointment import Appointment
from customer_thread.frappe_host import confirmed, document_now, plans
from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.safe_html import safe_html
from customer_thread.frappe_host.times import site_us
from customer_thread.store.database import Row, one_of

#: what ERPNext calls a Payment Request → what its customer reads; others have failed
_REQUESTS: dict[str, Literal["To pay", "Partly paid", "Paid", "Cancelled"]] = {
	"Draft": "To pay",
	"Requested": "To pay",
	"Initiated": "To pay",
	"Partially Paid": "Partly paid",
	"Payment Ordered": "To pay",
	"Paid": "Paid",
}
_WEB = ("https://", "http://")
_OF_CUSTOMER = "docstatus > 0 AND customer = %(party)s"
#: where a document says whose it is, and that it is no draft
_OWNED = {
	"Sales Invoice": _OF_CUSTOMER,
	"Quotation": "docstatus > 0 AND quotation_to = 'Customer' AND party_name = %(party)s",
	"Sales Order": _OF_CUSTOMER,
	"Delivery Note": _OF_CUSTOMER,
	"Contract": "docstatus > 0 AND party_type = 'Customer' AND party_name = %(party)s",
	"Maintenance Visit": _OF_CUSTOMER,
	"Payment Entry": "docstatus > 0 AND payment_type = 'Receive' AND party_type = 'Customer' "
	"AND party = %(party)s",
	"Payment Request": "docstatus > 0 AND payment_request_type = 'Inward' AND party_type = 'Customer' "
	"AND party = %(party)s",
	# one that has a card is accepted, see domain/schedule/agenda.py; a lead's cards are their customer's
	"Appointment": "status <> 'Unverified' AND (appointment_with = 'Customer' AND party = %(party)s "
	"OR appointment_with = 'Lead' AND party = (SELECT c.lead_name FROM `tabCustomer` c "
	"WHERE c.name = %(party)s AND c.lead_name <> '')) AND EXISTS (SELECT 1 FROM `tabThread Event` e "
	"WHERE e.reference_doctype = 'Appointment' AND e.reference_name = `tabAppointment`.name)",
}


class ErpNextDocuments:
	"""The site's own documents."""

	def __init__(self, database: FrappeDatabase) -> None:
		self._database = database

	def openable(self, party: Party, references: Collection[Reference]) -> set[Reference]:
		"""Return those whose pages the customer can open now, by one query."""
		if party.party_type != "Customer":
			return set()
		names: dict[str, list[str]] = defaultdict(list)
		for reference in references:
			names[reference.doctype].append(reference.name)
		asked = [doctype for doctype in _OWNED if doctype in names and self._has_page(doctype)]
		params: dict[str, Any] = {"party": party.party}
		parts = [
			f"SELECT '{doctype}' AS doctype, name FROM `tab{doctype}` WHERE {_OWNED[doctype]} "
			f"AND name IN ({one_of(f'name{number}_', names[doctype], params)})"
			for number, doctype in enumerate(asked)
		]
		rows = self._database.select(" UNION ALL ".join(parts), params) if parts else []
		# a database that takes a for á has found another document than was asked for
		return {Reference(row["doctype"], row["name"]) for row in rows} & set(references)

	def planned(self, party: Party, now_us: int) -> list[Planned]:
		"""Return the customer's appointments and visits around now."""
		return plans.around(self._database, party, now_us) if party.party_type == "Customer" else []

	def planned_one(self, party: Party, reference: Reference) -> Planned | None:
		"""Return one appointment or visit, or None if it is not there or not theirs."""
		if reference.doctype == "Appointment":
			found = plans.appointments(self._database, party, [reference.name])
		else:
			found = plans.visits(self._database, party, [reference.name])
		return found[0] if found else None

	def contract(self, party: Party, name: str) -> Contract | None:
		"""Return a contract, or None if it is not there or not theirs."""
		row = self._own(
			party,
			Reference("Contract", name),
			"name, party_name, party_full_name, status, docstatus, is_signed, signee, signed_on, start_date, "
			"end_date, contract_terms",
		)
		if row is None:
			return None
		return Contract(
			name=row["name"],
			party_name=row["party_full_name"] or row["party_name"],
			status=row["status"],
			is_cancelled=row["docstatus"] == 2,
			is_signed=bool(row["is_signed"]),
			signee=row["signee"] or "",
			signed_us=site_us(row["signed_on"]) if row["signed_on"] else None,
			starts=row["start_date"],
			ends=row["end_date"],
			terms=safe_html(row["contract_terms"] or ""),
		)

	def payment(self, party: Party, name: str) -> Payment | None:
		"""Return a payment, or None if it is not there or not theirs."""
		row = self._own(
			party,
			Reference("Payment Entry", name),
			"name, docstatus, posting_date, paid_amount, paid_from_account_currency, mode_of_payment, reference_no",
		)
		if row is None:
			return None
		paid = self._database.select(
			"SELECT reference_doctype, reference_name, SUM(allocated_amount) AS amount "
			"FROM `tabPayment Entry Reference` WHERE parent = %(name)s AND parenttype = 'Payment Entry' "
			"AND reference_doctype IN ('Sales Invoice', 'Sales Order') "
			"GROUP BY reference_doctype, reference_name ORDER BY MIN(idx)",
			{"name": row["name"]},
		)
		return Payment(
			name=row["name"],
			is_cancelled=row["docstatus"] == 2,
			day=getdate(row["posting_date"]),
			amount=Decimal(str(row["paid_amount"])),
			currency=row["paid_from_account_currency"] or "",
			mode=row["mode_of_payment"] or "",
			reference_no=row["reference_no"] or "",
			paid=tuple(
				Paid(
					Reference(line["reference_doctype"], line["reference_name"]), Decimal(str(line["amount"]))
				)
				for line in paid
			),
		)

	def payment_request(self, party: Party, name: str) -> PaymentRequest | None:
		"""Return a payment that was asked for, or None if it is not there or not theirs."""
		row = self._own(
			party,
			Reference("Payment Request", name),
			"name, docstatus, status, transaction_date, grand_total, currency, reference_doctype, reference_name, "
			"payment_url",
		)
		if row is None:
			return None
		state = "Cancelled" if row["docstatus"] == 2 else _REQUESTS.get(row["status"], "Cancelled")
		can_be_paid = state in ("To pay", "Partly paid") and (row["payment_url"] or "").startswith(_WEB)
		about = Reference(row["reference_doctype"] or "", row["reference_name"] or "")
		return PaymentRequest(
			name=row["name"],
			state=state,
			day=row["transaction_date"] and getdate(row["transaction_date"]),
			amount=Decimal(str(row["grand_total"])),
			currency=row["currency"] or "",
			reference=about if about.doctype in ("Sales Invoice", "Sales Order") else None,
			payment_url=row["payment_url"] if can_be_paid else "",
		)

	def current(self, reference: Reference, names: frozenset[str] | None = None) -> DocumentNow | None:
		"""Return any document as it is within this transaction, with whose it is; None if it is not there."""
		return document_now.document_now(reference, names)

	def confirm(self, reference: Reference, now_us: int) -> None:
		"""Note beside an appointment that its customer has said yes; nothing of the document's own changes."""
		confirmed.confirm(reference, now_us)

	def keep_appointment(self, new: Appointment) -> Appointment | None:
		"""Refuse it: what is planned here is a document."""
		raise BadInput("On this site an appointment is a document. Make an Appointment or an Event instead.")

	def _own(self, party: Party, reference: Reference, columns: str) -> Row | None:
		if party.party_type != "Customer":
			return None
		rows = self._database.select(
			f"SELECT {columns} FROM `tab{reference.doctype}` WHERE {_OWNED[reference.doctype]} "
			"AND name = %(name)s",
			{"party": party.party, "name": reference.name},
		)
		return rows[0] if rows else None

	def _has_page(self, doctype: str) -> bool:
		"""Return whether the one who asks gets past ERPNext's own check: its pages open for these roles only."""
		if doctype in OWN_PAGES.values():
			return True
		return not {"Customer", "Supplier", "Desk User"}.isdisjoint(frappe.get_roles())
