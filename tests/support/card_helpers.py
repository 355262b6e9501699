"""What the card tests share: recorded documents, their history, and one small rule."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import customer_thread
from customer_thread.domain.cards.fields_read import fields_read
from customer_thread.domain.cards.rules import (
	Card,
	CardRule,
	EarlierCard,
	NoCard,
	Occasion,
	make_card,
	make_cards,
)
from customer_thread.domain.cards.values import word
from customer_thread.domain.model import Party

FIXTURES = Path(customer_thread.__file__).parent / "fixtures" / "thread_card_rule.json"
DOCUMENTS = Path(__file__).parents[1] / "data" / "documents"
ROWS: list[dict[str, Any]] = json.loads(FIXTURES.read_text("utf-8"))
RULES = [CardRule.from_row(row) for row in ROWS]
NOT_SUBMITTABLE = {"Appointment", "Event", "Project"}
STAFF = "mike@mikescontracting.com"
SARAH = Party("Customer", "Sarah Lee")


def document(file: str, **changes: object) -> dict[str, Any]:
	return {**json.loads((DOCUMENTS / f"{file}.json").read_text("utf-8")), **changes}


class History:
	"""One document's cards, kept as the store keeps them, over all that happens to it."""

	def __init__(self, file: str, **changes: object) -> None:
		self.now = document(file, **changes)
		self.earlier: tuple[EarlierCard, ...] = ()
		#: the site's time
		self.clock = "2026-05-10 08:00:00"

	def report(self, happened: str, before: dict[str, Any] | None, by_staff: bool = True) -> list[Card]:
		rules = [rule for rule in RULES if rule.document_type == self.now["doctype"]]
		# a host looks up the fields that the rules read, and no others
		read = fields_read(rules)
		assert read is not None
		seen = {key: value for key, value in self.now.items() if key in read or isinstance(value, list)}
		occasion = Occasion(
			happened,  # type: ignore[arg-type]
			deepcopy(seen),
			before,
			self.now["doctype"] not in NOT_SUBMITTABLE,
			by_staff,
			self.earlier,
			site_time=self.clock,
		)
		answers = make_cards(rules, occasion)
		broken = [answer.reason for answer in answers if isinstance(answer, NoCard) and answer.broken]
		assert broken == []
		cards = [answer for answer in answers if isinstance(answer, Card)]
		for card in cards:
			marked = [replace(old, void=old.void or old.source_key in card.voids) for old in self.earlier]
			made = EarlierCard(card.source_key, card.event_type, amount=card.amount, thread=card.thread)
			self.earlier = (*marked, made)
		return cards

	def create(self, by_staff: bool = True) -> list[Card]:
		return self.report("Created", None, by_staff)

	def submit(self) -> list[Card]:
		return self.report("Submitted", {**self.now, "docstatus": 0, "status": "Draft"})

	def cancel(self) -> list[Card]:
		before = deepcopy(self.now)
		self.now |= {"docstatus": 2, "status": "Cancelled"}
		return self.report("Cancelled", before)

	def save(self, by_staff: bool = True, **changes: object) -> list[Card]:
		before = deepcopy(self.now)
		self.now |= changes
		cards = self.report("Saved", before, by_staff)
		# ERPNext reports one act several times
		assert self.report("Saved", before, by_staff) == []
		return cards

	@property
	def void(self) -> list[str]:
		return [card.event_type for card in self.earlier if card.void]


def said(cards: list[Card]) -> list[tuple[str, str, str, str]]:
	return [
		(card.event_type, card.title, "" if card.amount is None else word(card.amount), card.url)
		for card in cards
	]


RULE = CardRule("Permit", "Created", "customer", "Permit filed", "Permit {{ doc.name }}")
PERMIT = {"doctype": "Permit", "name": "P-1", "customer": "Sarah Lee", "docstatus": 0, "state": "Filed"}


def made(rule: CardRule, happened: str = "Created", /, **changes: object) -> Card | NoCard:
	return make_card(rule, Occasion(happened, {**PERMIT, **changes}))  # type: ignore[arg-type]


def changed(rule: CardRule, old: object, new: object) -> Card | NoCard:
	return make_card(rule, Occasion("Saved", {**PERMIT, "state": new}, {**PERMIT, "state": old}))


def reason(answer: Card | NoCard) -> str:
	assert isinstance(answer, NoCard)
	return answer.reason


BECOMES = replace(RULE, moment="Becomes", field="state", value="Granted, Final")
SET = replace(RULE, moment="Becomes", field="state", value="*")
CHANGES = replace(RULE, moment="Changes", field="state")
