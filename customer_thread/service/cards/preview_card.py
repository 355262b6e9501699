"""What a card rule would make of a document. Nothing is written."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypedDict

from customer_thread.domain.cards.check import check
from customer_thread.domain.cards.document_type import DocumentType, check_document_type
from customer_thread.domain.cards.model import Card, CardRule, Document
from customer_thread.domain.cards.preview import as_preview, tried_out
from customer_thread.domain.cards.rules import make_card
from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Party, PartyType
from customer_thread.domain.times import iso
from customer_thread.domain.wording import card_line, known_locale, money
from customer_thread.service.cards.earlier_cards import earlier_cards
from customer_thread.service.cards.make_cards import occurred_us
from customer_thread.service.cards.number_documents import number_documents
from customer_thread.service.cards.speeches import speeches
from customer_thread.service.ports import Ports


class PreviewedCard(TypedDict):
	"""The card as its customer would see it, and whom it would reach."""

	line: str
	#: in words; empty for none
	amount: str
	link: str
	#: ISO 8601 in UTC
	at: str
	party_type: PartyType
	party: str
	#: the customer's name
	customer: str
	#: the types of the document's events that it would make void
	voids: list[str]
	#: the rule is switched on, and so are cards from documents
	is_on: bool
	#: this document has had the card already
	has_one: bool


class PreviewView(TypedDict):
	"""What a card rule would make of a document."""

	card: PreviewedCard | None
	#: why there is one, or none
	reason: str
	#: the rule itself is at fault
	broken: bool


def preview_card(
	ports: Ports,
	rule: CardRule,
	document: Document,
	kind: DocumentType,
	*,
	timezone: str,
	owner_of: Callable[[Party], Party] = lambda party: party,
) -> PreviewView:
	"""Return the card, or why there is none."""
	is_on = rule.enabled and ports.settings().capture_documents
	rule = as_preview(rule)
	locale = known_locale(ports.settings().locale)
	earlier = earlier_cards(ports.database, kind.name, str(document["name"]))
	try:
		check_document_type(rule, kind)
		check(rule, kind.fields)
		occasion = tried_out(rule, document, submittable=kind.submittable, earlier=earlier)
		number_for = number_documents(ports, owner_of)
		told = replace(occasion, number_for=number_for, locale=locale, speech_to=speeches(ports, owner_of))
		answer = make_card(rule, told)
	except BadInput as error:
		return {"card": None, "reason": error.worded(ports.translate), "broken": True}
	if not isinstance(answer, Card):
		return {"card": None, "reason": answer.reason, "broken": answer.broken}
	party = owner_of(answer.party)
	info = ports.parties.find(party)
	if info is None:
		return {"card": None, "reason": f"there is no {party.party_type} “{party.party}”", "broken": False}
	return {
		"card": {
			"line": card_line(answer.title, money(answer.amount, answer.currency, locale)),
			"amount": money(answer.amount, answer.currency, locale),
			"link": answer.url,
			"at": iso(occurred_us(answer.occurred, timezone, ports.clock.now_us())),
			"party_type": party.party_type,
			"party": party.party,
			"customer": info.name,
			"voids": [card.event_type for card in earlier if card.source_key in answer.voids],
			"is_on": is_on,
			"has_one": any(card.event_type == answer.event_type for card in earlier),
		},
		"reason": answer.reason,
		"broken": False,
	}
