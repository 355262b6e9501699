"""Which document becomes which card: plain rules over plain documents, each answer with its reason."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from customer_thread.domain.cards.check import check, check_link
from customer_thread.domain.cards.each_customer import of_each_customer
from customer_thread.domain.cards.keys import CardKey, is_about_value, newest_about, next_key
from customer_thread.domain.cards.model import (
	TITLE_LIMIT,
	Card,
	CardRule,
	Document,
	EarlierCard,
	NoCard,
	Occasion,
)
from customer_thread.domain.cards.numbers import Numbered, Numbering
from customer_thread.domain.cards.sandbox import LOCALE, NUMBERS, TemplateFault, View
from customer_thread.domain.cards.soon import first_to_come, is_soon
from customer_thread.domain.cards.templates import holds, render
from customer_thread.domain.cards.values import (
	WATCHED_FIELD,
	amount_of,
	currency_of,
	fault,
	moment_of,
	names,
	occurred_of,
	of_party,
	party_of,
	read,
	references_of,
	table_of,
	word,
)
from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Party
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.speech import Speech

__all__ = ["Card", "CardRule", "EarlierCard", "NoCard", "Occasion", "check", "make_card", "make_cards"]

_Answer = TypeVar("_Answer")


def make_cards(rules: Iterable[CardRule], occasion: Occasion) -> list[Card | NoCard]:
	"""Return the rules' answers in order, of a document of several customers one for each.

	One occasion makes at most one card of an event type for a customer. A rule that cannot be applied answers a
	`NoCard` that is `broken`, and the others go on.
	"""
	answers: list[Card | NoCard] = []
	made: set[tuple[str, Party]] = set()
	for rule in rules:
		try:
			seen = of_each_customer(rule, occasion)
		except BadInput as error:
			answers.append(NoCard(str(error), broken=True))
			continue
		for one in seen:
			used = frozenset(card.source_key for card in occasion.earlier)
			answer = _answer(rule, replace(one, used=used))
			if isinstance(answer, Card) and (answer.event_type, answer.party) in made:
				answer = NoCard(f"another rule has made the card “{rule.event_type}” of this change")
			if isinstance(answer, Card):
				made.add((answer.event_type, answer.party))
				occasion = replace(occasion, earlier=earlier_with(answer, occasion.earlier))
			answers.append(answer)
	return answers


def _answer(rule: CardRule, occasion: Occasion) -> Card | NoCard:
	try:
		return make_card(rule, occasion)
	except BadInput as error:
		return NoCard(str(error), broken=True)


def make_card(rule: CardRule, occasion: Occasion) -> Card | NoCard:
	"""Return the card that a rule makes of what happened, or why it makes none.

	Raise BadInput, with a sentence for the rule's owner, if the rule asks for what the document does not have.
	"""
	document = occasion.after
	doctype = str(document.get("doctype") or rule.document_type)
	if not rule.enabled:
		return NoCard("the rule is switched off")
	if doctype != rule.document_type:
		return NoCard(f"the rule is about {rule.document_type}, not {doctype}")
	refused = _wrong_time(rule, occasion)
	if refused:
		return NoCard(refused)
	value, reason = _what_happened(rule, occasion)
	if value is None:
		return NoCard(reason)
	context = _context(rule, occasion)
	if not _guarded(rule, Phrase("condition"), lambda: holds(rule.condition, context)):
		return NoCard("the rule's condition does not hold")
	party = occasion.party or party_of(rule, document)
	if isinstance(party, str):
		return NoCard(party)
	name = str(document["name"])
	watched = rule.field if rule.moment in ("Becomes", "Changes") else ""
	amount = amount_of(rule, document, party)
	if amount is None and _is_amount_of_rows(rule):
		return NoCard("no row of this customer's has an amount")
	card_key = CardKey(doctype, name, watched, value, rule.event_type)
	key = next_key(card_key, occasion.earlier, amount if rule.each_amount else None, occasion.used)
	if any(card.source_key == key for card in occasion.earlier):
		return NoCard("this change has its card already")
	if _gives_way(rule, occasion, party):
		return NoCard("another card of the same transaction says it")
	currency = currency_of(rule, document, party)
	own = _numbered(document, doctype, name)
	numbering = Numbering(occasion.number_for, party, own)
	title = _title(rule, {**context, NUMBERS: numbering}, occasion.speech_to and occasion.speech_to(party))
	return Card(
		event_type=rule.event_type,
		title=title,
		amount=amount,
		currency=currency if amount is not None else "",
		url=_url(rule, context, name),
		occurred=occurred_of(rule, document),
		party=party,
		reference_doctype=doctype,
		reference_name=name,
		source_key=key,
		voids=_voids(rule, occasion.earlier),
		reason=reason,
		number=numbering.number,
		number_kind=own.kind if numbering.number else "",
		found_by=tuple(numbering.shortened),
		notify=rule.notify,
		urgent=rule.urgent or _is_soon(rule, occasion),
		send_before=_send_before(rule, occasion),
		in_force_since_us=rule.in_force_since_us,
		thread=occasion.thread_of(party) if table_of(rule) else "",
	)


def _is_soon(rule: CardRule, occasion: Occasion) -> bool:
	now = moment_of(occasion.site_time)
	return (
		bool(rule.soon_field)
		and isinstance(now, datetime)
		and is_soon(_known(occasion), rule.soon_field, now)
	)


def _send_before(rule: CardRule, occasion: Occasion) -> datetime | None:
	now = moment_of(occasion.site_time)
	if not rule.soon_field or not isinstance(now, datetime):
		return None
	return first_to_come(_known(occasion), rule.soon_field, now)


def _known(occasion: Occasion) -> list[Document]:
	return [document for document in (occasion.before, occasion.after) if document is not None]


def _is_amount_of_rows(rule: CardRule) -> bool:
	"""Return whether the amount is that of the rows which name the customer."""
	table = table_of(rule)
	return bool(table) and any(
		spelled.lstrip("- ").rpartition(".")[0] == table for spelled in names(rule.amount_field)
	)


def _numbered(document: Document, doctype: str, name: str) -> Numbered:
	is_return = word(document.get("is_return")) not in ("", "0")
	return Numbered(doctype, name, word(document.get("amended_from")), is_return)


def _wrong_time(rule: CardRule, occasion: Occasion) -> str:
	docstatus = int(occasion.after.get("docstatus") or 0)
	if occasion.submittable and docstatus == 0:
		return "the document is a draft"
	if docstatus == 2 and rule.moment != "Cancelled":
		return "the document is cancelled"
	watched = rule.moment in ("Becomes", "Changes")
	if occasion.happened not in (("Created", "Saved") if watched else (rule.moment,)):
		return f"the document was {occasion.happened.lower()}, and the rule waits for {rule.moment}"
	return ""


def _what_happened(rule: CardRule, occasion: Occasion) -> tuple[str | None, str]:
	"""Return the watched field's new value (None: nothing has happened) and the reason."""
	if rule.moment not in ("Becomes", "Changes"):
		return rule.moment, f"{rule.document_type} was {rule.moment.lower()}"
	new = word(read(rule, occasion.after, rule.field, WATCHED_FIELD))
	# nobody but staff has seen a draft: what it said then, it says now for the first time
	seen = occasion.before
	if seen is not None and occasion.submittable and int(seen.get("docstatus") or 0) == 0:
		seen = None
	old = word(seen.get(rule.field)) if seen is not None else ""
	if rule.moment == "Changes":
		if not old or not new or old == new:
			return None, f"{rule.field} did not change from one value to another"
		return new, f"{rule.field} changed from {old} to {new}"
	values = names(rule.value)
	if values == ("*",):
		became = new not in ("", "0") and old in ("", "0")
	else:
		is_news = _is_other_amount(rule, occasion, old) if rule.each_amount else old not in values
		became = new in values and is_news
	if not became:
		return None, f"{rule.field} did not become {rule.value}"
	return new, f"{rule.field} became {new}" + (f", it was {old}" if old else "")


