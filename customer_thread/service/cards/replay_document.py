"""A document of the past becomes the cards that it would have made."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from customer_thread.domain.cards.in_force import was_asked
from customer_thread.domain.cards.keys import TOLERANCE, settle
from customer_thread.domain.cards.model import Card, CardRule, Document, EarlierCard, OtherCard
from customer_thread.domain.cards.replay import DocumentChange, DocumentHistory, changes_of
from customer_thread.domain.cards.transaction import decide
from customer_thread.domain.cards.values import party_of, references_of
from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Party
from customer_thread.domain.times import site_moment
from customer_thread.domain.wording import known_locale
from customer_thread.service.cards.earlier_cards import thread_of
from customer_thread.service.cards.make_cards import Made, occurred_us, write_card
from customer_thread.service.cards.number_documents import number_documents
from customer_thread.service.ports import Ports
from customer_thread.store import events, threads
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
	finds these cards. What happened since a rule is in force it was asked about when it happened.
	"""
	document = history.document
	key_of = (str(document["doctype"]), str(document["name"]))
	known = {
		row["source_key"]: int(row["occurred_us"]) for row in events.of_document(ports.database, *key_of)
	}
	made_before: dict[str, EarlierCard] = {}
	made = Made()
	number_for, locale = number_documents(ports, owner_of), known_locale(ports.settings().locale)
	whose = thread_of(ports, owner_of)
	for change in changes_of(history, {rule.field for rule in rules if rule.field}):
		if change.at_us < since_us:
			continue
		now = site_moment(change.at_us, timezone)
		occasions = [
			replace(occasion, site_time=now, number_for=number_for, locale=locale, thread_of=whose)
			for occasion in change.occasions
		]
		others = _other_cards(ports, rules, change, owner_of)
		for _occasion, answer in decide(rules, occasions, {key_of: tuple(made_before.values())}, others):
			if isinstance(answer, Card):
				at_us = occurred_us(answer.occurred, timezone, change.at_us)
				moments = (at_us, change.recorded_us)
				key = settle(answer.source_key, moments, change.is_exact, known, made_before.keys())
				card = replace(answer, party=owner_of(answer.party), source_key=key)
				if key not in known and was_asked(answer.in_force_since_us, change.earliest_us):
					continue
				if key not in known:
					write_card(ports, made, card, at_us, from_history=True)
				elif set(card.voids) - known.keys():
					_take_back(ports.database, document, card)
				made_before |= {
					old: replace(made_before[old], void=True) for old in card.voids if old in made_before
				}
				made_before[key] = EarlierCard(key, card.event_type, amount=card.amount, thread=answer.thread)
			elif answer.broken:
				made.faults.append(answer.reason)
	made.faults = list(dict.fromkeys(made.faults))
	return made


def _other_cards(
	ports: Ports,
	rules: Sequence[CardRule],
	change: DocumentChange,
	owner_of: Callable[[Party], Party],
) -> list[OtherCard]:
	"""Return the cards that were made of other documents in the same transaction, for rules that give way."""
	found: list[OtherCard] = []
	giving_way = [rule for rule in rules if rule.gives_way_to]
	about = {name for occasion in change.occasions for name in references_of(occasion.after)}
	threads_of = {
		thread["name"]
		for rule in giving_way
		for occasion in change.occasions
		if (party := _party(rule, occasion.after))
		and (thread := threads.of_party(ports.database, owner_of(party)))
	}
	for name in threads_of:
		for moment in {change.at_us, change.recorded_us}:
			rows = events.cards_between(ports.database, name, about, moment - TOLERANCE, moment + TOLERANCE)
			found += [OtherCard(row["event_type"], row["reference_name"]) for row in rows]
	return found


def _party(rule: CardRule, document: Document) -> Party | None:
	try:
		party = party_of(rule, document)
	except BadInput:
		# the rule is broken, and says so itself
		return None
	return None if isinstance(party, str) else party


def _take_back(database: Database, document: Document, card: Card) -> None:
	"""Let a card that was made live make void what has only now been written of the time before it."""
	rows = events.of_document(database, str(document["doctype"]), str(document["name"]))
	names = {row["source_key"]: row["name"] for row in rows}
	if card.source_key in names:
		void = [names[key] for key in card.voids if key in names]
		events.make_void(database, void, names[card.source_key])
