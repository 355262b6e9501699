"""What a rule reads out of a document: words to compare, the party, the amount, the time."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from customer_thread.domain.cards.model import CardRule, Document
from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Party
from customer_thread.domain.phrase import Phrase

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?")
#: fields of ERPNext's documents and their tables that name the document they are about
REFERENCES = ("reference_name", "return_against")
_DIGITS = Decimal("1e-9")  # what a Currency column keeps


#: what a rule calls its fields, as in “the customer field is …”
CUSTOMER_FIELD = Phrase("customer field")
WATCHED_FIELD = Phrase("field to watch")
CURRENCY_FIELD = Phrase("currency field")
AMOUNT_FIELD = Phrase("amount field")


def fault(rule: CardRule, template: str, *given: object) -> BadInput:
	"""Return the error that says which rule is at fault, and in what."""
	return BadInput("Rule “{0}”: {1}", rule.event_type or rule.document_type, Phrase(template, *given))


def names(text: str) -> tuple[str, ...]:
	"""Return the parts of a list with commas, without blanks and empty parts."""
	return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)


def references_of(document: Document) -> frozenset[str]:
	"""Return the names of the documents that a document is about: what it pays, credits or returns."""
	tables = (value for value in document.values() if isinstance(value, list | tuple))
	rows = [document, *(row for table in tables for row in table if isinstance(row, Mapping))]
	found = (row.get(field) for row in rows for field in REFERENCES)
	return frozenset(name for name in found if isinstance(name, str) and name)


def read(rule: CardRule, row: Document, name: str, what: Phrase) -> object:
	"""Return a field's value. Raise BadInput if the document has no such field."""
	if name not in row:
		raise fault(
			rule,
			"the {0} is {1}, which {2} does not have. Choose one of its fields.",
			what,
			name,
			rule.document_type,
		)
	return row[name]


def moment_of(value: object) -> date | None:
	"""Return the date or naive datetime that a value is or spells in ISO 8601, else None."""
	if isinstance(value, date):
		return value
	if not isinstance(value, str) or not _MOMENT.fullmatch(value.strip()):
		return None
	text = value.strip()
	head, _, fraction = text.partition(".")
	try:
		if len(head) == 10:
			return date.fromisoformat(head)
		return datetime.fromisoformat(f"{head}.{fraction.ljust(6, '0')}" if fraction else head)
	except ValueError:
		return None


def word(value: object) -> str:
	"""Return a field's value as one spelling, whether a form, a database or a program has set it.

	Nothing is "", a Check "0" or "1", 4200.0 "4200", a time "2026-05-14 08:00:00".
	"""
	if value is None:
		return ""
	moment = moment_of(value)
	if isinstance(moment, datetime):
		return moment.isoformat(" ", "microseconds" if moment.microsecond else "seconds")
	if moment is not None:
		return moment.isoformat()
	if isinstance(value, bool):
		return str(int(value))
	if isinstance(value, float | Decimal):
		text = format(value, "f")
		return text.rstrip("0").rstrip(".") if "." in text else text
	return str(value).strip()


def party_of(rule: CardRule, document: Document) -> Party | str:
	"""Return whose thread the document belongs to, or in words why to nobody's. Raise BadInput."""
	table, _, field = rule.party_field.rpartition(".")
	if table:
		parties = parties_of(rule, document)
		return parties[0] if parties else f"no row of {table} names a Customer or a Lead"
	type_field = rule.party_type_field
	kind, name = _named(rule, document, type_field, field)
	party = _party(kind, name)
	if party:
		return party
	seen = f"{rule.party_field} is a {kind}" if name and kind else f"{rule.party_field} is empty"
	return f"{seen}, and only a Customer or a Lead has a thread"


def table_of(rule: CardRule) -> str:
	"""Return the table in whose rows the rule finds customers; empty if it finds one in the document itself."""
	return rule.party_field.rpartition(".")[0]


