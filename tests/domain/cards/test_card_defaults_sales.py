"""The default rules for invoices, estimates and orders: each card, and each trap that must give none."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.card_helpers import (
	DOCUMENTS,
	FIXTURES,
	ROWS,
	RULES,
	SARAH,
	History,
	said,
)

from customer_thread.domain.cards.rules import (
	CardRule,
	check,
)
from customer_thread.domain.cards.values import word
from customer_thread.domain.model import Party

INVOICE = "ACC-SINV-2026-02041"
INVOICE_URL = f"/invoices/{INVOICE}"


def test_it_ships_rules_that_pass_their_own_check() -> None:
	assert len({row["name"] for row in ROWS}) == len(ROWS)
	assert {row["doctype"] for row in ROWS} == {"Thread Card Rule"}
	for rule in RULES:
		check(rule)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.json")), ids=lambda path: path.stem)
def test_it_names_only_fields_the_recorded_documents_have(path: Path) -> None:
	recorded = json.loads(path.read_text("utf-8"))
	rules = [rule for rule in RULES if rule.document_type == recorded["doctype"]]
	assert rules
	for rule in rules:
		check(rule, recorded.keys())


def test_it_ships_the_fields_of_the_doctype() -> None:
	path = FIXTURES.parent.parent / "customer_thread/doctype/thread_card_rule/thread_card_rule.json"
	fields = json.loads(path.read_text("utf-8"))["fields"]
	layout = {"Button", "Column Break", "HTML", "Section Break", "Tab Break"}
	known = {field["fieldname"] for field in fields if field["fieldtype"] not in layout}
	hidden = {field["fieldname"] for field in fields if field.get("hidden")}
	site_s_own = {"in_force_since_us"}
	assert known - hidden == set(CardRule.__dataclass_fields__) - site_s_own
	assert all(set(row) - {"doctype", "name"} == known - site_s_own for row in ROWS)


def test_it_describes_each_default_event() -> None:
	page = (Path(__file__).parents[3] / "docs" / "cards.md").read_text("utf-8")
	headings = {line.removeprefix("### ") for line in page.splitlines() if line.startswith("### ")}
	assert headings == {rule.event_type for rule in RULES}


def test_it_says_the_invoice_line_of_the_example() -> None:
	(card,) = History("sales_invoice", name="2041").submit()
	assert (card.title, card.amount, card.currency) == ("Invoice #2041 sent", Decimal(4200), "USD")
	assert (card.url, card.party) == ("/invoices/2041", SARAH)
	assert card.occurred is None
	assert card.reason == "Sales Invoice was submitted"


def test_it_tells_an_invoices_life_one_card_an_act() -> None:
	invoice = History("sales_invoice")
	told = said(invoice.submit())
	told += said(invoice.save(status="Partly Paid", outstanding_amount=2100.0))
	told += said(invoice.save(status="Paid", outstanding_amount=0.0))
	told += said(invoice.save(status="Partly Paid", outstanding_amount=2100.0))
	assert invoice.void == ["Invoice partly paid", "Invoice paid"]
	told += said(invoice.save(status="Paid", outstanding_amount=0.0))
	told += said(invoice.save(status="Overdue", outstanding_amount=4200.0))
	assert invoice.void == ["Invoice partly paid", "Invoice paid", "Invoice partly paid", "Invoice paid"]
	told += said(invoice.cancel())
	assert len(invoice.void) == 6
	assert {card.void for card in invoice.earlier[:-1]} == {True}
	assert not invoice.earlier[-1].void
	part = ("Invoice partly paid", f"Invoice #{INVOICE} partly paid, still to pay", "2100", INVOICE_URL)
	paid = ("Invoice paid", f"Invoice #{INVOICE} paid", "4200", INVOICE_URL)
	assert told == [
		("Invoice sent", f"Invoice #{INVOICE} sent", "4200", INVOICE_URL),
		part,
		paid,
		part,
		paid,
		("Invoice open again", f"Invoice #{INVOICE} open again, to pay", "4200", INVOICE_URL),
		("Invoice cancelled", f"Invoice #{INVOICE} cancelled", "4200", INVOICE_URL),
	]


def test_it_tells_nothing_when_a_partly_paid_invoice_only_grows_old() -> None:
	invoice = History("sales_invoice", status="Partly Paid", outstanding_amount=2100.0)
	assert invoice.save(status="Overdue") == []


def test_it_tells_when_a_part_payment_is_taken_back() -> None:
	invoice = History("sales_invoice", status="Partly Paid", outstanding_amount=2100.0)
	cards = invoice.save(status="Unpaid", outstanding_amount=4200.0)
	assert [card.event_type for card in cards] == ["Invoice open again"]


@pytest.mark.parametrize("is_return", [0, 1])
@pytest.mark.parametrize(
	"trap",
	[
		{"is_opening": "Yes"},
		{"is_consolidated": 1},
		{"is_internal_customer": 1},
		{"is_pos": 1},
		{"customer": ""},
	],
)
def test_it_tells_nothing_of_invoices_that_are_not_sent_to_anyone(
	trap: dict[str, Any], is_return: int
) -> None:
	invoice = History("sales_invoice", is_return=is_return, **trap)
	cards = invoice.submit()
	for status in ("Partly Paid", "Paid", "Unpaid", "Partly Paid", "Overdue"):
		cards += invoice.save(status=status)
	assert cards + invoice.cancel() == []


def test_it_tells_nothing_of_a_credit_notes_status() -> None:
	note = History("sales_invoice", is_return=1)
	assert [note.save(status=status) for status in ("Partly Paid", "Paid", "Unpaid")] == [[], [], []]


def test_it_does_not_call_an_invoice_of_nothing_paid() -> None:
	invoice = History("sales_invoice", grand_total=0.0, rounded_total=0.0)
	(card,) = invoice.submit()
	assert (card.amount, card.currency) == (None, "")
	assert invoice.save(status="Paid") == []


@pytest.mark.parametrize(
	("rounded", "grand", "amount"),
	[(4200.0, 4200.4, "4200"), (0.0, 4200.4, "4200.4"), (None, 0.3, "0.3"), (0, 0.1 + 0.2, "0.3")],
)
def test_it_takes_the_rounded_total_if_there_is_one(rounded: object, grand: float, amount: str) -> None:
	(card,) = History("sales_invoice", rounded_total=rounded, grand_total=grand, currency="EUR").submit()
	assert card.amount is not None
	assert (word(card.amount), card.currency) == (amount, "EUR")


def test_it_tells_a_credit_note_with_what_the_customer_gets() -> None:
	note = History(
		"sales_invoice",
		name="ACC-SINV-RET-2026-00002",
		is_return=1,
		return_against=INVOICE,
		grand_total=-300.25,
		rounded_total=-300.0,
		status="Return",
	)
	title = f"Credit note #ACC-SINV-RET-2026-00002 for invoice #{INVOICE}"
	url = "/invoices/ACC-SINV-RET-2026-00002"
	assert said(note.submit()) == [("Credit note issued", title, "300", url)]
	cancelled = note.cancel()
	assert [card.event_type for card in cancelled] == ["Credit note cancelled"]
	assert note.void == ["Credit note issued"]


def test_it_tells_the_amended_invoice_anew() -> None:
	first = History("sales_invoice")
	old = first.submit()[0]
	first.cancel()
	new = History("sales_invoice", name=f"{INVOICE}-1", amended_from=INVOICE).submit()[0]
	assert new.title == f"Invoice #{INVOICE}-1 sent"
	assert new.source_key != old.source_key


def test_it_tells_an_estimates_life() -> None:
	estimate = History("quotation")
	url = "/quotations/SAL-QTN-2026-00018"
	assert said(estimate.submit()) == [
		("Estimate shared", "Estimate #SAL-QTN-2026-00018 shared", "4200.4", url)
	]
	assert estimate.save(status="Ordered") + estimate.save(status="Open") == []
	assert [card.event_type for card in estimate.cancel()] == ["Estimate cancelled"]
	assert estimate.void == ["Estimate shared"]


def test_it_never_tells_why_an_estimate_was_lost() -> None:
	estimate = History("quotation")
	estimate.submit()
	assert estimate.save(status="Lost", order_lost_reason="Too expensive for her") == []
	assert all("order_lost_reason" not in json.dumps(row) for row in ROWS)


@pytest.mark.parametrize(
	("kind", "party", "url"),
	[
		("Customer", SARAH, "/quotations/SAL-QTN-2026-00018"),
		("Lead", Party("Lead", "Sarah Lee"), ""),
		("Prospect", None, ""),
		("CRM Deal", None, ""),
	],
)
def test_it_shares_estimates_with_customers_and_leads(kind: str, party: Party | None, url: str) -> None:
	cards = History("quotation", quotation_to=kind).submit()
	assert [(card.party, card.url) for card in cards] == ([(party, url)] if party else [])


def test_it_shares_no_estimate_that_is_the_customers_own_cart() -> None:
	cart = History("quotation", order_type="Shopping Cart")
	cards = cart.submit() + cart.save(status="Ordered") + cart.save(status="Open")
	assert cards + cart.cancel() == []


def test_it_tells_an_order_once() -> None:
	order = History("sales_order", items=[{"item_code": "DECK", "prevdoc_docname": None}])
	url = "/orders/SAL-ORD-2026-00031"
	assert said(order.submit()) == [("Order confirmed", "Order #SAL-ORD-2026-00031 confirmed", "4200", url)]
	assert order.save(status="On Hold") == []
	(changed,) = order.save(grand_total=4600.0, rounded_total=4600.0)
	assert (changed.title, changed.amount) == ("Order #SAL-ORD-2026-00031 changed", Decimal(4600))
	assert order.void == ["Order confirmed"]
	assert [card.event_type for card in order.cancel()] == ["Order cancelled"]
	assert order.void == ["Order confirmed", "Order changed"]
	internal = History("sales_order", is_internal_customer=1)
	assert internal.submit() + internal.cancel() == []


def test_it_tells_an_order_that_is_closed_untouched_as_called_off() -> None:
	order = History("sales_order", items=[{"prevdoc_docname": None}])
	order.submit()
	(called_off,) = order.save(status="Closed")
	assert (called_off.title, called_off.amount) == ("Order #SAL-ORD-2026-00031 called off", None)
	assert order.void == ["Order confirmed"]
	assert said(order.save(status="To Deliver and Bill")) == [
		(
			"Order confirmed",
			"Order #SAL-ORD-2026-00031 confirmed again",
			"4200",
			"/orders/SAL-ORD-2026-00031",
		)
	]
	assert order.void == ["Order confirmed", "Order called off"]
	assert len(order.save(status="Closed")) == 1
	assert [card.void for card in order.earlier] == [True, True, True, False]


@pytest.mark.parametrize(
	"done", [{"per_delivered": 40.0}, {"per_billed": 100.0}, {"is_internal_customer": 1}]
)
def test_it_calls_no_order_off_that_was_done_in_part(done: dict[str, object]) -> None:
	order = History("sales_order", items=[{"prevdoc_docname": None}], **done)
	order.submit()
	assert order.save(status="Closed") + order.save(status="To Deliver and Bill") == []


def test_it_tells_an_order_from_an_estimate_as_its_approval() -> None:
	two = [
		{"prevdoc_docname": "Q-1"},
		{"prevdoc_docname": None},
		{"prevdoc_docname": "Q-2"},
		{"prevdoc_docname": "Q-1"},
	]
	order = History("sales_order", items=two)
	title = "Estimate #Q-1, #Q-2 approved, order #SAL-ORD-2026-00031"
	assert said(order.submit()) == [("Estimate approved", title, "4200", "/orders/SAL-ORD-2026-00031")]
	cart = History("sales_order", items=two, order_type="Shopping Cart")
	assert [card.event_type for card in cart.submit()] == ["Order confirmed"]


@pytest.mark.parametrize(
	("balances", "told"),
	[
		([3000, 2000, 2000, 0], ["partly paid — 3000", "partly paid — 2000", "paid — 4200"]),
		([3000, 4200], ["partly paid — 3000", "open again — 4200"]),
		([3000, 2000, 3000], ["partly paid — 3000", "partly paid — 2000", "partly paid — 3000"]),
		([0, 4200, 0], ["paid — 4200", "open again — 4200", "paid — 4200"]),
	],
)
def test_it_tells_each_balance_once(balances: list[float], told: list[str]) -> None:
	invoice = History("sales_invoice")
	invoice.submit()
	cards = []
	for left in balances:
		status = "Paid" if left == 0 else "Partly Paid" if left < 4200 else "Unpaid"
		# as ERPNext does it: the amount is there before anything is reported
		invoice.now["outstanding_amount"] = float(left)
		cards += invoice.save(status=status)
	assert [f"{card.event_type.removeprefix('Invoice ')} — {word(card.amount)}" for card in cards] == told
	assert [card.void for card in invoice.earlier] == [False, *[True] * (len(told) - 1), False]


def test_it_tells_an_overdue_balance_only_if_a_part_was_told_before() -> None:
	invoice = History("sales_invoice", status="Overdue")
	assert invoice.save(outstanding_amount=3000.0) == [], "the payment tells of itself"
	part = History("sales_invoice")
	part.submit()
	part.save(status="Partly Paid", outstanding_amount=3000.0)
	assert part.save(status="Overdue") == []
	(card,) = part.save(outstanding_amount=2000.0)
	assert (card.event_type, card.amount) == ("Invoice partly paid", Decimal(2000))
	(again,) = part.save(outstanding_amount=4200.0)
	assert (again.event_type, again.amount) == ("Invoice open again", Decimal(4200))
	assert part.save(status="Unpaid") == []
