"""What a rule would make of a document is shown, and nothing is written."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from support.world import World

from customer_thread.domain.cards.document_type import DocumentType
from customer_thread.domain.cards.rules import CardRule, Occasion
from customer_thread.domain.model import Party
from customer_thread.service.cards.make_cards import make_cards
from customer_thread.service.cards.preview_card import PreviewedCard, PreviewView, preview_card
from customer_thread.service.ports import PartyInfo
from customer_thread.store import events, threads

LEE = Party("Customer", "Lee")
GRANTED = CardRule(
	"Permit", "Becomes", "customer", "Permit granted", "Permit {{ doc.name }} granted", field="state", value="Granted",
	amount_field="fee", currency_field="currency", link="/orders/{{ doc.name }}", voids_event_type="*",
)  # fmt: skip
FILED = replace(GRANTED, moment="Created", event_type="Permit filed", field="", value="")
PERMIT: dict[str, Any] = {
	"doctype": "Permit", "name": "P-1", "customer": "Lee", "docstatus": 0, "state": "Filed", "fee": 120.5, "currency": "USD",
}  # fmt: skip
KIND = DocumentType("Permit", "Works", set(PERMIT))
NEW_YORK = "America/New_York"


@pytest.fixture
def permits(world: World) -> World:
	world.parties.known[LEE] = PartyInfo("Sarah Lee")
	return world


def _preview(world: World, rule: CardRule, **named: Callable[[Party], Party]) -> PreviewView:
	return world.do(lambda: preview_card(world.ports, rule, PERMIT, KIND, timezone=NEW_YORK, **named))


def _card(world: World, rule: CardRule, **named: Callable[[Party], Party]) -> PreviewedCard:
	card = _preview(world, rule, **named)["card"]
	assert card
	return card


def test_it_shows_the_card_as_the_customer_would_see_it(permits: World) -> None:
	answer = _preview(permits, GRANTED)
	card = _card(permits, GRANTED)

	assert card["line"] == "Permit P-1 granted — $120.50"
	assert {key: value for key, value in card.items() if key in ("amount", "link", "party", "customer")} == {
		"amount": "$120.50",
		"link": "/orders/P-1",
		"party": "Lee",
		"customer": "Sarah Lee",
	}
	assert card["at"].endswith("Z")
	assert answer["reason"] == "state became Granted, it was Filed"
	assert not answer["broken"]


def test_it_writes_nothing(permits: World) -> None:
	assert _card(permits, GRANTED)

	assert threads.of_party(permits.database, LEE) is None
	assert events.of_document(permits.database, "Permit", "P-1") == []


def test_it_knows_the_cards_that_are_there(permits: World) -> None:
	permits.do(lambda: make_cards(permits.ports, [FILED], [Occasion("Created", PERMIT)], timezone=NEW_YORK))

	assert _card(permits, GRANTED)["voids"] == ["Permit filed"]
	assert not _card(permits, GRANTED)["has_one"]
	assert _card(permits, FILED)["has_one"]


def test_it_says_whether_the_rule_is_on(permits: World) -> None:
	assert _card(permits, GRANTED)["is_on"]
	assert not _card(permits, replace(GRANTED, enabled=False))["is_on"]


@pytest.mark.parametrize(
	("change", "reason", "broken"),
	[
		({"condition": "doc.state == 'Lost'"}, "the rule's condition does not hold", False),
		({"party_field": "currency"}, "there is no Customer “USD”", False),
		({"title": "{{ doc.nme }}"}, "the title uses doc.nme, which Permit does not have.", True),
		({"title": "{{ doc.name.x }}"}, "Rule “Permit granted”: the title ", True),
		({"party_field": "custmer"}, "the customer field is custmer, which Permit does not have.", True),
		({"moment": "Submitted"}, "a Permit is never submitted.", True),
		({"link": "/app/permit"}, "the link is “/app/permit”.", True),
	],
)
def test_it_says_why_there_is_none(permits: World, change: dict[str, str], reason: str, broken: bool) -> None:
	answer = _preview(permits, replace(GRANTED, **change))  # type: ignore[arg-type]

	assert answer["card"] is None
	assert reason in answer["reason"]
	assert answer["broken"] is broken


def test_it_shows_whose_a_lead_has_become(permits: World) -> None:
	card = _card(permits, replace(GRANTED, party_field="currency"), owner_of=lambda _party: LEE)

	assert card["customer"] == "Sarah Lee"