def parties_of(rule: CardRule, document: Document) -> list[Party]:
	"""Return the customers and leads whom the rule finds in a table, each once, in the rows' order. Raise BadInput."""
	type_field, field = (spelled.rpartition(".")[2] for spelled in (rule.party_type_field, rule.party_field))
	rows = _rows(rule, document, table_of(rule))
	parties = (_party(*_named(rule, row, type_field, field)) for row in rows)
	return list(dict.fromkeys(party for party in parties if party))


def _named(rule: CardRule, row: Document, type_field: str, field: str) -> tuple[str, str]:
	kind = word(read(rule, row, type_field, Phrase("customer type field"))) if type_field else "Customer"
	return kind, word(read(rule, row, field, CUSTOMER_FIELD))


def _party(kind: str, name: str) -> Party | None:
	if name and kind in ("Customer", "Lead"):
		return Party("Lead" if kind == "Lead" else "Customer", name)
	return None


def of_party(rule: CardRule, document: Document, party: Party) -> Document:
	"""Return the document without the rows of its other customers."""
	table = table_of(rule)
	if not table:
		return document
	rows = [row for row in _rows(rule, document, table) if _party_of_row(rule, row) in (None, party)]
	return {**document, table: rows}


def amount_of(rule: CardRule, document: Document, party: Party | None = None) -> Decimal | None:
	"""Return the first of the rule's amounts that is set and not zero, in the document's currency.

	One of a table is the sum over the rows of the card's party, of the first that it names if that is not given.
	"""
	for spelled in names(rule.amount_field):
		name = spelled.lstrip("-").strip()
		amount = sum(
			(_number(rule, name, value) for value in _values(rule, document, name, AMOUNT_FIELD, party)),
			Decimal(),
		)
		if amount:
			return -amount if spelled.startswith("-") else amount
	return None


def currency_of(rule: CardRule, document: Document, party: Party | None = None) -> str:
	"""Return the currency of the card's amount; of a table's first row of the card's party. Empty for none."""
	if not rule.currency_field:
		return ""
	values = _values(rule, document, rule.currency_field, CURRENCY_FIELD, party)
	return next((word(value) for value in values), "")


def _number(rule: CardRule, name: str, value: object) -> Decimal:
	if value in (None, ""):
		return Decimal()
	try:
		return Decimal(str(value)).quantize(_DIGITS)
	except InvalidOperation:
		raise fault(rule, "the amount field is {0}, which holds “{1}”, not a number.", name, value) from None


def _values(
	rule: CardRule, document: Document, spelled: str, what: Phrase, party: Party | None
) -> list[object]:
	"""Return a field's value; a table's, one of each row that is the card's party's."""
	table, _dot, name = spelled.rpartition(".")
	if not table:
		return [read(rule, document, name, what)]
	rows = _rows(rule, document, table)
	if table == table_of(rule):
		whose = party or party_of(rule, document)
		rows = [row for row in rows if _party_of_row(rule, row) == whose]
	return [read(rule, row, name, what) for row in rows]


def _party_of_row(rule: CardRule, row: Document) -> Party | None:
	type_field, field = (spelled.rpartition(".")[2] for spelled in (rule.party_type_field, rule.party_field))
	return _party(word(row.get(type_field)) if type_field else "Customer", word(row.get(field)))


def occurred_of(rule: CardRule, document: Document) -> date | str | None:
	"""Return when it happened as the document has it; None for now. Raise BadInput."""
	if not rule.date_field:
		return None
	value = read(rule, document, rule.date_field, Phrase("date field"))
	if value in (None, ""):
		return None
	if not isinstance(value, date | str) or moment_of(value) is None:
		raise fault(rule, "the date field is {0}, which holds “{1}”, not a date.", rule.date_field, value)
	return value


def _rows(rule: CardRule, document: Document, table: str) -> list[Document]:
	value = read(rule, document, table, Phrase("customer field's table")) or []
	if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
		raise fault(rule, "the customer field's table is {0}, which is not a table.", table)
	return list(value)
