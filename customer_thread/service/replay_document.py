"""A document of the past becomes the cards that its life would have made."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from customer_thread.domain.card_keys import settle
from customer_thread.domain.card_rules import Card, CardRule, EarlierCard, make_cards
from customer_thread.domain.model import Party
from customer_thread.domain.replay import Act, Life, acts
from customer_thread.service.make_cards import Made, occurred_us, write_card
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
	told: tuple[EarlierCard, ...] = ()
	made = Made()
	for act in acts(life, {rule.field for rule in rules if rule.field}):
		if act.at_us < since_us:
			continue
		for answer in make_cards(rules, replace(act.occasion, earlier=told)):
			if isinstance(answer, Card):
				at_us = occurred_us(answer.occurred, timezone, act.at_us)
				card = _settled(replace(answer, party=owner_of(answer.party)), act, at_us, known)
				if card.source_key not in known:
					write_card(ports, made, card, at_us, from_history=True)
				known.pop(card.source_key, None)
				told = _with(told, card)
			elif answer.broken and answer.reason not in made.faults:
				made.faults.append(answer.reason)
	return made


def _settled(card: Card, act: Act, at_us: int, known: dict[str, int]) -> Card:
	key = settle(card.source_key, (at_us, act.recorded_us), act.is_exact, known)
	return replace(card, source_key=key)


def _with(told: tuple[EarlierCard, ...], card: Card) -> tuple[EarlierCard, ...]:
	marked = (replace(old, void=old.void or old.source_key in card.voids) for old in told)
	return (*marked, EarlierCard(card.source_key, card.event_type))
