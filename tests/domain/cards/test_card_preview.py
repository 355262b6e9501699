"""A rule is acted out on a document as it is, whatever its moment."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from support.card_helpers import BECOMES, CHANGES, NOT_SUBMITTABLE, PERMIT, RULE, RULES, SET, document

from customer_thread.domain.cards.model import Moment
from customer_thread.domain.cards.preview import as_preview, tried_out
from customer_thread.domain.cards.rules import Card, CardRule, EarlierCard, NoCard, make_card
from customer_thread.domain.errors import BadInput

FILES = {
	"Sales Invoice": "sales_invoice",
	"Quotation": "quotation",
	"Sales Order": "sales_order",
	"Contract": "contract",
	"Maintenance Visit": "maintenance_visit",
	"Project": "project",
	"Payment Entry": "payment_entry",
	"Delivery Note": "delivery_note",
	"Journal Entry": "journal_entry",
	"Payment Request": "payment_request",
	"Dunning": "dunning",
}


def _preview(rule: CardRule, row: dict[str, Any], submittable: bool = False) -> Card | NoCard:
	return make_card(as_preview(rule), tried_out(rule, row, submittable=submittable))


@pytest.mark.parametrize(
	("rule", "state"),
	[
		(BECOMES, "Filed"),
		(BECOMES, "Granted"),
		(BECOMES, "Final"),
		(BECOMES, None),
		(SET, "x"),
		(SET, 1),
		(CHANGES, "Filed"),
		(CHANGES, 3),
		(CHANGES, 4200.0),
		(CHANGES, "2026-05-14"),
		(CHANGES, date(2026, 5, 14)),
		(CHANGES, datetime.fromisoformat("2026-05-14 08:00:00")),
	],
)
def test_it_lets_a_field_become_what_the_rule_waits_for(rule: CardRule, state: object) -> None:
	assert isinstance(_preview(rule, {**PERMIT, "state": state}), Card)


@pytest.mark.parametrize(("rule", "state"), [(SET, ""), (SET, None), (CHANGES, ""), (CHANGES, None)])
def test_it_invents_no_value(rule: CardRule, state: object) -> None:
	assert isinstance(_preview(rule, {**PERMIT, "state": state}), NoCard)


@pytest.mark.parametrize("moment", ["Submitted", "Cancelled"])
@pytest.mark.parametrize("docstatus", [0, 1, 2])
def test_it_submits_and_cancels_for_the_look_of_it(moment: Moment, docstatus: int) -> None:
	rule = replace(RULE, moment=moment)
	row = {**PERMIT, "docstatus": docstatus}

	assert isinstance(_preview(rule, row, submittable=True), Card)
	assert row["docstatus"] == docstatus


def test_it_shows_a_rule_that_is_switched_off() -> None:
	assert isinstance(_preview(replace(RULE, enabled=False), PERMIT), Card)


def test_it_shows_a_card_again_that_was_made_already() -> None:
	made = make_card(RULE, tried_out(RULE, PERMIT, submittable=False))
	assert isinstance(made, Card)
	earlier = (EarlierCard(made.source_key, made.event_type), EarlierCard("k", "Permit asked for"))
	occasion = tried_out(RULE, PERMIT, submittable=False, earlier=earlier)

	assert [card.event_type for card in occasion.earlier] == ["Permit asked for"]
	assert isinstance(make_card(RULE, occasion), Card)


def test_it_says_which_field_is_not_there() -> None:
	with pytest.raises(BadInput, match="the field to watch is stage, which Permit does not have"):
		tried_out(replace(CHANGES, field="stage"), PERMIT, submittable=False)


@pytest.mark.parametrize(
	"rule", [rule for rule in RULES if rule.document_type in FILES], ids=lambda rule: rule.event_type
)
def test_it_acts_out_every_default_rule(rule: CardRule) -> None:
	"""What is left without a card is so for its condition: a credit note's rule on an invoice, say."""
	row = document(FILES[rule.document_type])
	answer = _preview(rule, row, rule.document_type not in NOT_SUBMITTABLE)

	assert isinstance(answer, Card) or answer.reason == "the rule's condition does not hold"
