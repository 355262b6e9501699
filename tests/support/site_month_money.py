"""Payments, refunds, journal entries and reminders of a customer's month."""

from typing import Any

from support.site_month_sales import Sales
from support.site_portal_documents import COMPANY

DEBTORS, CASH, WRITE_OFF, TEMPORARY, SALES = (
	f"{account} - MC" for account in ("Debtors", "Cash", "Write Off", "Temporary Opening", "Sales")
)
COST_CENTER = "Main - MC"


class Money(Sales):
	"""What is paid, and what is owed."""

	def payment_for(self, doc: Any, amount: float, **values: object) -> Any:
		"""Return what Create → Payment on an invoice or order makes ready."""
		from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

		payment = get_payment_entry(doc.doctype, doc.name, party_amount=amount)
		payment.update({"reference_no": "test", "reference_date": self.today, **values})
		return payment

	def pay(self, doc: Any, amount: float, **values: object) -> Any:
		with self.act():
			return self.insert(self.payment_for(doc, amount, **values))

	def pay_with_difference(self, invoice: Any, paid: float, difference: float) -> Any:
		"""Let a payment close an invoice although a little is missing: Write Off Difference Amount."""
		with self.act():
			payment = self.payment_for(invoice, paid + difference)
			payment.paid_amount = payment.received_amount = paid
			payment.append(
				"deductions", {"account": WRITE_OFF, "cost_center": COST_CENTER, "amount": difference}
			)
			return self.insert(payment)

	def on_account(self, amount: float, kind: str = "Receive", **values: object) -> Any:
		"""Enter a payment that is for no document; kind "Pay": money that she gets back."""
		doc: dict[str, object] = {
			"doctype": "Payment Entry",
			"payment_type": kind,
			"company": COMPANY,
			"mode_of_payment": "Cash",
		}
		doc |= {"party_type": "Customer", "party": self.sarah.name}
		doc |= {"paid_amount": amount, "received_amount": amount}
		doc |= {"source_exchange_rate": 1, "target_exchange_rate": 1}
		accounts = (DEBTORS, CASH) if kind == "Receive" else (CASH, DEBTORS)
		doc |= dict(zip(("paid_from", "paid_to"), accounts, strict=True))
		return self.insert(self.site.get_doc({**doc, **values}))

	def reconcile(self) -> None:
		"""Let Payment Reconciliation match all that the customer has paid with all that is open."""
		tool = self.site.get_doc("Payment Reconciliation")
		tool.update({"company": COMPANY, "party_type": "Customer", "party": self.sarah.name})
		tool.receivable_payable_account = DEBTORS
		with self.act():
			tool.get_unreconciled_entries()
			rows = {"invoices": tool.invoices, "payments": tool.payments}
			tool.allocate_entries(
				self.site._dict({name: [row.as_dict() for row in found] for name, found in rows.items()})
			)
			tool.reconcile()

	def unreconcile(self, payment: Any) -> None:
		"""Press UnReconcile on a payment."""
		doc = {"doctype": "Unreconcile Payment", "company": COMPANY}
		tool = self.site.get_doc({**doc, "voucher_type": payment.doctype, "voucher_no": payment.name})
		with self.act():
			tool.add_references()
			tool.save()
			tool.submit()

	def journal(
		self, kind: str, credit: float, *, against: Any = None, other: str = CASH, **values: object
	) -> Any:
		"""Enter a journal entry that credits the customer, or debits her if the amount is negative."""
		side, opposite = ("credit", "debit") if credit > 0 else ("debit", "credit")
		hers: dict[str, object] = {"account": DEBTORS, "party_type": "Customer", "party": self.sarah.name}
		hers |= {f"{side}_in_account_currency": abs(credit), "cost_center": COST_CENTER}
		if against:
			hers |= {"reference_type": against.doctype, "reference_name": against.name}
		theirs = {
			"account": other,
			f"{opposite}_in_account_currency": abs(credit),
			"cost_center": COST_CENTER,
		}
		doc: dict[str, object] = {
			"doctype": "Journal Entry",
			"voucher_type": kind,
			"company": COMPANY,
			"posting_date": self.today,
		}
		doc |= {"cheque_no": "test", "cheque_date": self.today, "accounts": [hers, theirs]}
		return self.insert(self.site.get_doc({**doc, **values}))

	def journal_for(self, doc: Any, amount: float) -> Any:
		"""Press Create → Journal Entry (a payment by bank) on an invoice or order."""
		from erpnext.accounts.doctype.journal_entry import journal_entry as made

		button = {
			"Sales Invoice": made.get_payment_entry_against_invoice,
			"Sales Order": made.get_payment_entry_against_order,
		}
		entry = button[doc.doctype](doc.doctype, doc.name, amount=amount, journal_entry=True)
		entry.update({"posting_date": self.today, "cheque_no": "test", "cheque_date": self.today})
		for row in entry.accounts:
			row.account = row.account or CASH
		return self.insert(entry)

	def opening(self, amount: float) -> Any:
		"""Enter what was open before the books began, by the Opening Invoice Creation Tool."""
		tool = self.site.get_doc("Opening Invoice Creation Tool")
		tool.update({"company": COMPANY, "invoice_type": "Sales", "create_missing_party": 0})
		row = {"party": self.sarah.name, "outstanding_amount": amount, "qty": 1, "item_name": "Opening"}
		row |= {
			"posting_date": self.day(-40),
			"due_date": self.day(20),
			"temporary_opening_account": TEMPORARY,
		}
		tool.append("invoices", row)
		with self.act():
			(name,) = tool.make_invoices()
			return self.site.get_doc("Sales Invoice", name)

	def request(self, doc: Any) -> Any:
		"""Press Create → Payment Request on an invoice or order, and submit it."""
		from erpnext.accounts.doctype.payment_request.payment_request import make_payment_request

		given = {"dt": doc.doctype, "dn": doc.name, "recipient_id": "sarah@example.com", "mute_email": 1}
		with self.act():
			return make_payment_request(**given, submit_doc=1, return_doc=1)

	def remind(self, invoice: Any, fee: float = 50) -> Any:
		"""Press Create → Dunning on an overdue invoice, and submit it."""
		from erpnext.accounts.doctype.sales_invoice.sales_invoice import create_dunning

		with self.act():
			dunning = create_dunning(invoice.name)
			dunning.update({"dunning_fee": fee, "income_account": SALES, "cost_center": COST_CENTER})
			return self.insert(dunning)
