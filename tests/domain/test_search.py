"""What a search asks for, and what it shows of what it found."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st
from support.reader import READER

from customer_thread.domain.limits import SEARCH_TERMS, SEARCH_YEARS
from customer_thread.domain.search import Wanted, excerpt, wanted
from customer_thread.domain.times import to_us
from customer_thread.domain.wording import short_date
from customer_thread.domain.words import fold

LOCALES = [
	"en_US",
	"en_GB",
	"de_DE",
	"fr_FR",
	"es_ES",
	"it_IT",
	"nl_NL",
	"pt_BR",
	"pl_PL",
	"sv_SE",
	"de_CH",
	"en_IN",
]


def is_found(text: str, query: str, day: date | None = None, locale: str = "en_US") -> bool:
	"""Return whether a search finds an entry with these words, written at noon of that day."""
	reader = replace(READER, locale=locale)
	folded = fold(text)
	at = to_us(datetime(day.year, day.month, day.day, 12, tzinfo=reader.zone)) if day else 0

	def holds(one: Wanted) -> bool:
		in_words = any(all(form in folded for form in forms) for forms in one.words)
		return in_words or any(since <= at < before for since, before in one.days)

	return all(holds(one) for one in wanted(query, reader))


@given(st.text(max_size=30), st.text(max_size=10))
def test_it_finds_every_word_of_a_text_again(before: str, word: str) -> None:
	assert is_found(f"{before} {word}", word)


@given(st.text(max_size=60))
def test_it_asks_for_words_that_are_folded(query: str) -> None:
	for one in wanted(query, READER):
		assert one.words
		assert all(fold(form) == form for forms in one.words for form in forms)


def test_it_takes_ten_different_terms() -> None:
	assert [one.words for one in wanted("Deck  deck DÉCK stairs", READER)] == [(("deck",),), (("stairs",),)]
	assert wanted(" \n", READER) == ()
	assert len(wanted(" ".join(f"w{number}" for number in range(20)), READER)) == SEARCH_TERMS


# Amounts


@given(st.decimals(100, 99_999_999, places=2), st.sampled_from(LOCALES), st.sampled_from(LOCALES))
def test_it_finds_an_amount_in_whichever_way_it_is_asked_and_written(
	amount: Decimal, there: str, here: str
) -> None:
	written = format_currency(amount, "USD", locale=there)
	asked = format_currency(amount, "USD", "#,##0.00", locale=here).replace("\u202f", "").replace("\xa0", "")
	assert is_found(f"Invoice #1 sent — {written}", asked)
	assert is_found(written, f"{amount:.2f}")
	assert is_found(written, f"{amount:.2f}".replace(".", ","))


@pytest.mark.parametrize(
	("query", "text"),
	[
		(query, text)
		for query in (
			"4200",
			"4,200",
			"$4,200",
			"$4,200.00",
			"4200.00",
			"4.200",
			"4.200,00",
			"€4'200",
			"4,200.",
		)
		for text in (
			"Invoice #2041 sent — $4,200",
			"it is 4200 dollars",
			"4.200,00 €",
			"4 200,00 €",
			"CHF 4’200.00",
		)
	],
)
def test_it_finds_an_amount_with_and_without_its_comma(query: str, text: str) -> None:
	assert is_found(text, query)


@pytest.mark.parametrize(
	("query", "text"),
	[
		("4200", "4,201"),
		("4200", "42 00"),
		("4,200.50", "$4,200"),
		("$42", "in 2042"),
		("#2041", "it is 2041"),
		("4,2,0,0", "4200"),
	],
)
def test_it_finds_no_other_amount(query: str, text: str) -> None:
	assert not is_found(text, query)


@pytest.mark.parametrize(
	("query", "text"),
	[
		("$4,200.50", "4.200,50 €"),
		("$42.00", "It was $42"),
		("$950", "950 dollars"),
		("123456", "₹1,23,456"),
		("12,34,567", "1234567"),
		("#2041", "Invoice #2041 sent"),
		("2041", "Invoice #2041 sent"),
		("INV-2041", "inv-2041"),
	],
)
def test_it_finds_numbers(query: str, text: str) -> None:
	assert is_found(text, query)


def test_a_number_that_no_amount_has_is_a_word() -> None:
	assert len(wanted("9" * 12, READER)[0].words) > 5
	assert wanted("9" * 13, READER)[0].words == (("9" * 13,),)


# Days


MAY_13 = date(2025, 5, 13)


@pytest.mark.parametrize(
	("query", "locale"),
	[
		("May 13", "en_US"), ("13 May", "en_GB"), ("may 13th", "en_US"), ("13th of May", "en_US"), ("Tue May 13", "en_US"),
		("Tuesday, May 13, 2025", "en_US"), ("May 13 2025", "en_US"), ("2025-05-13", "en_US"), ("May 2025", "en_US"),
		("13. Mai", "de_DE"), ("13. Mai 2025", "de_DE"), ("Dienstag, 13. Mai", "de_DE"), ("May 13", "de_DE"),
		("13 mai", "fr_FR"), ("13 de mayo de 2025", "es_ES"), ("13 maja", "pl_PL"), ("5月13日", "ja_JP"), ("2025年5月13日", "zh_CN"),
	],
)  # fmt: skip
def test_it_finds_a_day_as_one_says_it(query: str, locale: str) -> None:
	assert is_found("hello", query, MAY_13, locale)
	assert is_found("hello there", f"hello {query}", MAY_13, locale)
	assert not is_found("hello", query, MAY_13 + timedelta(days=31), locale)
	assert not is_found("hello", f"deck {query}", MAY_13, locale)


@given(st.dates(date(2006, 1, 1), date(2025, 5, 15)), st.sampled_from([*LOCALES, "ja_JP", "zh_CN", "ko_KR"]))
def test_it_finds_a_day_as_the_page_writes_it(day: date, locale: str) -> None:
	reader = replace(READER, locale=locale)
	query = short_date(day, reader, weekday=False, year=False)
	assert is_found("x", query, day, locale)
	assert not is_found("x", query, day + timedelta(days=1), locale)


def test_it_finds_what_is_written_of_a_day_too() -> None:
	assert is_found("your visit is on May 13, 2025", "May 13")
	assert is_found("your visit is on May 13", "13th of May")
	assert is_found("Phone call — May 13, 4:12pm · 6 min", "call May 13")
	# a month is a word
	assert is_found("maybe", "may")
	assert not is_found("hello", "may", MAY_13)


def test_it_finds_a_day_in_every_year_of_the_last_and_in_one_if_it_is_said() -> None:
	assert is_found("x", "May 13", date(2019, 5, 13))
	assert not is_found("x", "May 13 2025", date(2019, 5, 13))
	assert is_found("x", "feb 29", date(2024, 2, 29))
	assert len(wanted("may 13", READER)[0].days) == SEARCH_YEARS
	assert not is_found("x", "may 42", MAY_13)


def test_it_knows_today_and_yesterday() -> None:
	assert is_found("x", "today", date(2025, 5, 15))
	assert is_found("x", "Yesterday", date(2025, 5, 14))
	assert not is_found("x", "yesterday", date(2025, 5, 15))
	assert is_found("see you yesterday", "yesterday")
	german = replace(READER, translate=lambda text: {"Yesterday": "Gestern"}.get(text, text))
	assert wanted("gestern", german)[0].days == wanted("yesterday", READER)[0].days


def test_a_day_is_as_long_as_it_is_where_the_reader_lives() -> None:
	[(since, before)] = wanted("2025-03-09", READER)[0].days
	assert before - since == 23 * 3600 * 1_000_000


# Pictures


def test_a_word_for_pictures_finds_them() -> None:
	assert [one.is_picture for one in wanted("deck photo", READER)] == [False, True]
	assert wanted("PICTURES", READER)[0].is_picture
	assert wanted("photograph", READER)[0].is_picture is False
	german = replace(
		READER, translate=lambda text: "Foto, Fotos, Bild, Bilder" if text.startswith("photo,") else text
	)
	assert wanted("Bild", german)[0].is_picture
	assert wanted("photo", german)[0].is_picture


# What was found


@given(st.text(max_size=300), st.text(min_size=1, max_size=8))
def test_an_excerpt_is_of_the_text(text: str, query: str) -> None:
	found = excerpt(text, wanted(query, READER))
	assert found.before.removeprefix("…") + found.hit in text
	assert found.hit == "" or fold(found.hit) != ""


@pytest.mark.parametrize(
	("text", "query", "hit"),
	[
		("Invoice #2041 sent — $4,200", "4200", "4,200"),
		("The Café in the Straße", "cafe", "Café"),
		("The Café in the Straße", "STRASSE", "Straße"),
		("on May 13 at 8", "may 13", "May 13"),
		("deck and stairs", "stairs deck", "stairs"),
		("İstanbul ist groß", "groß", "groß"),
		("no such words", "deck", ""),
	],
)
def test_an_excerpt_marks_what_was_asked_for(text: str, query: str, hit: str) -> None:
	assert excerpt(text, wanted(query, READER)).hit == hit


def test_an_excerpt_is_short() -> None:
	found = excerpt("a" * 500 + " deck " + "b" * 500, wanted("deck", READER))
	assert found.before.startswith("…")
	assert len(found.before) == 61
	assert found.hit == "deck"
	assert found.after.endswith("b…")
	assert len(found.after) == 141
	assert len(excerpt("x" * 500, ()).before) == 201