def _is_other_amount(rule: CardRule, occasion: Occasion, old: str) -> bool:
	"""Return whether a rule that tells each amount has one to tell: not what the standing card of it says."""
	amount, values = amount_of(rule, occasion.after), names(rule.value)
	keys = [
		CardKey(rule.document_type, str(occasion.after["name"]), rule.field, value, rule.event_type)
		for value in values
	]
	newest = newest_about(keys[0], occasion.earlier)
	if newest and not newest.void and any(is_about_value(key, newest) for key in keys):
		return newest.amount != amount
	if old not in values:
		return True
	if occasion.before is not None and amount_of(rule, occasion.before) != amount:
		return True
	# ERPNext writes what is still to pay before it reports anything: what was told is what it was before
	said = (card.amount for card in reversed(occasion.earlier) if not card.void and card.amount is not None)
	return newest is None and next(said, amount) != amount


def _gives_way(rule: CardRule, occasion: Occasion, party: Party) -> bool:
	"""Return whether other cards of the transaction are about every document that this one is about."""
	kinds = names(rule.gives_way_to)
	if not kinds or not occasion.other_cards:
		return False
	about = references_of(of_party(rule, occasion.after, party))
	return bool(about) and about <= {
		one.reference_name for one in occasion.other_cards if one.event_type in kinds
	}


