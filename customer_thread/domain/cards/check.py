"""Whether a card rule makes sense, before it is saved."""

import re
from collections.abc import Collection
from typing import get_args

from customer_thread.domain.cards.model import CardRule, Moment
from customer_thread.domain.cards.sandbox import TemplateFault
from customer_thread.domain.cards.templates import as_template, fields_used
from customer_thread.domain.cards.values import (
	AMOUNT_FIELD,
	CURRENCY_FIELD,
	CUSTOMER_FIELD,
	WATCHED_FIELD,
	fault,
	names,
)
from customer_thread.domain.model import EVENT_TYPE_LIMIT
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import PAGES

PORTAL_ROUTES = tuple(PAGES)
#: What every document has beside its DocType's fields.
STANDARD_FIELDS = frozenset(
	{"name", "doctype", "owner", "creation", "modified", "modified_by", "docstatus", "idx"}
)

#: of a title's Jinja; what it prints is cut to one line
_TITLE_SOURCE_LIMIT = 500
#: fields that may be a child table's
_OF_A_TABLE = (CUSTOMER_FIELD, AMOUNT_FIELD, CURRENCY_FIELD)
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*")
_LINK = re.compile(rf"(?:{'|'.join(re.escape(route) for route in PORTAL_ROUTES)})[^\s?#\\]+")


def check(rule: CardRule, fields: Collection[str] | None = None) -> None:
	"""Raise BadInput, naming the rule and the field, if the rule cannot work.

	`fields` are the fieldnames of its DocType, those of its child tables as `table.field`; without them, whether
	a field exists is left to the first use.
	"""
	_check_words(rule)
	_check_templates(rule, fields)
	for what, name in _named_fields(rule):
		head, dot, tail = name.partition(".")
		if not _NAME.fullmatch(head) or (dot and (what not in _OF_A_TABLE or not _NAME.fullmatch(tail))):
			raise fault(rule, "the {0} is “{1}”. Give one fieldname, such as customer.", what, name)
		if fields is not None and head not in fields and head not in STANDARD_FIELDS:
			raise fault(rule, "the {0} is {1}, which {2} does not have.", what, name, rule.document_type)
		columns = {field for field in fields or () if dot and field.startswith(f"{head}.")}
		if columns and name not in columns and tail not in STANDARD_FIELDS:
			raise fault(rule, "the {0} is {1}, which {2} does not have.", what, name, rule.document_type)


def check_link(rule: CardRule, url: str) -> None:
	"""Raise BadInput if a link is neither empty nor a document's page in the portal."""
	if url and (not _LINK.fullmatch(url) or "//" in url or ".." in url.split("/")):
		raise fault(
			rule,
			"the link is “{0}”. A customer can only open {1} followed by a name; write {2}, or leave the link empty.",
			url,
			", ".join(PORTAL_ROUTES),
			"{{ doc.name | urlencode }}",
		)


def _check_words(rule: CardRule) -> None:
	for what, text in (
		(Phrase("document"), rule.document_type),
		(Phrase("event"), rule.event_type),
		(Phrase("title"), rule.title),
	):
		if not text.strip():
			raise fault(rule, "the {0} is empty. Fill it in.", what)
	if len(rule.event_type) > EVENT_TYPE_LIMIT:
		raise fault(rule, "the event is longer than {0} characters. Make it shorter.", EVENT_TYPE_LIMIT)
	if len(rule.title) > _TITLE_SOURCE_LIMIT:
		raise fault(rule, "the title is longer than {0} characters. Make it shorter.", _TITLE_SOURCE_LIMIT)
	if rule.moment not in get_args(Moment):
		raise fault(rule, "the moment is “{0}”. Choose one of {1}.", rule.moment, ", ".join(get_args(Moment)))
	if rule.moment in ("Becomes", "Changes") and not rule.field:
		raise fault(rule, "the field to watch is empty. Name the field that changes.")
	if rule.moment == "Becomes" and not names(rule.value):
		raise fault(rule, "the value is empty. Say what the field becomes, or * for anything.")
	if "*" in names(rule.value) and len(names(rule.value)) > 1:
		raise fault(rule, "the value has * and others. Take * alone, or list the values.")
	if rule.amount_field and not rule.currency_field:
		raise fault(rule, "the currency field is empty. An amount needs its currency.")


def _check_templates(rule: CardRule, fields: Collection[str] | None) -> None:
	condition = as_template(rule.condition) if rule.condition.strip() else ""
	for what, source in (
		(Phrase("title"), rule.title),
		(Phrase("link"), rule.link),
		(Phrase("condition"), condition),
	):
		try:
			used = fields_used(source)
		except TemplateFault as error:
			raise fault(rule, "the {0} {1}", what, error.phrase) from error
		unknown = sorted(used - set(fields) - STANDARD_FIELDS) if fields is not None else []
		if unknown:
			raise fault(
				rule, "the {0} uses doc.{1}, which {2} does not have.", what, unknown[0], rule.document_type
			)
	if rule.link and "{" not in rule.link:
		check_link(rule, rule.link.strip())


def _named_fields(rule: CardRule) -> list[tuple[Phrase, str]]:
	table = rule.party_field.rpartition(".")[0]
	kind = rule.party_type_field
	found = [
		(CUSTOMER_FIELD, rule.party_field),
		(WATCHED_FIELD, rule.field),
		(CURRENCY_FIELD, rule.currency_field),
		(Phrase("date field"), rule.date_field),
		(Phrase("field that says when it takes place"), rule.soon_field),
		*((AMOUNT_FIELD, name.removeprefix("-")) for name in names(rule.amount_field)),
	]
	if not table:
		found.append((Phrase("customer type field"), kind))
	return [(what, name) for what, name in found if name or what == CUSTOMER_FIELD]
