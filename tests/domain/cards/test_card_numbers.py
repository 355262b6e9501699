"""The numbers of documents: short, kept, and never one for two."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.card_helpers import PERMIT, RULE, SARAH

from customer_thread.domain.cards.check import check
from customer_thread.domain.cards.numbers import Numbered, ShownNumber, candidates, choose, names_asked
from customer_thread.domain.cards.rules import Card, CardRule, NoCard, Occasion, make_card
from customer_thread.domain.errors import BadInput
from customer_thread.domain.model import Party

INVOICE = Numbered("Sales Invoice", "ACC-SINV-2026-00001")


@pytest.mark.parametrize(
	("name", "amended_from", "numbers"),
	[
		("ACC-SINV-2026-00001", "", "1 2026-1 SINV-2026-1 ACC-SINV-2026-1 ACC-SINV-2026-00001"),
		("ACC-SINV-2026-10012", "", "10012 2026-10012 SINV-2026-10012 ACC-SINV-2026-10012"),
		("SINV-00012", "", "12 SINV-12 SINV-00012"),
		("INV2041", "", "2041 INV2041"),
		("2041", "", "2041"),
		("00000", "", "0 00000"),
		("DUNN-11-26-00001", "", "1 26-1 11-26-1 DUNN-11-26-1 DUNN-11-26-00001"),
		("INV/2026/0007", "", "7 2026/7 INV/2026/7 INV/2026/0007"),
		("SINV-2026-2041", "", "2041 2026-2041 SINV-2026-2041"),
		# the counter stands before the year
		("SINV-00012-2026", "", "12-2026 SINV-12-2026 SINV-00012-2026"),
		("SINV-10012-2026", "", "10012-2026 SINV-10012-2026"),
		("SINV/00012/25-26", "", "12/25-26 SINV/12/25-26 SINV/00012/25-26"),
		# amended copies
		("SINV-00001-1", "SINV-00001", "1-1 SINV-1-1 SINV-00001-1"),
		("SINV-00001-2", "SINV-00001-1", "1-2 SINV-1-2 SINV-00001-2"),
		("SINV-12345-1", "SINV-12345", "12345-1 SINV-12345-1"),
		("SINV-00001-1", "", "1-1 SINV-1-1 SINV-00001-1"),
		# amended copies may also have the next number of the series
		("SINV-2026-00002", "SINV-2026-00001", "2 2026-2 SINV-2026-2 SINV-2026-00002"),
	],
)
def test_it_puts_back_from_the_right_what_a_number_leaves_out(
	name: str, amended_from: str, numbers: str
) -> None:
	assert candidates(name, amended_from) == tuple(numbers.split())


@pytest.mark.parametrize(
	"name",
	[
		*("Deck of Sarah", "Deck 2026", "Sarah Lee - 2", "a7f3e2b91c", "a7f3e2b912", "x", "-", "Ä1", "１２", "a1b2"),
		"550e8400-e29b-41d4-a716-446655440000",
	],
)  # fmt: skip
def test_it_leaves_whole_what_no_series_has_named(name: str) -> None:
	assert candidates(name) == (name,)


def test_it_takes_the_shortest_that_is_free_and_keeps_it() -> None:
	told = [ShownNumber(INVOICE.name, choose(INVOICE, []))]
	assert told[0].number == "1"
	later = replace(INVOICE, name="ACC-SINV-2027-00001")
	told.append(ShownNumber(later.name, choose(later, told)))
	assert told[1].number == "2027-1"
	assert [choose(one, told) for one in (INVOICE, later)] == ["1", "2027-1"]
	other = replace(INVOICE, name="CASH-2027-00001")
	assert choose(other, told) == "CASH-2027-1"
	assert choose(replace(INVOICE, name="1"), told) == "1 (2)", "its whole name is another's number"
	assert choose(replace(INVOICE, is_return=True), []) == "1"
	assert replace(INVOICE, is_return=True).kind != INVOICE.kind


def test_it_goes_on_from_the_number_of_what_was_amended() -> None:
	told = [ShownNumber("ACC-SINV-2026-00001", "1"), ShownNumber("ACC-SINV-2027-00001", "2027-1")]
	copy = replace(INVOICE, name="ACC-SINV-2027-00001-1", amended_from="ACC-SINV-2027-00001")
	assert choose(copy, told) == "2027-1-1"
	assert choose(copy, told[1:]) == "2027-1-1"
	assert choose(copy, told[:1]) == "2027-1-1", "its original was never told, and 1 is another's"
	assert choose(copy, []) == "1-1"
	again = replace(copy, name="ACC-SINV-2027-00001-2", amended_from=copy.name)
	assert choose(again, [*told, ShownNumber(copy.name, "2027-1-1")]) == "2027-1-2"
	assert set(names_asked(again)) > {again.name, "ACC-SINV-2027-00001", "1-2"}


def test_it_does_not_tell_the_number_of_a_document_that_is_gone_again() -> None:
	assert choose(INVOICE, [ShownNumber("", "1")]) == "2026-1"


def test_it_keeps_a_number_only_while_the_name_may_have_it() -> None:
	renamed = replace(INVOICE, name="ACC-SINV-2026-00007")
	assert choose(renamed, [ShownNumber(renamed.name, "1")]) == "7"
	assert choose(INVOICE, [ShownNumber(INVOICE.name, INVOICE.name)]) == INVOICE.name


def test_it_leaves_the_shortest_to_the_document_that_will_be_told_by_it() -> None:
	named = replace(INVOICE, is_own=False)
	assert choose(named, []) == "2026-1"
	assert choose(named, [ShownNumber(INVOICE.name, "1")]) == "1"
	assert choose(named, [ShownNumber("X", "2026-1")]) == "SINV-2026-1"
	assert choose(replace(named, name="2041"), []) == "2041"


_PARTS = st.sampled_from(
	["ACC", "SINV", "CASH", "2026", "2027", "26", "1", "01", "00001", "00012", "10012", "INV7", "a", "é", " "]
)
_NAMES = st.one_of(
	st.lists(_PARTS, min_size=1, max_size=5).map("-".join),
	st.text("01aA-/._ é", min_size=1, max_size=12),
	st.text(min_size=1, max_size=12),
)


@given(_NAMES, st.one_of(st.just(""), _NAMES))
def test_it_goes_from_the_shortest_to_the_whole(name: str, amended_from: str) -> None:
	for found in (
		candidates(name),
		candidates(name, amended_from),
		candidates(f"{amended_from}-1", amended_from),
	):
		assert all(found)
		assert len(set(found)) == len(found)
		assert [len(number) for number in found] == sorted(len(number) for number in found)
	assert candidates(name)[-1] == candidates(name, amended_from)[-1] == name
	assert len(candidates(name)) == 1 or not candidates(name)[0].startswith("00")


@example([("00", False), ("0", False), ("0", False), ("00", False)])
@given(st.lists(st.tuples(_NAMES, st.booleans()), max_size=12))
def test_it_never_tells_two_documents_by_one_number(names: list[tuple[str, bool]]) -> None:
	told: list[ShownNumber] = []
	for name, is_copy in names:
		amended_from = told[-1].name if is_copy and told else ""
		document = Numbered("Permit", f"{amended_from}-1" if amended_from else name, amended_from)
		number = choose(document, told)
		others = {one.number for one in told if one.name != document.name}
		assert number not in others
		told.append(ShownNumber(document.name, number))
		assert choose(document, told) == number


def _titled(title: str, **changes: object) -> Card | NoCard:
	def number_for(party: Party, document: Numbered) -> str:
		assert party == SARAH
		return choose(document, [ShownNumber("P-00009", "9")])

	occasion = Occasion("Created", {**PERMIT, "name": "P-00012", **changes}, number_for=number_for)
	return make_card(replace(RULE, title=title), occasion)


def test_a_title_tells_numbers() -> None:
	card = _titled("Permit {{ doc | number }} for {{ doc.old | number_of('Permit') }}", old="P-00009")
	assert isinstance(card, Card)
	assert (card.title, card.number, card.number_kind) == ("Permit #12 for #9", "12", "Permit")
	assert card.found_by == ("P-00012", "P-00009")
	card = _titled("Permit{{ doc.old | number_of('Permit') }}{{ before | number }}", old=None)
	assert isinstance(card, Card)
	assert (card.title, card.number, card.number_kind, card.found_by) == ("Permit", "", "", ())
	card = make_card(replace(RULE, title="Permit {{ doc | number }}"), Occasion("Created", PERMIT))
	assert isinstance(card, Card)
	assert (card.title, card.number, card.found_by) == ("Permit #P-1", "P-1", ())


def test_a_title_tells_the_number_of_another_document_it_has() -> None:
	def number_for(_party: Party, document: Numbered) -> str:
		return f"{document.kind} {document.is_own}"

	occasion = Occasion("Created", {**PERMIT, "is_return": 1}, number_for=number_for)
	card = make_card(
		replace(RULE, title="{{ doc | number }}, {{ doc.name | number_of('Permit') }}"), occasion
	)
	assert isinstance(card, Card)
	assert card.title == "#Permit return True, #Permit return True"
	card = make_card(replace(RULE, title="{{ doc.name | number_of('Deed') }}"), occasion)
	assert isinstance(card, Card)
	assert card.title == "#Deed False"
	assert card.number == ""


def test_a_title_tells_money_as_the_settings_have_it() -> None:
	rule = replace(RULE, title="{{ doc.fee | money(doc.currency) }} off{{ doc.none | money('USD') }}")
	row = {**PERMIT, "fee": 4200.0, "currency": "USD", "none": None}
	for locale, title in (("en_US", "$4,200 off"), ("de_DE", "4.200 $ off")):
		card = make_card(rule, Occasion("Created", row, locale=locale))
		assert isinstance(card, Card)
		assert card.title == title


@pytest.mark.parametrize(
	("title", "reason"),
	[
		("{{ doc.name | number }}", "asks for the number of what is no document; write doc | number"),
		("{{ doc.name | money('USD') }}", "cannot be worked out for this document"),
	],
)
def test_it_says_what_a_title_does_wrong(title: str, reason: str) -> None:
	with pytest.raises(BadInput, match=reason.replace("|", r"\|")):
		_titled(title)


def test_a_rule_is_checked_for_the_kind_of_the_other_document() -> None:
	rule: CardRule = replace(RULE, title="Permit {{ doc | number }}: {{ doc.fee | money(doc.currency) }}")
	check(rule, ["customer", "fee", "currency"])
	with pytest.raises(BadInput, match="number_of without the kind of document"):
		check(replace(rule, title="Permit {{ doc.name | number_of }}"))


def test_a_condition_knows_no_thread_and_has_the_whole_name() -> None:
	rule = replace(RULE, condition="(doc | number) == '#P-1'")
	assert isinstance(make_card(rule, Occasion("Created", PERMIT)), Card)