def _context(rule: CardRule, occasion: Occasion) -> dict[str, Any]:
	return {
		"doc": View(occasion.after, "doc", rule.document_type),
		"before": View(occasion.before, "before", rule.document_type),
		"told": tuple(card.event_type for card in occasion.earlier if not card.is_new),
		"by_staff": occasion.by_staff,
		LOCALE: occasion.locale,
		"others": tuple(View(other, "others", str(other.get("doctype") or "")) for other in occasion.others),
		"now": occasion.site_time,
	}


def _guarded(rule: CardRule, what: Phrase, evaluate: Callable[[], _Answer]) -> _Answer:
	try:
		return evaluate()
	except TemplateFault as error:
		raise fault(rule, "the {0} {1}", what, error.phrase) from error


def _title(rule: CardRule, context: dict[str, Any], speech: Speech | None) -> str:
	words, locale = speech.said(rule.title) if speech else (rule.title, context[LOCALE])
	text = _guarded(rule, Phrase("title"), lambda: render(words, {**context, LOCALE: locale}))
	text = " ".join(text.split())
	text = "".join(letter for letter in text if unicodedata.category(letter) != "Cc")
	if not text:
		raise fault(rule, "the title prints nothing for this document. Give it words of its own.")
	return text if len(text) <= TITLE_LIMIT else text[: TITLE_LIMIT - 1].rstrip() + "…"


def _url(rule: CardRule, context: dict[str, Any], name: str) -> str:
	if not {"", ".", ".."}.isdisjoint(name.split("/")):
		# an address cannot hold such a name
		return ""
	url = _guarded(rule, Phrase("link"), lambda: render(rule.link, context)).strip()
	check_link(rule, url)
	return url


def _voids(rule: CardRule, earlier: tuple[EarlierCard, ...]) -> tuple[str, ...]:
	kinds = names(rule.voids_event_type)
	return tuple(
		card.source_key for card in earlier if not card.void and (card.event_type in kinds or "*" in kinds)
	)


def earlier_with(card: Card, earlier: tuple[EarlierCard, ...]) -> tuple[EarlierCard, ...]:
	"""Return a document's cards so far and one more, with what that one makes void."""
	marked = tuple(replace(old, void=old.void or old.source_key in card.voids) for old in earlier)
	made = EarlierCard(card.source_key, card.event_type, amount=card.amount, thread=card.thread, is_new=True)
	return (*marked, made)
