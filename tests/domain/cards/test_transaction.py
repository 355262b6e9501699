"""What several documents did at once is read once, in order, from what was before to what is after."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from support.card_helpers import RULES, document

from customer_thread.domain.cards.model import Card, EarlierCard
from customer_thread.domain.cards.transaction import TouchedDocument, decide, occasions_of
from customer_thread.domain.cards.values import word

INVOICE = "ACC-SINV-2026-02041"
PAYMENT_ROW = {"reference_doctype": "Sales Invoice", "reference_name": INVOICE}


def submitted(file: str, **changes: object) -> TouchedDocument:
	after = document(file, **changes)
	draft = {**after, "docstatus": 0, "status": "Draft"}
	return TouchedDocument(after, draft, frozenset({"Submitted", "Saved"}), submittable=True, by_staff=True)


def saved(file: str, before: dict[str, Any], **changes: object) -> TouchedDocument:
	after = document(file, **changes)
	return TouchedDocument(after, {**after, **before}, frozenset({"Saved"}), submittable=True, by_staff=True)


def cancelled(file: str, **changes: object) -> TouchedDocument:
	before = document(file, **changes)
	after = {**before, "docstatus": 2, "status": "Cancelled"}
	return TouchedDocument(after, before, frozenset({"Cancelled", "Saved"}), submittable=True, by_staff=True)


def told(
	*act: TouchedDocument, earlier: Mapping[tuple[str, str], tuple[EarlierCard, ...]] | None = None
) -> list[str]:
	answers = decide(RULES, occasions_of(act), earlier or {})
	cards = [answer for _occasion, answer in answers if isinstance(answer, Card)]
	names = {INVOICE: "1", "ACC-PAY-2026-00044": "P", "ACC-JV-2026-00012": "J", "CN": "C"}
	lines = []
	for card in cards:
		title = card.title
		for whole, short in names.items():
			title = title.replace(whole, short)
		lines.append(title + (f" — {word(card.amount)}" if card.amount is not None else ""))
	return lines


PAID = saved("sales_invoice", {"status": "Unpaid"}, status="Paid", outstanding_amount=0.0)
PART = saved("sales_invoice", {"status": "Unpaid"}, status="Partly Paid", outstanding_amount=3000.0)


@pytest.mark.parametrize(
	("act", "lines"),
	[
		(
			[submitted("sales_invoice", status="Paid", outstanding_amount=0.0)],
			["Invoice #1 sent, already paid — 4200"],
		),
		(
			[submitted("sales_invoice", status="Partly Paid", outstanding_amount=3000.0)],
			["Invoice #1 sent — 4200", "Invoice #1 partly paid, still to pay — 3000"],
		),
		([submitted("payment_entry", references=[PAYMENT_ROW]), PAID], ["Invoice #1 paid — 4200"]),
		(
			[submitted("payment_entry", references=[PAYMENT_ROW]), PART],
			["Invoice #1 partly paid, still to pay — 3000"],
		),
		([submitted("payment_entry", references=[PAYMENT_ROW])], ["Payment #P received — 1000"]),
		(
			[
				submitted("payment_entry", references=[PAYMENT_ROW, {**PAYMENT_ROW, "reference_name": "B"}]),
				PAID,
			],
			["Payment #P received — 1000", "Invoice #1 paid — 4200"],
		),
		(
			[submitted("payment_entry", references=[PAYMENT_ROW], unallocated_amount=100.0), PAID],
			["Payment #P received — 1000", "Invoice #1 paid — 4200"],
		),
		(
			[submitted("journal_entry", voucher_type="Write Off Entry"), PAID],
			["Invoice #1 settled — nothing more to pay"],
		),
		(
			[submitted("journal_entry", voucher_type="Write Off Entry"), PART],
			["Invoice #1, still to pay — 3000"],
		),
		(
			[submitted("sales_invoice"), cancelled("sales_invoice", name="B")],
			["Invoice #B cancelled — 4200", "Invoice #1 sent — 4200"],
		),
	],
)
def test_it_tells_an_act_whatever_order_it_is_reported_in(
	act: list[TouchedDocument], lines: list[str]
) -> None:
	for order in permutations(act):
		assert told(*order) == lines


def test_it_tells_no_payment_that_takes_the_place_of_one_that_an_invoice_told() -> None:
	stands = {("Sales Invoice", INVOICE): (EarlierCard("a", "Invoice partly paid", amount=Decimal(3000)),)}
	unchanged = saved("sales_invoice", {}, status="Partly Paid", outstanding_amount=3000.0)
	old = cancelled("payment_entry", name="OLD", references=[PAYMENT_ROW])
	new = submitted("payment_entry", references=[PAYMENT_ROW])
	for act in permutations([old, new, unchanged]):
		assert told(*act, earlier=stands) == []
	assert told(new, unchanged, earlier=stands) == ["Payment #P received — 1000"]
	other = cancelled("payment_entry", name="OLD", references=[])
	assert told(other, new, unchanged, earlier=stands) == ["Payment #P received — 1000"]
	by_itself = stands | {
		("Payment Entry", "OLD"): (EarlierCard("b", "Payment received", amount=Decimal(1000)),)
	}
	assert told(old, new, unchanged, earlier=by_itself) == [
		"Payment #OLD cancelled — 1000",
		"Payment #P received — 1000",
	]


def test_it_says_what_is_still_to_pay_of_an_overdue_invoice_that_is_lowered() -> None:
	sent = {("Sales Invoice", INVOICE): (EarlierCard("a", "Invoice sent", amount=Decimal(4200)),)}
	note = submitted(
		"sales_invoice",
		name="CN",
		is_return=1,
		return_against=INVOICE,
		grand_total=-500.0,
		rounded_total=-500.0,
	)
	lowered = saved("sales_invoice", {}, status="Overdue", outstanding_amount=3700.0)
	for act in permutations([note, lowered]):
		(line,) = told(*act, earlier=sent)
		assert line.endswith("off invoice #1, still to pay — 3700")
	assert told(lowered, earlier=sent) == []


def test_it_says_off_and_paid_of_no_credit_note_that_is_taken_back() -> None:
	note = cancelled(
		"sales_invoice",
		name="CN",
		is_return=1,
		return_against=INVOICE,
		grand_total=-200.0,
		rounded_total=-200.0,
	)
	invoice = saved("sales_invoice", {}, status="Partly Paid", outstanding_amount=3700.0)
	lowered = {
		("Sales Invoice", INVOICE): (
			EarlierCard(
				f"Sales Invoice|{INVOICE}|status|Partly Paid|Invoice credited|0",
				"Invoice credited",
				amount=Decimal(3500),
			),
		)
	}
	assert told(note, invoice, earlier=lowered) == ["Invoice #1, still to pay — 3700"]


def test_it_says_paid_of_nothing_that_was_written_off_in_part() -> None:
	invoice = submitted("sales_invoice", status="Paid", outstanding_amount=0.0)
	off = submitted("journal_entry", voucher_type="Write Off Entry")
	for act in permutations([invoice, off]):
		lines = told(*act)
		assert lines[0] == "Invoice #1 sent — 4200"
		assert "settled" in lines[1]
		assert len(lines) == 2


def test_it_tells_nothing_of_what_was_called_off_and_opened_again() -> None:
	order = saved("sales_order", {})
	assert told(order, earlier={("Sales Order", order.after["name"]): ()}) == []


@pytest.mark.parametrize(
	("status", "left", "line"),
	[
		("Partly Paid", 3700.0, "still to pay — 3700"),
		("Credit Note Issued", 0.0, "nothing more to pay"),
	],
)
def test_it_tells_a_credit_note_and_its_balance_by_one_card(status: str, left: float, line: str) -> None:
	note = submitted(
		"sales_invoice",
		name="CN",
		is_return=1,
		return_against=INVOICE,
		grand_total=-500.0,
		rounded_total=-500.0,
		status="Return",
	)
	invoice = saved("sales_invoice", {"status": "Unpaid"}, status=status, outstanding_amount=left)
	(said,) = told(note, invoice)
	assert said.endswith(line)
	assert told(note) == ["Credit note #C for invoice #1 — 500"], "where the invoice is left alone"


def test_it_tells_nothing_of_what_was_taken_back_at_once() -> None:
	gone = cancelled("sales_invoice")
	once = TouchedDocument(
		gone.after, None, frozenset({"Created", "Submitted", "Cancelled", "Saved"}), submittable=True
	)
	assert told(once) == []
