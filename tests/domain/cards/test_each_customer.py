"""A document of several customers has cards for each of them, and each only their own."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from support.card_helpers import RULES, document

from customer_thread.domain.cards.each_customer import of_each_customer
from customer_thread.domain.cards.model import Card, EarlierCard, NoCard, Occasion
from customer_thread.domain.cards.rules import earlier_with, make_cards

NOW = "2026-05-10 08:00:00"
EVENT = [rule for rule in RULES if rule.document_type == "Event"]
SARAH, BOB, LEAD = ("Customer", "Sarah Lee"), ("Customer", "Bob Stone"), ("Lead", "CRM-LEAD-1")
SCHEDULED, MOVED, CANCELLED = (f"Appointment {what}" for what in ("scheduled", "rescheduled", "cancelled"))


def people(*parties: tuple[str, str]) -> list[dict[str, Any]]:
	return [{"reference_doctype": doctype, "reference_docname": name} for doctype, name in parties]


class Meeting:
	"""An Event and its cards, kept as the store keeps them."""

	def __init__(self, *parties: tuple[str, str], **values: object) -> None:
		self.now = document("event", event_participants=people(*parties), **values)
		self.earlier: tuple[EarlierCard, ...] = ()
		self.time = NOW

	def create(self) -> list[tuple[str, str]]:
		return self._report(Occasion("Created", self.now, by_staff=True, site_time=self.time))

	def save(self, *parties: tuple[str, str], **values: object) -> list[tuple[str, str]]:
		before, self.now = self.now, {**self.now, **values, "event_participants": people(*parties)}
		occasion = Occasion("Saved", self.now, before, by_staff=True, site_time=self.time)
		return self._report(occasion)

	def _report(self, occasion: Occasion) -> list[tuple[str, str]]:
		answers = make_cards(EVENT, replace(occasion, earlier=self.earlier))
		assert [answer for answer in answers if isinstance(answer, NoCard) and answer.broken] == []
		cards = [answer for answer in answers if isinstance(answer, Card)]
		for card in cards:
			self.earlier = tuple(replace(one, is_new=False) for one in earlier_with(card, self.earlier))
		keys = [card.source_key for card in self.earlier]
		assert len(set(keys)) == len(keys)
		again = make_cards(EVENT, replace(occasion, earlier=self.earlier))
		assert not [answer for answer in again if isinstance(answer, Card)]
		return [(card.party.party, card.event_type) for card in cards]

	def standing(self, name: str) -> list[str]:
		return [one.event_type for one in self.earlier if name in one.thread and not one.void]


def test_each_customer_reads_of_an_event() -> None:
	meeting = Meeting(SARAH, ("Employee", "HR-1"), BOB)
	assert meeting.create() == [("Sarah Lee", SCHEDULED), ("Bob Stone", SCHEDULED)]
	assert meeting.save(BOB, SARAH, starts_on="2026-05-19 09:00:00") == [
		("Bob Stone", MOVED),
		("Sarah Lee", MOVED),
	]
	assert meeting.save(SARAH, BOB, status="Cancelled") == [
		("Sarah Lee", CANCELLED),
		("Bob Stone", CANCELLED),
	]
	assert meeting.standing("Sarah Lee") == meeting.standing("Bob Stone") == [CANCELLED]
	assert meeting.save(SARAH, BOB, status="Open") == [("Sarah Lee", SCHEDULED), ("Bob Stone", SCHEDULED)]


def test_who_is_put_into_an_event_later_reads_of_it_then() -> None:
	meeting = Meeting(("Employee", "HR-1"))
	assert meeting.create() == []
	assert meeting.save(SARAH) == [("Sarah Lee", SCHEDULED)]
	assert meeting.save(SARAH, BOB, starts_on="2026-05-19 09:00:00") == [
		("Bob Stone", SCHEDULED),
		("Sarah Lee", MOVED),
	]
	assert meeting.standing("Bob Stone") == [SCHEDULED]


def test_who_is_taken_out_of_an_event_reads_that_it_is_cancelled() -> None:
	meeting = Meeting(SARAH, BOB)
	meeting.create()
	assert meeting.save(SARAH) == [("Bob Stone", CANCELLED)]
	assert meeting.standing("Bob Stone") == [CANCELLED]
	assert meeting.standing("Sarah Lee") == [SCHEDULED]
	assert meeting.save(SARAH, status="Cancelled") == [("Sarah Lee", CANCELLED)]
	assert meeting.save(SARAH, BOB, status="Open") == [("Sarah Lee", SCHEDULED), ("Bob Stone", SCHEDULED)]
	assert meeting.save(BOB) == [("Sarah Lee", CANCELLED)]


def test_the_customer_is_exchanged() -> None:
	meeting = Meeting(SARAH)
	meeting.create()
	assert meeting.save(BOB) == [("Bob Stone", SCHEDULED), ("Sarah Lee", CANCELLED)]


def test_who_is_put_into_or_out_of_what_is_over_reads_nothing() -> None:
	meeting = Meeting(SARAH)
	meeting.create()
	meeting.time = "2026-06-01 08:00:00"
	assert meeting.save(SARAH, BOB) == []
	assert meeting.save(BOB) == []
	assert meeting.standing("Sarah Lee") == [SCHEDULED]


def test_who_is_put_into_a_cancelled_event_reads_nothing() -> None:
	meeting = Meeting(SARAH, status="Cancelled")
	assert meeting.create() == []
	assert meeting.save(SARAH, BOB) == []


def test_a_lead_and_the_customer_they_became_are_one() -> None:
	occasion = Occasion(
		"Created",
		document("event", event_participants=people(LEAD, SARAH)),
		thread_of=lambda party: "hers",
	)
	assert [one.party for one in of_each_customer(EVENT[0], occasion)] == [
		of_each_customer(EVENT[0], replace(occasion, thread_of=lambda party: party.party))[0].party
	]


def test_cards_of_a_time_when_only_the_first_had_them_are_the_firsts() -> None:
	meeting = Meeting(SARAH, BOB)
	meeting.earlier = (
		EarlierCard("Event|EV00031||Created|Appointment scheduled|0", SCHEDULED, thread="Customer|Sarah Lee"),
	)
	assert meeting.save(SARAH, BOB, subject="internal") == []
	assert meeting.save(SARAH, BOB, starts_on="2026-05-19 09:00:00") == [("Sarah Lee", MOVED)]


def entry(*rows: tuple[str, str, float, float, str]) -> dict[str, Any]:
	accounts = [
		{
			"party_type": kind,
			"party": name,
			"debit_in_account_currency": debit,
			"credit_in_account_currency": credit,
			"account_currency": currency,
		}
		for kind, name, debit, credit, currency in rows
	]
	return document("journal_entry", accounts=accounts)


@pytest.mark.parametrize(
	("rows", "told"),
	[
		(
			[(*SARAH, 0.0, 500.0, "USD"), (*BOB, 0.0, 300.0, "EUR"), (*SARAH, 0.0, 50.0, "USD")],
			[("Sarah Lee", Decimal(550), "USD"), ("Bob Stone", Decimal(300), "EUR")],
		),
		([(*SARAH, 0.0, 0.0, "USD"), (*BOB, 0.0, 300.0, "USD")], [("Bob Stone", Decimal(300), "USD")]),
		([(*SARAH, 300.0, 0.0, "USD"), (*BOB, 0.0, 300.0, "USD")], []),
	],
)
def test_each_customer_reads_of_their_own_rows_of_an_entry(
	rows: list[tuple[str, str, float, float, str]], told: list[tuple[str, Decimal, str]]
) -> None:
	after = entry(("", "", 800.0, 0.0, "USD"), *rows)
	rules = [rule for rule in RULES if rule.document_type == "Journal Entry"]
	occasion = Occasion("Submitted", after, {**after, "docstatus": 0}, submittable=True)
	cards = [card for card in make_cards(rules, occasion) if isinstance(card, Card)]
	assert [(card.party.party, card.amount, card.currency) for card in cards] == told
	earlier: tuple[EarlierCard, ...] = ()
	for card in cards:
		earlier = earlier_with(card, earlier)
	cancelled = Occasion("Cancelled", {**after, "docstatus": 2}, after, submittable=True)
	taken_back = [
		card
		for card in make_cards(
			rules, replace(cancelled, earlier=tuple(replace(one, is_new=False) for one in earlier))
		)
		if isinstance(card, Card)
	]
	assert [(card.party.party, card.amount, card.currency) for card in taken_back] == told
