"""What one transaction of the site does, as its customers are to read it: one thing that the office did.

ERPNext does several things at once, each by another instance of a document and in an order of its own: an invoice
with a deposit is partly paid before its submission is reported. So cards are made from what each document was
before the transaction and is after it, and what lay between is on none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from customer_thread.domain.cards.model import (
	Card,
	CardRule,
	Document,
	EarlierCard,
	Happened,
	NoCard,
	Occasion,
	OtherCard,
)
from customer_thread.domain.cards.rules import earlier_with, make_cards
from customer_thread.domain.cards.values import references_of

#: what happened, in the order in which it is read
_ORDER: tuple[Happened, ...] = ("Created", "Submitted", "Cancelled", "Saved")


@dataclass(frozen=True)
class TouchedDocument:
	"""What one transaction did to one document."""

	after: Document
	#: None if it is new
	before: Document | None
	happened: frozenset[Happened]
	#: whether documents of this type are drafts until they are submitted
	submittable: bool = False
	#: whether a member of staff did it, and not a guest, a customer or the web form
	by_staff: bool = False


def occasions_of(touched: Sequence[TouchedDocument]) -> list[Occasion]:
	"""Return what a transaction did, in order: what was cancelled, what is new, what changed.

	What was submitted and cancelled within it was never seen, and is left out.
	"""
	seen = [one for one in touched if not {"Submitted", "Cancelled"} <= one.happened]
	seen.sort(key=_rank)
	return [
		Occasion(
			happened,
			one.after,
			one.before,
			one.submittable,
			one.by_staff,
			others=tuple(other.after for other in touched if other is not one),
		)
		for one in seen
		for happened in _ORDER
		if happened in one.happened
	]


def decide(
	rules: Iterable[CardRule],
	occasions: Sequence[Occasion],
	earlier: Mapping[tuple[str, str], tuple[EarlierCard, ...]],
	other_cards: Sequence[OtherCard] = (),
) -> list[tuple[Occasion, Card | NoCard]]:
	"""Return the rules' answers to a transaction, in the order in which they are read.

	`earlier`: each document's cards so far; `other_cards`: those that the transaction is known to have already.
	Rules that give way to others are asked last. What takes the place of a document that was cancelled in the same
	transaction, and had no card of its own, gives way to the cards that stand, too.
	"""
	known, cards = dict(earlier), list(other_cards)
	all_rules = list(rules)
	answers: list[list[tuple[Occasion, Card | NoCard]]] = [[] for _occasion in occasions]
	for gives_way in (False, True):
		for occasion, found in zip(occasions, answers, strict=True):
			key = document_key(occasion)
			asked = [
				rule
				for rule in all_rules
				if rule.document_type == key[0] and bool(rule.gives_way_to) == gives_way
			]
			standing = _standing(known) if gives_way and _takes_a_place(occasion, occasions, known) else []
			told = (*cards, *standing)
			asked_about = replace(occasion, earlier=known.get(key, ()), other_cards=told)
			for answer in make_cards(asked, asked_about):
				found.append((asked_about, answer))
				if isinstance(answer, Card):
					known[key] = earlier_with(answer, known.get(key, ()))
					cards.append(OtherCard(answer.event_type, answer.reference_name))
	return [pair for found in answers for pair in found]


def _takes_a_place(
	occasion: Occasion,
	occasions: Sequence[Occasion],
	known: Mapping[tuple[str, str], tuple[EarlierCard, ...]],
) -> bool:
	about = references_of(occasion.after)
	return bool(about) and any(
		other.happened == "Cancelled"
		and other.after["doctype"] == occasion.after["doctype"]
		and references_of(other.before or other.after) == about
		and not known.get(document_key(other))
		for other in occasions
	)


def _standing(known: Mapping[tuple[str, str], tuple[EarlierCard, ...]]) -> list[OtherCard]:
	"""Return the cards of the transaction's documents that are not void."""
	return [
		OtherCard(card.event_type, name)
		for (_doctype, name), cards in known.items()
		for card in cards
		if not card.void
	]


def document_key(occasion: Occasion) -> tuple[str, str]:
	"""Return the document type and name of what it happened to."""
	return str(occasion.after["doctype"]), str(occasion.after["name"])


def _rank(one: TouchedDocument) -> int:
	if "Cancelled" in one.happened:
		return 0
	return 1 if one.happened & {"Created", "Submitted"} else 2
