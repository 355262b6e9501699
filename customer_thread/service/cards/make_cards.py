"""Something happened to documents: the rules say which cards the customer sees."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from customer_thread.domain.cards.model import Card, CardRule, Document, EarlierCard, NoCard, Occasion
from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.cards.transaction import decide, document_key
from customer_thread.domain.cards.values import moment_of
from customer_thread.domain.errors import BadInput, Erased, NotFound
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import site_moment, to_us, to_utc, zone
from customer_thread.domain.wording import known_locale
from customer_thread.service.cards.earlier_cards import earlier_cards, thread_of
from customer_thread.service.cards.number_documents import number_documents
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.cards.speeches import speeches
from customer_thread.service.ports import Ports
from customer_thread.service.thread.hold_threads import hold_threads
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store.rows import ThreadRow

_NONE_FOUND: Mapping[Party, ThreadRow] = {}


@dataclass
class Made:
	"""What came of one occasion."""

	#: how many cards were written that were not there yet
	new: int = 0
	#: what is wrong with rules, for their owners
	faults: list[str] = field(default_factory=list)
	#: what the new ones are about; not of what history or an import brought
	about: set[Reference] = field(default_factory=set)


def make_cards(
	ports: Ports,
	rules: Iterable[CardRule],
	occasions: Sequence[Occasion],
	*,
	timezone: str,
	owner_of: Callable[[Party], Party] = lambda party: party,
	at_of: Callable[[Document], int | None] = lambda document: None,
	from_history: bool = False,
) -> Made:
	"""Write the cards of one transaction, each once, and return how many were new and what is wrong with rules.

	The occasions' earlier cards are looked up here. `timezone`: in which the documents' times are. `owner_of`:
	whose thread a party's is, for leads that became customers. `at_of`: when it happened in µs, for what was
	brought in from elsewhere; None for now. `from_history`: nobody is notified. What is written
	about these documents by itself is the caller's to plan, once the cards are there.
	"""
	keys = {document_key(occasion) for occasion in occasions}
	earlier = {key: earlier_cards(ports.database, *key) for key in keys}
	now = site_moment(ports.clock.now_us(), timezone)
	made = Made()
	found: dict[Party, ThreadRow] = {}
	number_for, locale = number_documents(ports, owner_of, found), known_locale(ports.settings().locale)
	whose, speech_to = thread_of(ports, owner_of), speeches(ports, owner_of)
	told = [
		replace(
			occasion,
			site_time=now,
			number_for=number_for,
			locale=locale,
			thread_of=whose,
			speech_to=speech_to,
		)
		for occasion in occasions
	]
	answers = decide(rules, told, earlier)
	_hold(
		ports, {owner_of(answer.party) for _on, answer in answers if isinstance(answer, Card)}, earlier, found
	)
	for occasion, answer in answers:
		if isinstance(answer, NoCard):
			made.faults += [answer.reason] if answer.broken else []
			continue
		at_us = occurred_us(answer.occurred, timezone, at_of(occasion.after) or ports.clock.now_us())
		card = replace(answer, party=owner_of(answer.party))
		before_us = to_us(card.send_before.replace(tzinfo=zone(timezone))) if card.send_before else 0
		write_card(ports, made, card, at_us, before_us, from_history=from_history, found=found)
	made.faults = list(dict.fromkeys(made.faults))
	return made


def _hold(
	ports: Ports,
	parties: Collection[Party],
	earlier: Mapping[tuple[str, str], Sequence[EarlierCard]],
	found: dict[Party, ThreadRow],
) -> None:
	"""Hold the threads of all cards, and those in which what the documents cause is planned, before the first is written."""
	for party in sorted(parties, key=lambda one: (one.party_type, one.party)):
		if party not in found:
			with suppress(NotFound):
				found[party] = open_thread(ports, party)
	names = {found[party]["name"] for party in parties if party in found}
	automated = ports.automated() if names else ()
	for (doctype, _name), cards in earlier.items():
		names.update(card.thread for card in cards if doctype in automated)
	hold_threads(ports, names)


def write_card(
	ports: Ports,
	made: Made,
	card: Card,
	at_us: int,
	send_before_us: int = 0,
	*,
	from_history: bool,
	found: Mapping[Party, ThreadRow] = _NONE_FOUND,
) -> None:
	"""Write one card, once, and note in `made` what came of it; `found`: threads that are known already.

	`send_before_us`: the moment before which its customer is notified, 0 for none.
	"""
	try:
		thread = found.get(card.party) or open_thread(ports, card.party)
		event = replace(_event(card, at_us, from_history), send_before_us=send_before_us)
		is_new = record_event(ports, thread, event).is_new
	except (Erased, NotFound):
		return
	except BadInput as error:
		made.faults.append(f"Rule “{card.event_type}”: {error}")
		return
	made.new += is_new
	if is_new and card.reference_name and not from_history:
		made.about.add(Reference(card.reference_doctype, card.reference_name))


def _event(card: Card, at_us: int, from_history: bool) -> NewEvent:
	return NewEvent(
		event_type=card.event_type,
		title=card.title,
		occurred_us=at_us,
		source_key=card.source_key,
		amount=card.amount,
		currency=card.currency,
		url=card.url,
		reference_doctype=card.reference_doctype,
		reference_name=card.reference_name,
		voids=card.voids,
		by_rule=True,
		number=card.number,
		number_kind=card.number_kind,
		found_by=card.found_by,
		from_history=from_history,
		notify=card.notify,
		urgent=card.urgent,
	)


def occurred_us(value: date | str | None, timezone: str, now_us: int) -> int:
	"""Return when it happened in µs: never in the future; a day without a time is now or, if past, its noon."""
	moment = moment_of(value)
	if moment is None:
		return now_us
	here = zone(timezone)
	if not isinstance(moment, datetime):
		if moment >= to_utc(now_us).astimezone(here).date():
			return now_us
		moment = datetime.combine(moment, time(12))
	return min(to_us(moment.replace(tzinfo=here)), now_us)
