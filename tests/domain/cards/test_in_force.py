"""Since when a rule is asked, and what makes it ask anew."""

from dataclasses import replace

import pytest

from customer_thread.domain.cards.in_force import is_newly_in_force, was_asked
from customer_thread.domain.cards.model import CardRule

RULE = CardRule(
	"Permit", "Becomes", "customer", "Permit granted", "Permit granted", field="state", value="Granted"
)


@pytest.mark.parametrize(
	"change",
	[
		{"document_type": "License"},
		{"moment": "Changes"},
		{"field": "status"},
		{"value": "Lost"},
		{"condition": "doc.fee"},
		{"party_field": "holder"},
		{"party_type_field": "holder_type"},
		{"event_type": "Permit given"},
		{"gives_way_to": "License granted"},
		{"each_amount": True},
	],
	ids=str,
)
def test_a_rule_that_asks_for_something_else_is_newly_in_force(change: dict[str, object]) -> None:
	changed = replace(RULE, **change)  # type: ignore[arg-type]
	assert is_newly_in_force(RULE, changed)
	assert not is_newly_in_force(RULE, replace(changed, enabled=False))


@pytest.mark.parametrize(
	"change",
	[
		{"title": "Granted at last"},
		{"link": "/permits"},
		{"amount_field": "fee"},
		{"currency_field": "currency"},
		{"date_field": "granted_on"},
		{"voids_event_type": "*"},
		{"in_force_since_us": 7},
	],
	ids=str,
)
def test_other_words_change_nothing(change: dict[str, object]) -> None:
	assert not is_newly_in_force(RULE, replace(RULE, **change))  # type: ignore[arg-type]


def test_one_that_is_switched_on_is_newly_in_force() -> None:
	off = replace(RULE, enabled=False)
	assert is_newly_in_force(off, RULE)
	assert not is_newly_in_force(RULE, off)
	assert not is_newly_in_force(off, off)


@pytest.mark.parametrize(
	("since_us", "earliest_us", "asked"),
	[(0, 0, False), (0, 9, False), (5, 4, False), (5, 5, True), (5, 9, True)],
)
def test_it_was_asked_about_what_came_later(since_us: int, earliest_us: int, asked: bool) -> None:
	assert was_asked(since_us, earliest_us) is asked


def test_a_row_of_the_table_has_it() -> None:
	row = {"document_type": "Permit", "moment": "Created", "enabled": 1}
	assert CardRule.from_row(row).in_force_since_us == 0
	assert CardRule.from_row({**row, "in_force_since_us": None}).in_force_since_us == 0
	assert CardRule.from_row({**row, "in_force_since_us": 1_700_000_000_000_000}).in_force_since_us > 1e15
