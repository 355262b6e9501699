"""A document of the past becomes the cards that it would have made."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from customer_thread.domain.cards.keys import settle
from customer_thread.domain.cards.model import Document
from customer_thread.domain.cards.replay import DocumentHistory, changes_of
from customer_thread.domain.cards.rules import Card, CardRule, EarlierCard, make_cards
from customer_thread.domain.model import Party
from customer_thread.domain.wording import known_locale
from customer_thread.service.cards.make_cards import Made, occurred_us, write_card
from customer_thread.service.cards.number_documents import number_documents
from customer_thread.service.ports import Ports
from customer_thread.store import events
from customer_thread.store.database import Database


def replay_document(
	ports: Ports,
	rules: Sequence[CardRule],
	history: DocumentHistory,
	since_us: int,
	*,
	timezone: str,
	owner_of: Callable[[Party], Party] = lambda party: party,
) -> Made:
	"""Write the cards of what happened to a document since then, each once, and return what came of it.

	Nobody is notified. Doing it again writes nothing; a card made live is found, and what happens live later
	finds these cards.
	"""
	document = history.document
	rows = events.of_document(ports.database, str(document["doctype"]), str(document["name"]))
	known = {row["source_key"]: int(row["occurred_us"]) for row in rows}
	made_before: dict[str, EarlierCard] = {}
	made = Made()
	number_for, locale = number_documents(ports, owner_of), known_locale(ports.settings().locale)
	for change in changes_of(history, {rule.field for rule in rules if rule.field}):
		if change.at_us < since_us:
			continue
		earlier = tuple(made_before.values())
		occasion = replace(change.occasion, earlier=earlier, number_for=number_for, locale=locale)
		for answer in make_cards(rules, occasion):
			if isinstance(answer, Card):
				at_us = occurred_us(answer.occurred, timezone, change.at_us)
				moments = (at_us, change.recorded_us)
				key = settle(answer.source_key, moments, change.is_exact, known, made_before.keys())
				card = replace(answer, party=owner_of(answer.party), source_key=key)
				if key not in known:
					write_card(ports, made, card, at_us, from_history=True)
				elif set(card.voids) - known.keys():
					_take_back(ports.database, document, card)
				made_before |= {old: replace(made_before[old], void=True) for old in card.voids}
				made_before[key] = EarlierCard(key, card.event_type)
			elif answer.broken:
				made.faults.append(answer.reason)
	made.faults = list(dict.fromkeys(made.faults))
	return made


def _take_back(database: Database, document: Document, card: Card) -> None:
	"""Let a card that was made live make void what has only now been written of the time before it."""
	rows = events.of_document(database, str(document["doctype"]), str(document["name"]))
	names = {row["source_key"]: row["name"] for row in rows}
	if card.source_key in names:
		void = [names[key] for key in card.voids if key in names]
		events.make_void(database, void, names[card.source_key])
