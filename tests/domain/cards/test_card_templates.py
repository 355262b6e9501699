"""Titles, links and conditions: what they may do, and what a rule's owner is told."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from support.card_helpers import PERMIT, RULE, made

from customer_thread.domain.cards.rules import Card, check
from customer_thread.domain.errors import BadInput


def test_it_keeps_a_title_to_one_line() -> None:
	answer = made(replace(RULE, title="Permit\n{{ doc.state }}"), state="a\r\n b\u2028c\x00 " + "x" * 300)
	assert isinstance(answer, Card)
	assert answer.title.startswith("Permit a b c xxx")
	assert (len(answer.title), answer.title[-1]) == (140, "…")


@pytest.mark.parametrize(
	("value", "words"),
	[
		("2026-05-14 00:05:00", "Thu May 14, 12:05am"),
		("2026-05-14 12:00:00.000000", "Thu May 14, 12:00pm"),
		(date(2026, 5, 14), "Thu May 14"),
		(datetime.fromisoformat("2026-05-14 23:59:59"), "Thu May 14, 11:59pm"),
		("soon", "soon"),
	],
)
def test_it_writes_times_in_words(value: object, words: str) -> None:
	answer = made(replace(RULE, title="{{ doc.state | when }}"), state=value)
	assert isinstance(answer, Card)
	assert answer.title == words


def test_it_prints_plain_text_as_it_is() -> None:
	answer = made(replace(RULE, title="{{ doc.customer }}"), customer="O'Neil & <Sons>")
	assert isinstance(answer, Card)
	assert answer.title == "O'Neil & <Sons>"


def test_it_quotes_names_in_links() -> None:
	rule = replace(RULE, link="/invoices/{{ doc.name | urlencode }}")
	answer = made(rule, name="INV/2026 #1?")
	assert isinstance(answer, Card)
	assert answer.url == "/invoices/INV/2026%20%231%3F"


@pytest.mark.parametrize("name", ["Smith // Co", "A/../B", "./A", "A/", "/A", ".."])
def test_it_links_no_name_that_an_address_cannot_hold(name: str) -> None:
	answer = made(replace(RULE, link="/invoices/{{ doc.name | urlencode }}"), name=name)
	assert isinstance(answer, Card)
	assert answer.url == ""


@pytest.mark.parametrize(
	"link",
	[
		"https://evil.example/invoices/1",
		"//evil.example",
		"/invoices/",
		"/invoices//evil",
		"/invoices/../app/user",
		"/app/sales-invoice/1",
		"javascript:alert(1)",
		"/projects?project=P-1",
		"/invoices/a b",
	],
)
def test_it_refuses_links_a_customer_cannot_open(link: str) -> None:
	with pytest.raises(BadInput, match="Rule “Permit filed”: the link is"):
		check(replace(RULE, link=link))
	with pytest.raises(BadInput, match="Rule “Permit filed”: the link is"):
		made(replace(RULE, link="{{ doc.state }}"), state=link)


def test_it_reads_a_child_table_that_is_named_like_a_method() -> None:
	rule = replace(RULE, title="{% for row in doc.items %}{{ row.item_name }} {% endfor %}")
	answer = made(rule, items=[{"item_name": "Deck"}, {"item_name": "Rail"}])
	assert isinstance(answer, Card)
	assert answer.title == "Deck Rail"


@pytest.mark.parametrize(
	("change", "sentence"),
	[
		({"title": "{{ doc.custmer }}"}, "the title uses doc.custmer, which Permit does not have. Correct"),
		({"condition": "doc.custmer"}, "the condition uses doc.custmer, which Permit does not have. Correct"),
		({"link": "{{ doc.custmer }}"}, "the link uses doc.custmer, which Permit does not have. Correct"),
		({"title": "{{ dok.name }}"}, "the title uses dok, which is not there. Use doc"),
		({"title": "{% if false %}x{% endif %}"}, "the title prints nothing for this document. Give it"),
		({"party_field": "custmer"}, "the customer field is custmer, which Permit does not have. Choose"),
		({"amount_field": "total"}, "the amount field is total, which Permit does not have. Choose"),
		({"amount_field": "state"}, "the amount field is state, which holds “Filed”, not a number."),
		({"date_field": "state"}, "the date field is state, which holds “Filed”, not a date."),
		({"party_field": "state.x"}, "the customer field's table is state, which is not a table."),
		({"title": "{{ doc.name + 1 }}"}, "the title cannot be worked out for this document: "),
		({"title": "{{ doc.name * 99 }}"}, "the title may not do that: it multiplies what is not a number."),
		({"title": "{{ doc.docstatus / 0 }}"}, "the title cannot be worked out for this document: "),
	],
)
def test_it_says_what_is_wrong_with_a_rule_it_meets(change: dict[str, str], sentence: str) -> None:
	with pytest.raises(BadInput) as caught:
		made(replace(RULE, **change))  # type: ignore[arg-type]
	assert str(caught.value).startswith(f"Rule “Permit filed”: {sentence}")


@pytest.mark.parametrize(
	("change", "sentence"),
	[
		({"title": ""}, "the title is empty."),
		({"event_type": " "}, "the event is empty."),
		({"event_type": "x" * 61}, "the event is longer than 60"),
		({"title": "x" * 501}, "the title is longer than 500"),
		({"moment": "Deleted"}, "the moment is “Deleted”. Choose one of Created,"),
		({"moment": "Changes"}, "the field to watch is empty."),
		({"moment": "Becomes", "field": "state"}, "the value is empty."),
		({"moment": "Becomes", "field": "state", "value": "*,x"}, "the value has * and others."),
		({"amount_field": "name"}, "the currency field is empty."),
		({"party_field": "a.b.c"}, "the customer field is “a.b.c”."),
		({"party_field": ""}, "the customer field is “”."),
		({"date_field": "a b"}, "the date field is “a b”."),
		({"title": "{{ doc.name"}, "the title cannot be read: "),
		({"condition": "doc.name =="}, "the condition cannot be read: "),
		({"title": "{{ doc.custmer }}"}, "the title uses doc.custmer, which Permit does not have."),
		({"party_field": "custmer"}, "the customer field is custmer, which Permit does not have."),
		({"title": "{{ range(9) }}"}, "the title calls something."),
		({"title": "{{ doc.name.upper() }}"}, "the title calls something."),
		({"title": "{{ doc.name | center(9999) }}"}, "the title uses the filter center,"),
		({"title": "{% set x = 1 %}"}, "the title uses “assign”,"),
		({"title": "{{ 9 ** 9 }}"}, "the title uses “pow”,"),
		({"title": "{{ '%9d' % 1 }}"}, "the title uses “mod”,"),
		({"title": "{% include 'x' %}"}, "the title uses “include”,"),
		(
			{"link": "{% for a in doc.x %}{% for b in doc.x %}{% endfor %}{% endfor %}"},
			"the link has a loop in",
		),
		({"condition": "(" * 900 + "1" + ")" * 900}, "the condition is nested too deeply."),
		({"condition": "1 " * 1001}, "the condition is longer than 2,000"),
	],
)
def test_it_checks_a_rule_before_it_is_saved(change: dict[str, str], sentence: str) -> None:
	with pytest.raises(BadInput) as caught:
		check(replace(RULE, **{"event_type": "Permit filed", **change}), PERMIT.keys())  # type: ignore[arg-type]
	named = change.get("event_type", "Permit filed")
	assert str(caught.value).startswith(f"Rule “{named}”: {sentence}")


@pytest.mark.parametrize(
	"source",
	[
		"doc.__class__",
		"doc._row",
		"doc['_row']",
		"doc.name.__class__.__mro__",
		"doc | attr('__class__')",
		"doc.name.format",
		"doc.get.__globals__",
		"doc.get('name').format('x')",
		"doc.x | map(attribute='__class__') | first",
		"doc.name.upper",
		"'x' if doc.name.upper",
		"doc._assign",
		"doc['_assign']",
		"doc.get('_assign') + 'x'",
		"doc.x.count",
		"doc.get",
		"''.__class__",
		"cycler.__init__",
	],
)
def test_it_lets_no_template_out_of_the_sandbox(source: str) -> None:
	with pytest.raises(BadInput, match="Rule “Permit filed”: the title "):
		made(replace(RULE, title="t{{ " + source + " }}"), x=[{"a": 1}], _assign="[]")


def test_it_stops_a_template_that_prints_without_end() -> None:
	rule = replace(RULE, title="{% for row in doc.rows %}{{ doc.state }}{% endfor %}")
	with pytest.raises(BadInput, match="prints more than 2,000 characters"):
		made(rule, state="x" * 100, rows=[{}] * 100_000)
	rule = replace(RULE, title="{{ doc.state | list | join(doc.state) }}")
	with pytest.raises(BadInput, match="joins more than 2000 characters"):
		made(rule, state="x" * 100_000)


@pytest.mark.parametrize(
	("condition", "holds"),
	[
		("", True),
		("  ", True),
		("doc.state == 'Filed'", True),
		("doc.state != 'Filed'", False),
		("doc.get('nothing')", False),
		("before", False),
		("before.state == 'x'", False),
		("'Permit filed' in told", False),
		("by_staff", False),
		("{% if doc.state %}yes{% endif %}", True),
		("{{ doc.docstatus }}", False),
		("{{ doc.state == 'x' }}", False),
	],
)
def test_it_reads_conditions_as_expressions_or_templates(condition: str, holds: bool) -> None:
	assert isinstance(made(replace(RULE, condition=condition)), Card) is holds
