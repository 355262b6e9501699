"""A document of the past becomes the cards that its life would have made."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from customer_thread.domain.cards.keys import settle
from customer_thread.domain.cards.model import Document
from customer_thread.domain.cards.replay import Life, acts
from customer_thread.domain.cards.rules import Card, CardRule, EarlierCard, make_cards
from customer_thread.domain.model import Party
from customer_thread.service.cards.make_cards import Made, occurred_us, write_card
from customer_thread.service.ports import Ports
from customer_thread.store import events


def replay_document(
	ports: Ports,
	rules: Sequence[CardRule],
	life: Life,
	since_us: int,
	*,
	timezone: str,
	owner_of: Callable[[Party], Party] = lambda party: party,
) -> Made:
	"""Write the cards of what happened to a document since then, each once, and return what came of it.

	Nobody is told. Doing it again writes nothing; what was told live is found, and what is told live later
	finds these cards.
	"""
	document = life.document
	rows = events.of_document(ports.database, str(document["doctype"]), str(document["name"]))
	known = {row["source_key"]: int(row["occurred_us"]) for row in rows}
	told: dict[str, EarlierCard] = {}
	made = Made()
	for act in acts(life, {rule.field for rule in rules if rule.field}):
		if act.at_us < since_us:
			continue
		for answer in make_cards(rules, replace(act.occasion, earlier=tuple(told.values()))):
			if isinstance(answer, Card):
				at_us = occurred_us(answer.occurred, timezone, act.at_us)
				moments = (at_us, act.recorded_us)
				key = settle(answer.source_key, moments, act.is_exact, known, told.keys())
				card = replace(answer, party=owner_of(answer.party), source_key=key)
				if key not in known:
					write_card(ports, made, card, at_us, from_history=True)
				elif set(card.voids) - known.keys():
					_take_back(ports, document, card)
				told |= {old: replace(told[old], void=True) for old in card.voids}
				told[key] = EarlierCard(key, card.event_type)
			elif answer.broken:
				made.faults.append(answer.reason)
	made.faults = list(dict.fromkeys(made.faults))
	return made


def _take_back(ports: Ports, document: Document, card: Card) -> None:
	"""Let a card that was told live make void what has only now been told of the time before it."""
	rows = events.of_document(ports.database, str(document["doctype"]), str(document["name"]))
	names = {row["source_key"]: row["name"] for row in rows}
	if card.source_key in names:
		void = [names[key] for key in card.voids if key in names]
		events.make_void(ports.database, void, names[card.source_key])
