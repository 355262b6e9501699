"""Rules and a document become cards, once each, in the right thread and at the right time."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from support.clock import NOW
from support.permits import DAY, FILED, LEE, PERMIT, cards_of, report
from support.shapes import cards
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.cards.rules import Occasion
from customer_thread.domain.model import Party
from customer_thread.domain.times import HOUR, to_utc
from customer_thread.service.cards.forget_document import forget_document
from customer_thread.service.cards.make_cards import occurred_us
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.ports import PartyInfo
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.store import threads


@pytest.fixture
def permits(world: World) -> World:
	world.parties.known[LEE], world.parties.known[DAY] = PartyInfo("Sarah Lee"), PartyInfo("Charlie Day")
	return world


def _becomes(world: World, state: str, before: str) -> None:
	occasion = Occasion("Saved", {**PERMIT, "state": state}, {**PERMIT, "state": before})
	for _report in range(2):
		assert report(world, occasion) == []


def test_it_writes_each_act_once_and_voids_what_it_takes_back(permits: World) -> None:
	for _report in range(2):
		assert report(permits, Occasion("Created", PERMIT)) == []
	assert cards_of(permits) == [("Permit P-Ä1 filed", False)]
	_becomes(permits, "Granted", "Filed")
	_becomes(permits, "Lost", "Granted")
	_becomes(permits, "Granted", "Lost")
	assert cards_of(permits) == [
		("Permit P-Ä1 filed", True),
		("Permit granted $120.50", True),
		("Permit lost", False),
		("Permit granted $120.50", False),
	]


def test_it_parts_the_cards_of_a_deleted_document_from_the_next_one_of_its_name(permits: World) -> None:
	assert (
		report(
			permits,
			Occasion("Created", PERMIT),
			[replace(FILED, link="/invoices/{{ doc.name | urlencode }}")],
		)
		== []
	)
	row = threads.of_party(permits.database, LEE)
	assert row
	told = NewEvent(
		"Inspected", "Permit inspected", NOW + 1, "k1", reference_doctype="Permit", reference_name="P-Ä1"
	)
	permits.do(lambda: record_event(permits.ports, row, told))
	for known in (2, 0):
		assert permits.do(lambda: forget_document(permits.ports, "Permit", "P-Ä1")) == known
	permits.do(lambda: record_event(permits.ports, row, told))
	assert cards_of(permits) == [("Permit P-Ä1 filed", False), ("Permit inspected", False)]
	urls = [card["url"] for card in cards(read_timeline(permits.ports, row["name"], Query())["entries"])]
	assert urls == [None, None]
	report(permits, Occasion("Created", {**PERMIT, "customer": "Day"}))
	report(permits, Occasion("Saved", {**PERMIT, "state": "Granted", "customer": "Day"}, PERMIT))
	assert cards_of(permits, DAY) == [("Permit P-Ä1 filed", True), ("Permit granted $120.50", False)]
	assert cards_of(permits)[0] == ("Permit P-Ä1 filed", False)


def test_it_tells_whose_rule_is_broken_and_applies_the_others(permits: World) -> None:
	broken = replace(FILED, event_type="Broken", party_field="nobody")
	unpaid = replace(FILED, event_type="Odd", amount_field="fee", currency_field="state")
	faults = report(permits, Occasion("Created", PERMIT), [broken, unpaid, FILED])
	assert ["Broken" in faults[0], "currency" in faults[1], len(faults)] == [True, True, 2]
	assert cards_of(permits) == [("Permit P-Ä1 filed", False)]


def test_it_asks_whose_thread_it_is(permits: World) -> None:
	lead = {**PERMIT, "kind": "Lead", "customer": "LEAD-1"}
	rule = replace(FILED, party_type_field="kind")
	assert report(permits, Occasion("Created", lead), [rule]) == []
	assert threads.of_party(permits.database, Party("Lead", "LEAD-1")) is None
	report(permits, Occasion("Created", lead), [rule], owner_of=lambda party: DAY)
	assert cards_of(permits, DAY) == [("Permit P-Ä1 filed", False)]


def test_it_reads_times_in_the_sites_zone_and_never_in_the_future() -> None:
	here = "America/New_York"
	at_eight = to_utc(occurred_us("2025-01-05 08:00:00", here, NOW))
	assert at_eight.isoformat() == "2025-01-05T13:00:00+00:00"
	assert to_utc(occurred_us(date(2025, 1, 5), here, NOW)).hour == 17
	assert occurred_us(to_utc(NOW).date(), "UTC", NOW) == NOW
	assert occurred_us(datetime(2099, 1, 1), here, NOW) == NOW  # noqa: DTZ001
	assert occurred_us(None, here, NOW + HOUR) == NOW + HOUR
