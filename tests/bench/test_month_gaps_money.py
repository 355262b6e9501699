"""What the office does at once with a customer's money in a real site, and what she reads, oldest first."""

from typing import Any

import pytest
from support.site_history import OwnArchive, bring_in
from support.site_month import n
from support.site_month_check import Case, check
from support.site_month_money import CASH, COST_CENTER, DEBTORS, WRITE_OFF
from support.site_month_plans import Plans

from customer_thread.frappe_host.enabled_rules import put_in_force


def a_payment_exchanged_for_one_as_large(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	first = office.pay(invoice, 1200)
	with office.act():
		office.cancel(first)
		office.pay(invoice, 1200)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"Invoice {n(invoice)} partly paid, still to pay — $3,000",
	]


def a_whole_payment_exchanged(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	first = office.pay(invoice, 4200)
	with office.act():
		office.cancel(first)
		office.pay(invoice, 4200)
	return [f"Invoice {n(invoice)} sent — $4,200", f"Invoice {n(invoice)} paid — $4,200"]


def a_payment_exchanged_for_a_larger_one(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	first = office.pay(invoice, 1200)
	with office.act():
		office.cancel(first)
		office.pay(invoice, 1300)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Invoice {n(invoice)} partly paid, still to pay — $3,000",
		f"Invoice {n(invoice)} partly paid, still to pay — $2,900",
	]


def an_overdue_invoice_lowered(office: Plans) -> list[str]:
	invoice = office.overdue(4200)
	office.credit(invoice, 500, alone=False)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"$500 off invoice {n(invoice)}, still to pay — $3,700",
	]


def an_overdue_invoice_lowered_twice_and_paid(office: Plans) -> list[str]:
	invoice = office.overdue(4200)
	office.credit(invoice, 500, alone=False)
	office.credit(invoice, 200, alone=False)
	office.pay(invoice, 1000)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: $500 off invoice {n(invoice)}, still to pay — $3,700",
		f"void: $200 off invoice {n(invoice)}, still to pay — $3,500",
		f"Invoice {n(invoice)} partly paid, still to pay — $2,500",
	]


def one_of_two_lowerings_taken_back(office: Plans) -> list[str]:
	invoice = office.invoice(4200)
	office.credit(invoice, 500, alone=False)
	office.cancel(office.credit(invoice, 200, alone=False))
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: $500 off invoice {n(invoice)}, still to pay — $3,700",
		f"void: $200 off invoice {n(invoice)}, still to pay — $3,500",
		f"Invoice {n(invoice)}, still to pay — $3,700",
	]


def an_overdue_invoice_beside_a_credit_note_of_its_own(office: Plans) -> list[str]:
	invoice = office.overdue(4200)
	note = office.credit(invoice, 500)
	return [
		f"Invoice {n(invoice)} sent — $4,200",
		f"Credit note {n(note)} for invoice {n(invoice)} — $500",
	]


def _half_paid_half_written_off(office: Plans) -> Any:
	office.on_account(100)
	with office.act():
		invoice = office.draft(200)
		invoice.allocate_advances_automatically = 1
		office.insert(invoice)
		office.journal("Write Off Entry", 100, against=invoice, other=WRITE_OFF)
	return invoice


def an_order_called_off_and_opened_again(office: Plans) -> list[str]:
	order = office.order(200)
	with office.act():
		office.order_status(order, "Closed")
		office.order_status(order, "Draft")
	return [f"Order {n(order)} confirmed — $200"]


def an_order_opened_again_and_called_off(office: Plans) -> list[str]:
	order = office.order(200)
	office.order_status(order, "Closed")
	with office.act():
		office.order_status(order, "Draft")
		office.order_status(order, "Closed")
	return [f"void: Order {n(order)} confirmed — $200", f"Order {n(order)} called off"]


