"""Money that is for no invoice, requests and reminders: what the customer reads, oldest first."""

from typing import Any

import pytest
from support.site_month import n
from support.site_month_check import Case, check
from support.site_month_money import SALES, TEMPORARY, WRITE_OFF
from support.site_month_plans import Plans


def a_payment_on_account(office: Plans) -> list[str]:
	payment = office.on_account(500)
	return [f"Payment {n(payment)} received — $500"]


def a_payment_on_account_cancelled(office: Plans) -> list[str]:
	payment = office.on_account(500)
	office.cancel(payment)
	return [f"void: Payment {n(payment)} received — $500", f"Payment {n(payment)} cancelled — $500"]


def an_advance_that_pays_the_whole_invoice(office: Plans) -> list[str]:
	payment = office.on_account(4200)
	invoice = office.invoice(4200, allocate_advances_automatically=1)
	return [
		f"Payment {n(payment)} received — $4,200",
		f"Invoice {n(invoice)} sent, already paid — $4,200",
	]


def an_advance_that_pays_a_part(office: Plans) -> list[str]:
	payment = office.on_account(1200)
	invoice = office.invoice(4200, allocate_advances_automatically=1)
	return [
		f"Payment {n(payment)} received — $1,200",
		f"Invoice {n(invoice)} sent — $4,200",
		f"Invoice {n(invoice)} partly paid, still to pay — $3,000",
	]


def a_deposit_for_an_order(office: Plans) -> list[str]:
	order = office.order(4200)
	payment = office.pay(order, 1200)
	invoice = office.invoice_of(order, advances=True)
	office.pay(invoice, 3000)
	return [
		f"Order {n(order)} confirmed — $4,200",
		f"Payment {n(payment)} received — $1,200",
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Invoice {n(invoice)} partly paid, still to pay — $3,000",
		f"Invoice {n(invoice)} paid — $4,200",
	]


def a_deposit_by_a_journal_entry(office: Plans) -> list[str]:
	order = office.order(4200)
	office.journal_for(order, 1200)
	invoice = office.invoice_of(order, advances=True)
	return [
		f"Order {n(order)} confirmed — $4,200",
		"Payment received — $1,200",
		f"Invoice {n(invoice)} sent — $4,200",
		f"Invoice {n(invoice)} partly paid, still to pay — $3,000",
	]


def an_invoice_with_its_deposit_cancelled(office: Plans) -> list[str]:
	payment = office.on_account(1200)
	invoice = office.invoice(4200, allocate_advances_automatically=1)
	office.cancel(invoice)
	return [
		f"Payment {n(payment)} received — $1,200",
		f"void: Invoice {n(invoice)} sent — $4,200",
		f"void: Invoice {n(invoice)} partly paid, still to pay — $3,000",
		f"Invoice {n(invoice)} cancelled — $4,200",
	]


def reconciled_later(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	payment = office.on_account(4200)
	office.reconcile()
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"Payment {n(payment)} received — $4,200",
		f"Invoice {n(invoice)} paid — $4,200",
	]


def a_part_reconciled_later(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	payment = office.on_account(1200)
	office.reconcile()
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"Payment {n(payment)} received — $1,200",
		f"Invoice {n(invoice)} partly paid, still to pay — $3,000",
	]


def unreconciled(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	payment = office.pay(invoice, 4200)
	office.unreconcile(payment)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Invoice {n(invoice)} paid — $4,200",
		f"Invoice {n(invoice)} open again, to pay — $4,200",
	]


