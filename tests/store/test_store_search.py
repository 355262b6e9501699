"""Search finds what was typed, letter by letter, and nothing a wildcard would match."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.databases import AnyDatabase
from support.rows import add_entry, add_thread

from customer_thread.domain.words import fold, search_terms
from customer_thread.store import entries, threads
from customer_thread.store.database import containing

TEXTS = [
	"100% done", "100x done", "a_b", "axb", "wow! great", "wow great", r"C:\new", "C:/new", "it's", 'a "quote"',
	"semi;colon--", "%(thread)s", "[abc]", "plain",
]  # fmt: skip


def _found(database: AnyDatabase, thread: str, query: str) -> list[str]:
	rows = entries.holding(database, thread, 100, None, None, search_terms(query))
	return sorted(row["text"] for row in rows)


@pytest.mark.parametrize(
	("query", "expected"),
	[
		("%", ["%(thread)s", "100% done"]),
		("100%", ["100% done"]),
		("_", ["a_b"]),
		("!", ["wow! great"]),
		("w!", ["wow! great"]),
		("\\", ["C:\\new"]),
		("'", ["it's"]),
		('"', ['a "quote"']),
		("%(thread)s", ["%(thread)s"]),
		("[abc]", ["[abc]"]),
		("--", ["semi;colon--"]),
		("!%", []),
		("%%", []),
		("GREAT wow", ["wow great", "wow! great"]),
		("great wow!", ["wow! great"]),
		("great done", []),
	],
)
def test_it_takes_every_sign_literally(database: AnyDatabase, query: str, expected: list[str]) -> None:
	with database.transaction():
		thread = add_thread(database)
		for text in TEXTS:
			add_entry(database, thread, text=text)
	assert _found(database, thread, query) == expected


@pytest.mark.parametrize(
	("text", "query"),
	[
		("Crème brûlée", "creme BRULEE"),
		("CREME BRULEE", "crème brûlée"),
		("Straße", "STRASSE"),
		("ΣΊΣΥΦΟΣ", "σίσυφος"),
		("İstanbul", "istanbul"),
		("ﬁne print", "fine"),
		("two  \n words", "two words"),
		("２０４１", "2041"),
	],
)
def test_it_ignores_case_and_accents(database: AnyDatabase, text: str, query: str) -> None:
	with database.transaction():
		thread = add_thread(database)
		add_entry(database, thread, text=text)
		add_entry(database, thread, text="something else")
	assert _found(database, thread, query) == [text]


@settings(
	max_examples=40,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
	database=None,
)
@given(text=st.text("ab%_!\\'\"é ", max_size=8), term=st.text("ab%_!\\'\"é", min_size=1, max_size=3))
def test_it_finds_a_term_exactly_where_it_is(database: AnyDatabase, text: str, term: str) -> None:
	with database.transaction():
		thread = add_thread(database)
		add_entry(database, thread, text=text)
	assert bool(_found(database, thread, term)) == (fold(term) in fold(text))


def test_it_pages_through_what_it_found(database: AnyDatabase) -> None:
	with database.transaction():
		thread, other = add_thread(database), add_thread(database)
		hits = []
		for number in range(20):
			entry = add_entry(database, thread, text=f"deck {number}" if number % 4 == 0 else "other")
			hits += [entry] if number % 4 == 0 else []
		add_entry(database, other, text="deck of somebody else")
	rows = entries.holding(database, thread, 3, None, None, ("deck",))
	assert [row["name"] for row in rows] == hits[:1:-1]
	from customer_thread.domain.thread.cursor import Cursor

	before = Cursor(rows[-1]["occurred_us"], rows[-1]["name"])
	assert [row["name"] for row in entries.holding(database, thread, 3, before, None, ("deck",))] == hits[
		1::-1
	]


@pytest.mark.parametrize(
	("words", "titles"),
	[
		("lee", ["Sarah Lee", "lee_%!"]),
		("SARAH", ["Sarah Lee"]),
		("_%!", ["lee_%!"]),
		("deck", ["Bob"]),
		("zz", []),
	],
)
def test_it_searches_the_list_of_threads_literally(
	database: AnyDatabase, words: str, titles: list[str]
) -> None:
	with database.transaction():
		for title, preview in (("Sarah Lee", "hi"), ("lee_%!", "hi"), ("Bob", "Your Deck")):
			add_thread(database, title=title, last_preview=preview, party_type="Customer", party=title)
	rows = threads.listing(database, which="all", words=words, before=None, limit=9)
	assert sorted(row["title"] for row in rows) == titles


def test_it_escapes_a_pattern_once() -> None:
	assert containing("50%_!") == "%50!%!_!!%"
