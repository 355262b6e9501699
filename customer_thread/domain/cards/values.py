"""What a rule reads out of a document: words to compare, the party, the amount, the time."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from customer_thread.domain.cards.model import CardRule, Document
from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Party

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?")
_DIGITS = Decimal("1e-9")  # what a Currency column keeps


def fault(rule: CardRule, what: str) -> BadInput:
	"""Return the error that says which rule is at fault, and in what."""
	return BadInput(f"Rule “{rule.event_type or rule.document_type}”: {what}")


def names(text: str) -> tuple[str, ...]:
	"""Return the parts of a list with commas, without blanks and empty parts."""
	return tuple(part for part in (piece.strip() for piece in text.split(",")) if part)


def read(rule: CardRule, row: Document, name: str, what: str) -> object:
	"""Return a field's value. Raise BadInput if the document has no such field."""
	if name not in row:
		raise fault(
			rule,
			f"the {what} is {name}, which {rule.document_type} does not have. Choose one of its fields.",
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
	type_field = rule.party_type_field.rpartition(".")[2]
	rows = _rows(rule, document, table) if table else [document]
	seen: list[str] = []
	for row in rows:
		kind = word(read(rule, row, type_field, "customer type field")) if type_field else "Customer"
		name = word(read(rule, row, field, "customer field"))
		if name and kind == "Customer":
			return Party("Customer", name)
		if name and kind == "Lead":
			return Party("Lead", name)
		seen.append(f"{rule.party_field} is a {kind}" if name and kind else f"{rule.party_field} is empty")
	if table:
		return f"no row of {table} names a Customer or a Lead"
	return f"{seen[0]}, and only a Customer or a Lead has a thread"


def amount_of(rule: CardRule, document: Document) -> Decimal | None:
	"""Return the first of the rule's amounts that is set and not zero, in the document's currency."""
	for spelled in names(rule.amount_field):
		name = spelled.lstrip("-").strip()
		value = read(rule, document, name, "amount field")
		if value in (None, ""):
			continue
		try:
			amount = Decimal(str(value)).quantize(_DIGITS)
		except InvalidOperation:
			raise fault(rule, f"the amount field is {name}, which holds “{value}”, not a number.") from None
		if amount:
			return -amount if spelled.startswith("-") else amount
	return None


def occurred_of(rule: CardRule, document: Document) -> date | str | None:
	"""Return when it happened as the document has it; None for now. Raise BadInput."""
	if not rule.date_field:
		return None
	value = read(rule, document, rule.date_field, "date field")
	if value in (None, ""):
		return None
	if not isinstance(value, date | str) or moment_of(value) is None:
		raise fault(rule, f"the date field is {rule.date_field}, which holds “{value}”, not a date.")
	return value


def _rows(rule: CardRule, document: Document, table: str) -> list[Document]:
	value = read(rule, document, table, "customer field's table") or []
	if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
		raise fault(rule, f"the customer field's table is {table}, which is not a table.")
	return list(value)
