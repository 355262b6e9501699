"""What a card rule is, what it is asked about, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from customer_thread.domain.cards.numbers import NumberFor, whole
from customer_thread.domain.model import DATA_LIMIT, Party
from customer_thread.domain.speech import Speech

Moment = Literal["Created", "Submitted", "Cancelled", "Becomes", "Changes"]
Happened = Literal["Created", "Submitted", "Cancelled", "Saved"]
Document = Mapping[str, Any]

#: A title is one line of a card and a Data column.
TITLE_LIMIT = DATA_LIMIT


@dataclass(frozen=True)
class CardRule:
	"""A Thread Card Rule; the fields are those of the DocType that its form shows."""

	document_type: str
	moment: Moment
	party_field: str
	event_type: str
	title: str
	#: what `Becomes` and `Changes` watch
	field: str = ""
	#: values of `Becomes`, one a comma; `*` for any while it was empty
	value: str = ""
	#: Jinja, an expression or a template that prints something when it holds; empty for always
	condition: str = ""
	#: empty: the party is a Customer
	party_type_field: str = ""
	#: Jinja; empty for no link
	link: str = ""
	#: fieldnames, one a comma; the first that is set and not zero counts; a minus before one turns its sign
	amount_field: str = ""
	currency_field: str = ""
	#: when it happened; empty for now
	date_field: str = ""
	#: event types, one a comma, whose earlier cards of this document become void; `*` for all
	voids_event_type: str = ""
	#: event types, one a comma: no card if the same transaction has one of them about every document that
	#: this one is about
	gives_way_to: str = ""
	#: `Becomes`: the value that was there already counts as new when the card's amount differs from the last one's
	each_amount: bool = False
	#: whether the customer is notified, and whether that breaks quiet hours
	notify: bool = False
	urgent: bool = False
	#: a fieldname that says when it takes place: what does so soon breaks quiet hours too
	soon_field: str = ""
	enabled: bool = True
	#: since when it is asked about all that happens, µs since 1970 UTC; 0 if that is not known
	in_force_since_us: int = 0

	@classmethod
	def from_row(cls, row: Mapping[str, Any]) -> "CardRule":
		"""Return the rule that a row of the DocType's table holds; columns it does not know are left out."""
		numbers = {"each_amount": 0, "notify": 0, "urgent": 0, "enabled": 1, "in_force_since_us": 0}
		words = {name: str(row.get(name) or "") for name in cls.__dataclass_fields__ if name not in numbers}
		found = {name: int(row.get(name, default) or 0) for name, default in numbers.items()}
		return cls(
			**words,  # type: ignore[arg-type]
			each_amount=bool(found["each_amount"]),
			notify=bool(found["notify"]),
			urgent=bool(found["urgent"]),
			enabled=bool(found["enabled"]),
			in_force_since_us=found["in_force_since_us"],
		)


@dataclass(frozen=True)
class EarlierCard:
	"""A card that this document has had already."""

	source_key: str
	event_type: str
	void: bool = False
	amount: Decimal | None = None
	#: in which it is, or what stands for that; empty if it is not known or there is no other
	thread: str = ""
	#: whether this transaction makes it
	is_new: bool = False


@dataclass(frozen=True)
class OtherCard:
	"""A card of another document of the same transaction."""

	event_type: str
	reference_name: str


def _named(party: Party) -> str:
	return f"{party.party_type}|{party.party}"


@dataclass(frozen=True)
class Occasion:
	"""One thing that happened to one document."""

	happened: Happened
	after: Document
	before: Document | None = None
	#: whether documents of this type are drafts until they are submitted
	submittable: bool = False
	#: whether a member of staff did it, and not a guest, a customer or the web form
	by_staff: bool = False
	#: this document's cards so far, in the order in which they were made
	earlier: tuple[EarlierCard, ...] = field(default=())
	#: by which numbers documents are told
	number_for: NumberFor = field(default=whole, repr=False, compare=False)
	#: as the business writes dates and amounts
	locale: str = "en_US"
	#: in which language a title is written to whom it is told; None: as the rule has it
	speech_to: Callable[[Party], Speech] | None = field(default=None, repr=False, compare=False)
	#: the other documents of the same transaction
	others: tuple[Document, ...] = ()
	#: the cards that the transaction has so far
	other_cards: tuple[OtherCard, ...] = ()
	#: when it happened, naive and in the site's zone, as "2026-05-14 08:00:00"
	site_time: str = ""
	#: whose of the document's customers it is told; None: the document says
	party: Party | None = None
	#: keys of all the cards of a document of several customers
	used: frozenset[str] = frozenset()
	#: in whose thread a party's cards are
	thread_of: Callable[[Party], str] = field(default=_named, repr=False, compare=False)


@dataclass(frozen=True)
class Card:
	"""What becomes a Thread Event and its entry."""

	event_type: str
	#: one line of plain text, at most 140 characters
	title: str
	amount: Decimal | None
	#: ISO 4217; empty for none
	currency: str
	#: a path on this site; empty for no link
	url: str
	#: as the document has it, naive and in the site's zone; None for now
	occurred: date | str | None
	party: Party
	reference_doctype: str
	reference_name: str
	#: the same for every report of one change; at most 140 characters
	source_key: str
	#: source keys of earlier cards of this document that are void from now on
	voids: tuple[str, ...]
	reason: str
	#: by which its title tells the document, and among which kind of documents; empty if it does not
	number: str = ""
	number_kind: str = ""
	#: whole, the names of those documents that the title tells by less
	found_by: tuple[str, ...] = ()
	#: whether the customer is notified, and whether that breaks quiet hours
	notify: bool = False
	urgent: bool = False
	#: when that takes place, the first time that is still to come; naive and in the site's zone, None for none
	send_before: datetime | None = None
	#: since when its rule is in force
	in_force_since_us: int = field(default=0, compare=False)
	#: what tells the cards of a document's customers apart; empty if it has but one
	thread: str = ""


@dataclass(frozen=True)
class NoCard:
	"""Why a rule gives no card."""

	reason: str
	#: the rule itself is at fault and its owner must mend it
	broken: bool = False