def unreconciled_and_reconciled_in_one_act(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	payment = office.pay(invoice, 4200)
	with office.act():
		office.unreconcile(payment)
		office.reconcile()
	return [f"Invoice {n(invoice)} sent — $4,200", f"Invoice {n(invoice)} paid — $4,200"]


def a_refund(office: Plans) -> list[str]:
	payment = office.on_account(500)
	refund = office.on_account(500, "Pay")
	return [f"Payment {n(payment)} received — $500", f"Refund {n(refund)} paid — $500"]


def a_refund_cancelled(office: Plans) -> list[str]:
	refund = office.on_account(500, "Pay")
	office.cancel(refund)
	return [f"void: Refund {n(refund)} paid — $500", f"Refund {n(refund)} cancelled — $500"]


def an_opening_invoice_and_its_payment(office: Plans) -> list[str]:
	payment = office.pay(office.opening(700), 300)
	return [f"Payment {n(payment)} received — $300"]


def an_opening_invoice_paid_off(office: Plans) -> list[str]:
	payment = office.pay(office.opening(700), 700)
	office.cancel(payment)
	return [f"void: Payment {n(payment)} received — $700", f"Payment {n(payment)} cancelled — $700"]


def journals(kind: str, amount: float, told: str, taken_back: str, other: str = "Cash - MC") -> Case:
	def case(office: Plans) -> list[str]:
		entry = office.journal(kind, amount, other=other)
		lines = [told] if told else []
		assert office.lines() == lines
		office.cancel(entry)
		return [f"void: {told}", taken_back] if told else []

	case.__name__ = f"{kind} of {amount}"
	return case


JOURNALS = [
	journals("Bank Entry", 500, "Payment received — $500", "Payment cancelled — $500"),
	journals("Cash Entry", 500, "Payment received — $500", "Payment cancelled — $500"),
	journals("Cash Entry", -500, "Refund paid — $500", "Refund cancelled — $500"),
	journals("Journal Entry", 500, "Credit to your account — $500", "Credit taken back — $500", SALES),
	journals("Journal Entry", -500, "Charge to your account — $500", "Charge taken back — $500", SALES),
	journals("Credit Note", 500, "Credit to your account — $500", "Credit taken back — $500", SALES),
	journals("Opening Entry", -500, "", "", TEMPORARY),
	journals("Write Off Entry", 500, "", "", WRITE_OFF),
]


def a_request(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.request(invoice)
	return [f"Invoice {n(invoice)} sent — $4,200", f"Payment request for invoice {n(invoice)} — $4,200"]


def a_request_cancelled(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.cancel(office.request(invoice))
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Payment request for invoice {n(invoice)} — $4,200",
		"Payment request cancelled — $4,200",
	]


def a_request_that_is_paid(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	request = office.request(invoice)
	with office.act():
		request.create_payment_entry()
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"Payment request for invoice {n(invoice)} — $4,200",
		f"Invoice {n(invoice)} paid — $4,200",
	]


def a_request_for_an_order(office: Plans) -> list[str]:
	order = office.order(200)
	office.request(order)
	return [f"Order {n(order)} confirmed — $200", f"Payment request for order {n(order)} — $200"]


def a_reminder(office: Plans) -> list[str]:
	invoice = office.overdue(4200)
	office.remind(invoice, 50)
	return [f"Invoice {n(invoice)} sent — $4,200", f"Payment reminder for invoice {n(invoice)} — $4,250"]


def a_reminder_taken_back(office: Plans) -> list[str]:
	invoice = office.overdue(4200)
	office.cancel(office.remind(invoice, 50))
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Payment reminder for invoice {n(invoice)} — $4,250",
		"Payment reminder taken back",
	]


def a_reminded_invoice_paid(office: Plans) -> list[str]:
	invoice = office.overdue(4200)
	office.remind(invoice, 0)
	office.pay(invoice, 4200)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"Payment reminder for invoice {n(invoice)} — $4,200",
		f"Invoice {n(invoice)} paid — $4,200",
	]


CASES: list[Case] = [
	a_payment_on_account,
	a_payment_on_account_cancelled,
	an_advance_that_pays_the_whole_invoice,
	an_advance_that_pays_a_part,
	a_deposit_for_an_order,
	a_deposit_by_a_journal_entry,
	an_invoice_with_its_deposit_cancelled,
	reconciled_later,
	a_part_reconciled_later,
	unreconciled,
	unreconciled_and_reconciled_in_one_act,
	a_refund,
	a_refund_cancelled,
	an_opening_invoice_and_its_payment,
	an_opening_invoice_paid_off,
	*JOURNALS,
	a_request,
	a_request_cancelled,
	a_request_that_is_paid,
	a_request_for_an_order,
	a_reminder,
	a_reminder_taken_back,
	a_reminded_invoice_paid,
]

#: where it is not known that the rules were asked: the ledger forgets what was taken back
FORGOTTEN = (unreconciled,)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_she_reads_what_is_on_her_account(site: Any, case: Case) -> None:
	check(site, case, again=case not in FORGOTTEN)
