"""Which fields of a document rules read, so that a host need not look up all of them."""

import re
from collections.abc import Iterable

from customer_thread.domain.cards.model import CardRule
from customer_thread.domain.cards.over import FIELDS
from customer_thread.domain.cards.templates import as_template, names_used
from customer_thread.domain.cards.values import REFERENCES

_WORD = re.compile(r"\w+")
#: read of every document, whatever the rule
ALWAYS = frozenset({"doctype", "name", "docstatus", "amended_from", "is_return", *REFERENCES, *FIELDS})


def fields_read(rules: Iterable[CardRule]) -> frozenset[str] | None:
	"""Return the fieldnames that these rules can read of any document, and perhaps other words.

	None if they may read any: a template works out a field's name, or cannot be read.
	"""
	found = set(ALWAYS)
	for rule in rules:
		plain = (
			rule.field,
			rule.party_field,
			rule.party_type_field,
			rule.amount_field,
			rule.currency_field,
			rule.date_field,
			rule.soon_field,
		)
		found.update(_WORD.findall(" ".join(plain)))
		for template in (as_template(rule.condition), rule.title, rule.link):
			used = names_used(template)
			if used is None:
				return None
			found |= used
	return frozenset(found)