CASES: list[Case] = [
	a_payment_exchanged_for_one_as_large,
	a_whole_payment_exchanged,
	a_payment_exchanged_for_a_larger_one,
	an_overdue_invoice_lowered,
	an_overdue_invoice_lowered_twice_and_paid,
	one_of_two_lowerings_taken_back,
	an_overdue_invoice_beside_a_credit_note_of_its_own,
	an_order_called_off_and_opened_again,
	an_order_opened_again_and_called_off,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_she_reads_what_comes_of_it(site: Any, case: Case) -> None:
	check(site, case)


def test_a_payment_with_a_card_of_its_own_is_exchanged(site: Any) -> None:
	office = Plans(site)
	invoice = office.overdue(4200)
	first = office.pay(invoice, 1200)
	with office.act():
		office.cancel(first)
		second = office.pay(invoice, 1200)
	assert office.lines() == [
		f"Invoice {n(invoice)} sent — $4,200",
		f"void: Payment {n(first)} received — $1,200",
		f"Payment {n(first)} cancelled — $1,200",
		f"Payment {n(second)} received — $1,200",
	]


def test_she_reads_paid_of_nothing_that_was_written_off_in_part(site: Any) -> None:
	office = Plans(site)
	invoice = _half_paid_half_written_off(office)
	lines = [line for line in office.lines() if n(invoice) in line and "nvoice" in line]
	assert lines[0] == f"Invoice {n(invoice)} sent — $200"
	assert "settled" in lines[1]
	assert len(lines) == 2
	assert not any("paid" in line for line in lines)


def entry(office: Plans, kind: str, amounts: dict[str, float], other: str = CASH) -> Any:
	"""Enter a journal entry that credits several customers."""
	rows = [
		{"account": DEBTORS, "party_type": "Customer", "party": name, "cost_center": COST_CENTER}
		| {"credit_in_account_currency": amount}
		for name, amount in amounts.items()
	]
	rows.append(
		{"account": other, "cost_center": COST_CENTER, "debit_in_account_currency": sum(amounts.values())}
	)
	return office.insert(
		office.site.get_doc(
			{
				"doctype": "Journal Entry",
				"voucher_type": kind,
				"company": office.draft().company,
				"posting_date": office.today,
				"cheque_no": "test",
				"cheque_date": office.today,
				"accounts": rows,
			}
		)
	)


@pytest.mark.parametrize(
	("kind", "told", "taken_back"),
	[
		("Bank Entry", "Payment received", "Payment cancelled"),
		("Journal Entry", "Credit to your account", "Credit taken back"),
	],
)
def test_each_customer_reads_of_their_own_rows_of_an_entry(
	site: Any, kind: str, told: str, taken_back: str
) -> None:
	office = Plans(site)
	bob = office.customer("TEST Bob Stone")
	doc = entry(office, kind, {office.sarah.name: 500, bob.name: 300})
	assert office.lines() == [f"{told} — $500"]
	assert office.lines(bob) == [f"{told} — $300"]
	office.cancel(doc)
	assert office.lines() == [f"void: {told} — $500", f"{taken_back} — $500"]
	assert office.lines(bob) == [f"void: {told} — $300", f"{taken_back} — $300"]


def test_the_customer_whose_invoice_an_entry_pays_reads_of_the_invoice_only(site: Any) -> None:
	office = Plans(site)
	bob = office.customer("TEST Bob Stone")
	invoice = office.invoice(500)
	with office.act():
		doc = site.copy_doc(entry(office, "Bank Entry", {office.sarah.name: 1, bob.name: 1}))
		assert doc.docstatus == 0
	doc.accounts[0].update(
		{"credit_in_account_currency": 500, "reference_type": invoice.doctype, "reference_name": invoice.name}
	)
	doc.accounts[1].credit_in_account_currency = 300
	doc.accounts[2].debit_in_account_currency = 800
	office.insert(doc)
	assert office.lines()[-1] == f"Invoice {n(invoice)} paid — $500"
	assert office.lines(bob)[-1] == "Payment received — $300"
	assert "Payment received — $500" not in office.lines()


def test_the_history_says_nothing_else_of_an_entry_for_several(site: Any) -> None:
	archive, office = OwnArchive(site), Plans(site)
	bob = office.customer("TEST Bob Stone")
	entry(office, "Bank Entry", {office.sarah.name: 500, bob.name: 300})
	lines = office.lines(), office.lines(bob)
	for is_known in (True, False):
		if not is_known:
			put_in_force()
		assert (bring_in(site, archive)["failed"], office.lines(), office.lines(bob)) == (0, *lines)
