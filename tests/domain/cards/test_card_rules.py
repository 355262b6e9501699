"""The rule engine: when a rule makes a card, for whom, and why not."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from support.card_helpers import BECOMES, CHANGES, PERMIT, RULE, SET, changed, made, reason

from customer_thread.domain.cards.rules import (
	Card,
	CardRule,
	EarlierCard,
	NoCard,
	Occasion,
	make_card,
	make_cards,
)
from customer_thread.domain.model import Party


def test_it_says_why_there_is_no_card() -> None:
	assert reason(made(replace(RULE, enabled=False))) == "the rule is switched off"
	assert reason(made(RULE, doctype="Task")) == "the rule is about Permit, not Task"
	assert reason(made(RULE, "Saved")) == "the document was saved, and the rule waits for Created"
	assert reason(made(RULE, docstatus=2)) == "the document is cancelled"
	assert (
		reason(made(replace(RULE, condition="doc.state == 'Lost'"))) == "the rule's condition does not hold"
	)
	assert (
		reason(made(RULE, customer=None)) == "customer is empty, and only a Customer or a Lead has a thread"
	)
	draft = make_card(RULE, Occasion("Created", PERMIT, submittable=True))
	assert reason(draft) == "the document is a draft"


@pytest.mark.parametrize(
	("rule", "old", "new", "card"),
	[
		(BECOMES, "Filed", "Granted", True),
		(BECOMES, "Granted", "Granted", False),
		(BECOMES, "Granted", "Final", False),
		(BECOMES, None, "Final", True),
		(BECOMES, "Granted", "Filed", False),
		(BECOMES, "Filed", "granted", False),
		(SET, None, "x", True),
		(SET, 0, 1, True),
		(SET, "x", "y", False),
		(SET, "x", "", False),
		(CHANGES, "a", "b", True),
		(CHANGES, "", "b", False),
		(CHANGES, "a", None, False),
		(CHANGES, 4200, "4200", False),
		(CHANGES, 4200.0, Decimal("4200.000"), False),
		(CHANGES, date(2026, 5, 14), "2026-05-14", False),
		(CHANGES, datetime.fromisoformat("2026-05-14 08:00:00"), "2026-05-14 08:00:00.000000", False),
		(CHANGES, datetime.fromisoformat("2026-05-14 08:00:00"), "2026-05-14T08:00", False),
		(CHANGES, datetime.fromisoformat("2026-05-14 08:00:00"), "2026-05-14 08:00:01", True),
	],
)
def test_it_knows_when_something_happened(rule: CardRule, old: object, new: object, card: bool) -> None:
	assert isinstance(changed(rule, old, new), Card) is card


def test_it_takes_a_new_document_for_one_that_became() -> None:
	assert isinstance(made(BECOMES, state="Granted"), Card)
	assert isinstance(made(CHANGES, state="Granted"), NoCard)


def test_it_finds_the_first_customer_in_a_child_table() -> None:
	rule = replace(RULE, party_field="people.who", party_type_field="kind")
	rows = [
		{"kind": "Supplier", "who": "A"},
		{"kind": "Customer", "who": ""},
		{"kind": "Lead", "who": "L-1"},
		{"kind": "Customer", "who": "C-1"},
	]
	answer = made(rule, people=rows)
	assert isinstance(answer, Card)
	assert answer.party == Party("Lead", "L-1")
	assert reason(made(rule, people=rows[:2])) == "no row of people names a Customer or a Lead"
	assert reason(made(rule, people=None)) == "no row of people names a Customer or a Lead"


def test_it_goes_on_after_a_broken_rule() -> None:
	answers = make_cards([replace(RULE, title="{{ doc.nmae }}"), RULE, RULE], Occasion("Created", PERMIT))
	assert [type(answer) for answer in answers] == [NoCard, Card, NoCard]
	assert isinstance(answers[0], NoCard)
	assert answers[0].broken
	assert reason(answers[2]) == "this change has its card already"


def test_it_makes_one_card_of_an_event_type_of_one_act() -> None:
	both = [BECOMES, replace(CHANGES, field="fee")]
	occasion = Occasion("Saved", {**PERMIT, "state": "Granted", "fee": 9}, {**PERMIT, "fee": 8})
	first, second = make_cards(both, occasion)
	assert isinstance(first, Card)
	assert reason(second) == "another rule has made the card “Permit filed” of this change"


def test_it_makes_void_what_is_not_void_yet() -> None:
	earlier = (EarlierCard("a", "Old", void=True), EarlierCard("b", "Old"), EarlierCard("c", "Other"))
	for voids, keys in (("Old", ("b",)), ("*", ("b", "c")), ("Other, Old", ("b", "c")), ("", ())):
		answer = make_card(
			replace(RULE, voids_event_type=voids), Occasion("Created", PERMIT, earlier=earlier)
		)
		assert isinstance(answer, Card)
		assert answer.voids == keys


def test_it_reads_a_rule_from_its_row() -> None:
	row = {"name": "abc", "document_type": "Permit", "moment": "Created", "notify": 1, "link": None}
	rule = CardRule.from_row(row)
	assert (rule.document_type, rule.enabled, rule.link) == ("Permit", True, "")
	assert CardRule.from_row({"enabled": 0}).enabled is False
