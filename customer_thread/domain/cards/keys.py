"""The key that makes one change of a document one card.

ERPNext reports one change several times (`on_change` runs after a save and after every `db_set`), and the
same thing may truly happen again: paid, payment taken back, paid again. A key names the document, the
field that was watched and its new value, the event type, and which occurrence it is:

* Created, Submitted and Cancelled happen once in a document's life, to each of its customers.
* Becomes and Changes: as long as the newest cards of this document about this field tell of this same
  value and are not void, it is the same change, reported again. Once a card says another value of the
  field, or the card became void, it is a new change, and its occurrence the number of those before it.

Two workers that see the same cards make the same key; the database's unique index keeps one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from urllib.parse import unquote

from customer_thread.domain.cards.model import EarlierCard
from customer_thread.domain.model import DATA_LIMIT
from customer_thread.domain.times import SECOND

KEY_LIMIT = DATA_LIMIT
_PART_LIMIT = 20
#: how long after a change was recorded its card may have been made
TOLERANCE = 10 * SECOND
_ESCAPES = str.maketrans({"%": "%25", "|": "%7C", "~": "%7E"})


@dataclass(frozen=True)
class CardKey:
	"""What a key names, apart from the occurrence. `field` is empty for what happens once."""

	doctype: str
	name: str
	field: str
	value: str
	event_type: str

	@property
	def parts(self) -> tuple[str, str, str, str, str]:
		"""Return the five parts in the key's order."""
		return self.doctype, self.name, self.field, self.value, self.event_type


def source_key(card_key: CardKey, occurrence: int) -> str:
	"""Return `doctype|name|field|value|event type|occurrence`.

	A part that is not ASCII, and every part over 20 characters if the key were longer than 140, is
	replaced by `~` and the first 19 hexadecimal digits of its SHA-256.
	"""
	key = "|".join([*(_escape(part) for part in card_key.parts), str(occurrence)])
	if len(key) > KEY_LIMIT:
		key = "|".join([*(_shorten(part) for part in card_key.parts), str(occurrence)])
	return key


def newest_about(card_key: CardKey, earlier: Sequence[EarlierCard]) -> EarlierCard | None:
	"""Return the newest of a document's cards about the key's field; None if there is none."""
	about = (card for card in reversed(earlier) if _matches(card.source_key.split("|"), card_key.parts, 3))
	return next(about, None)


def is_about_value(card_key: CardKey, card: EarlierCard) -> bool:
	"""Return whether a card is about the key's field having the key's value."""
	return _matches(card.source_key.split("|"), card_key.parts, 4)


def next_key(
	card_key: CardKey,
	earlier: Sequence[EarlierCard],
	amount: Decimal | None = None,
	used: Collection[str] = (),
) -> str:
	"""Return the key of a change that is reported now. If `earlier` holds it, there is a card of it already.

	`amount`: what the card says, where another amount makes another card; None where the value alone counts.
	`used`: keys of the cards of the document's other customers, each of whom it happens to.
	"""
	about = [(card, card.source_key.split("|")) for card in earlier]
	if not card_key.field:
		once = (card.source_key for card, parts in about if _matches(parts, card_key.parts, 5))
		return next(once, None) or _free(card_key, 0, used)
	same_field = [(card, parts) for card, parts in about if _matches(parts, card_key.parts, 3)]
	number = 0
	for _, parts in same_field:
		number += _matches(parts, card_key.parts, 5)
	for card, parts in reversed(same_field):
		if card.void or not _matches(parts, card_key.parts, 4):
			break
		if _matches(parts, card_key.parts, 5):
			if amount is not None and card.amount != amount:
				break
			return card.source_key
	# a number may be taken out of turn: cards of the past that are made afterwards take those that are free
	return _free(card_key, number, {*used, *(card.source_key for card in earlier)})


def settle(
	key: str, moments: Collection[int], is_exact: bool, known: Mapping[str, int], settled: Collection[str]
) -> str:
	"""Return the key under which a change of the past has its card, or is to have it.

	`key`: what it would be if there were no other card. `moments`: the moments at which its card may have been
	made. `known`: the keys of the document's cards with their times; `settled`: those that are of other changes.
	A change whose time is guessed is the newest of its kind that has a card; one whose time is known is none of
	those at other times, unless it happens once: to who came to a document later it happened then.
	"""
	named, _bar, occurrence = key.rpartition("|")
	apart = {
		other: min(abs(at_us - moment) for moment in moments)
		for other, at_us in known.items()
		if other.rpartition("|")[0] == named and other not in settled
	}
	near = min(apart, key=lambda other: apart[other], default="")
	happens_once = not key.split("|")[2]
	if near and (happens_once or apart[near] <= TOLERANCE):
		return near
	if apart and not is_exact:
		return max(apart, key=lambda other: known[other])
	number = int(occurrence)
	while f"{named}|{number}" in known or f"{named}|{number}" in settled:
		number += 1
	return f"{named}|{number}"


def _free(card_key: CardKey, number: int, used: Collection[str]) -> str:
	while source_key(card_key, number) in used:
		number += 1
	return source_key(card_key, number)


def renamed(key: str, old: str, new: str) -> str:
	"""Return a card rule's key of a document by its new name; any other key as it is."""
	parts = key.split("|")
	if not is_rules_key(key) or parts[1] not in (_escape(old), _shorten(old)):
		return key
	parts[1] = _escape(new)
	whole = "|".join(parts)
	if len(whole) <= KEY_LIMIT:
		return whole
	# what was shortened before is no longer than this
	return "|".join(part if len(part) <= _PART_LIMIT else _hash(unquote(part)) for part in parts)


def is_rules_key(key: str) -> bool:
	"""Return whether a card rule made this key, not the program that recorded the event."""
	return key.count("|") == 5


def _matches(parts: Sequence[str], texts: Sequence[str], count: int) -> bool:
	if len(parts) != 6:
		return False
	pairs = zip(parts[:count], texts[:count], strict=True)
	return all(part in (_escape(text), _shorten(text)) for part, text in pairs)


def _escape(text: str) -> str:
	# databases compare without accents, so only ASCII stays as it is
	return text.translate(_ESCAPES) if text.isascii() else _hash(text)


def _shorten(text: str) -> str:
	part = _escape(text)
	if len(part) <= _PART_LIMIT:
		return part
	return _hash(text)


def _hash(text: str) -> str:
	return "~" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[: _PART_LIMIT - 1]
