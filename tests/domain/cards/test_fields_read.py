"""Which fields rules read: every one that they can, so that a host may leave out the others."""

from dataclasses import replace

import pytest
from support.card_helpers import RULE, RULES

from customer_thread.domain.cards.fields_read import fields_read


@pytest.mark.parametrize(
	"template",
	[
		"{{ doc.colour }}",
		"{{ doc['colour'] }}",
		"{{ doc.get('colour', '') }}",
		"{{ before.colour }}",
		"{{ (doc if by_staff else before).colour }}",
		"{{ others | map(attribute='colour') | join }}",
		"{{ others | selectattr('colour', 'eq', doc.name) | list | length }}",
		"{{ others | rejectattr('row.colour') | list | length }}",
		"{{ doc.items | sum(attribute='colour') }}",
		"{% for row in doc.items %}{{ row.colour }}{% endfor %}",
		"{% for name in ['colour'] %}{{ name }}{% endfor %}",
		"{{ '\\x63olour' }}",
		"{{ others[0].colour }}{{ told[:1] | length }}",
	],
)
def test_it_knows_every_field_that_a_template_names(template: str) -> None:
	for rule in (
		replace(RULE, title=template),
		replace(RULE, condition=template),
		replace(RULE, link=template),
	):
		read = fields_read([rule])
		assert read is not None
		assert "colour" in read
	assert "colour" not in (fields_read([RULE]) or ())


@pytest.mark.parametrize(
	"template",
	[
		"{{ doc['col' ~ 'our'] }}",
		"{{ doc[doc.name] }}",
		"{{ doc.get('COLOUR' | lower) }}",
		"{{ doc.get(default='', name='col' ~ 'our') }}",
		"{{ others | map(attribute='col' ~ 'our') | join }}",
		"{{ others | map('map', attribute=doc.name) | list }}",
		"{{ others | selectattr(doc.name) | list }}",
		"{{ others | sort(attribute=doc.name) | list }}",
		"{% for name in ['colour'] %}{{ doc[name] }}{% endfor %}",
		"{{ doc.",
	],
)
def test_it_says_that_any_field_may_be_read_where_its_name_is_worked_out(template: str) -> None:
	assert fields_read([RULE, replace(RULE, title=template)]) is None


def test_it_knows_the_fields_that_a_rule_names_by_itself() -> None:
	rule = replace(
		RULE,
		moment="Changes",
		field="total",
		party_field="people.who",
		party_type_field="people.kind",
		amount_field="rounded,-grand",
		currency_field="accounts.unit",
		date_field="day",
	)
	read = fields_read([rule])
	assert read is not None
	assert read >= {"total", "people", "who", "kind", "rounded", "grand", "accounts", "unit", "day"}


@pytest.mark.parametrize("doctype", sorted({rule.document_type for rule in RULES}))
def test_it_can_tell_for_every_shipped_rule(doctype: str) -> None:
	read = fields_read([rule for rule in RULES if rule.document_type == doctype])
	assert read is not None
	assert read >= {"name", "docstatus", "reference_name", "return_against", "amended_from", "is_return"}
