"""Credit notes and write-offs through ERPNext's own buttons, and what the customer reads, oldest first."""

from typing import Any

import pytest
from support.site_month import n
from support.site_month_check import Case, check
from support.site_month_money import WRITE_OFF
from support.site_month_plans import Plans


def a_credit_note_of_its_own(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	note = office.credit(invoice, 500)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"Credit note {n(note)} for invoice {n(invoice)} — $500",
	]


def a_credit_note_of_its_own_cancelled(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	note = office.credit(invoice, 500)
	office.cancel(note)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Credit note {n(note)} for invoice {n(invoice)} — $500",
		f"Credit note {n(note)} cancelled — $500",
	]


def a_credit_note_that_lowers_its_invoice(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.credit(invoice, 500, alone=False)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"$500 off invoice {n(invoice)}, still to pay — $3,700",
	]


def lowered_twice_and_paid(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.credit(invoice, 500, alone=False)
	office.credit(invoice, 200, alone=False)
	office.pay(invoice, 1000)
	office.pay(invoice, 2500)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: $500 off invoice {n(invoice)}, still to pay — $3,700",
		f"void: $200 off invoice {n(invoice)}, still to pay — $3,500",
		f"void: Invoice {n(invoice)} partly paid, still to pay — $2,500",
		f"Invoice {n(invoice)} settled — nothing more to pay",
	]


def lowered_after_a_part_payment(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.pay(invoice, 1200)
	office.credit(invoice, 500, alone=False)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Invoice {n(invoice)} partly paid, still to pay — $3,000",
		f"$500 off invoice {n(invoice)}, still to pay — $2,500",
	]


def the_lowering_taken_back(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.cancel(office.credit(invoice, 500, alone=False))
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: $500 off invoice {n(invoice)}, still to pay — $3,700",
		f"Invoice {n(invoice)} open again, to pay — $4,200",
	]


def a_credit_note_that_settles(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.credit(invoice, alone=False)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"$4,200 off invoice {n(invoice)} — nothing more to pay",
	]


def the_settling_taken_back(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.cancel(office.credit(invoice, alone=False))
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: $4,200 off invoice {n(invoice)} — nothing more to pay",
		f"Invoice {n(invoice)} open again, to pay — $4,200",
	]


def the_rest_credited(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.pay(invoice, 1200)
	office.credit(invoice, 3000, alone=False)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Invoice {n(invoice)} partly paid, still to pay — $3,000",
		f"$3,000 off invoice {n(invoice)} — nothing more to pay",
	]


def a_credit_note_reconciled(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	note = office.credit(invoice, 500)
	office.reconcile()
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"Credit note {n(note)} for invoice {n(invoice)} — $500",
		f"$500 off invoice {n(invoice)}, still to pay — $3,700",
	]


def credited_after_it_was_paid(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.pay(invoice, 4200)
	note = office.credit(invoice, 500)
	refund = office.pay(note, -500)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"Invoice {n(invoice)} paid — $4,200",
		f"Credit note {n(note)} for invoice {n(invoice)} — $500",
		f"Refund {n(refund)} paid — $500",
	]


def a_credit_note_without_an_invoice(office: Plans) -> list[str]:
	note = office.credit_without_invoice(500)
	return [f"Credit note {n(note)} — $500"]


def written_off(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.journal("Write Off Entry", 4200, against=invoice, other=WRITE_OFF)
	return [f"Invoice {n(invoice)} sent — $4,200", f"Invoice {n(invoice)} settled — nothing more to pay"]


def the_rest_written_off(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.pay(invoice, 4000)
	office.journal("Write Off Entry", 200, against=invoice, other=WRITE_OFF)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Invoice {n(invoice)} partly paid, still to pay — $200",
		f"Invoice {n(invoice)} settled — nothing more to pay",
	]


def partly_written_off(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.journal("Write Off Entry", 1200, against=invoice, other=WRITE_OFF)
	return [f"Invoice {n(invoice)} sent — $4,200", f"Invoice {n(invoice)}, still to pay — $3,000"]


def a_write_off_taken_back(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.cancel(office.journal("Write Off Entry", 4200, against=invoice, other=WRITE_OFF))
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Invoice {n(invoice)} settled — nothing more to pay",
		f"Invoice {n(invoice)} open again, to pay — $4,200",
	]


def a_payment_that_forgives_the_rest(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.pay_with_difference(invoice, 4150, 50)
	return [f"Invoice {n(invoice)} sent — $4,200", f"Invoice {n(invoice)} paid — $4,200"]


CASES: list[Case] = [
	a_credit_note_of_its_own,
	a_credit_note_of_its_own_cancelled,
	a_credit_note_that_lowers_its_invoice,
	lowered_twice_and_paid,
	lowered_after_a_part_payment,
	the_lowering_taken_back,
	a_credit_note_that_settles,
	the_settling_taken_back,
	the_rest_credited,
	a_credit_note_reconciled,
	credited_after_it_was_paid,
	a_credit_note_without_an_invoice,
	written_off,
	the_rest_written_off,
	partly_written_off,
	a_write_off_taken_back,
	a_payment_that_forgives_the_rest,
]

#: where it is not known that the rules were asked: no credit note is found that was set against its invoice later
TOLD_TWICE = (a_credit_note_reconciled,)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_she_reads_what_is_off_her_invoice(site: Any, case: Case) -> None:
	check(site, case, again=case not in TOLD_TWICE)
