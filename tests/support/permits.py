"""Permits, whose documents become cards by three rules of their own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from customer_thread.domain.cards.rules import CardRule, Occasion
from customer_thread.domain.model import Party
from customer_thread.service.cards.make_cards import make_cards
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.store import threads
from support.shapes import cards
from support.world import World

LEE, DAY = Party("Customer", "Lee"), Party("Customer", "Day")
FILED = CardRule("Permit", "Created", "customer", "Permit filed", "Permit {{ doc.name }} filed")
STATE = replace(FILED, moment="Becomes", field="state")
GRANTED = replace(STATE, value="Granted", event_type="Permit granted", title="Permit granted", amount_field="fee",
	currency_field="currency", voids_event_type="Permit filed")  # fmt: skip
LOST = replace(
	STATE, value="Lost", event_type="Permit lost", title="Permit lost", voids_event_type="Permit granted"
)
RULES = [FILED, GRANTED, LOST]
PERMIT: dict[str, Any] = {
	"doctype": "Permit", "name": "P-Ä1", "customer": "Lee", "docstatus": 0, "state": "Filed", "fee": 120.5,
	"currency": "USD",
}  # fmt: skip


def report(
	world: World,
	occasion: Occasion,
	rules: list[CardRule] = RULES,
	owner_of: Callable[[Party], Party] = lambda party: party,
) -> list[str]:
	made = world.do(
		lambda: make_cards(world.ports, rules, [occasion], timezone="America/New_York", owner_of=owner_of)
	)
	return made.faults


def cards_of(world: World, party: Party = LEE) -> list[tuple[str, bool]]:
	row = threads.of_party(world.database, party)
	shown = read_timeline(world.ports, row["name"], Query())["entries"] if row else []
	return [(" ".join(filter(None, (card["title"], card["amount"]))), card["void"]) for card in cards(shown)]
