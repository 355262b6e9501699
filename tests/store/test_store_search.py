"""Search finds what was typed, letter by letter, and nothing a wildcard would match."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clock import NOW
from support.databases import AnyDatabase
from support.reader import READER
from support.rows import add_entry, add_thread

from customer_thread.domain.model import RemoteAttachment
from customer_thread.domain.search import wanted
from customer_thread.domain.times import DAY
from customer_thread.domain.words import fold
from customer_thread.store import attachments, entries, inbox
from customer_thread.store.database import containing

TEXTS = [
	"100% done", "100x done", "a_b", "axb", "wow! great", "wow great", r"C:\new", "C:/new", "it's", 'a "quote"',
	"semi;colon--", "%(thread)s", "[abc]", "plain",
]  # fmt: skip


def _found(database: AnyDatabase, thread: str, query: str) -> list[str]:
	rows = entries.holding(database, thread, 100, None, None, wanted(query, READER))
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


def test_it_finds_either_way_an_amount_a_day_or_a_picture(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		add_entry(database, thread, text="Invoice #2041 sent — $4,200", occurred_us=NOW - 2 * DAY)
		add_entry(database, thread, text="it is 4200", occurred_us=NOW - 400 * DAY)
		picture = add_entry(database, thread, text="look 100%", attachments=1)
		add_entry(database, thread, text="a photo of it", occurred_us=NOW - DAY)
		item = RemoteAttachment("https://x.test/1", "image/png")
		attachments.add_remote(database, picture, 0, item, NOW)
		document = add_entry(database, thread, text="the plan", attachments=1)
		item = RemoteAttachment("https://x.test/2", "application/pdf")
		attachments.add_remote(database, document, 0, item, NOW)
	card = "Invoice #2041 sent — $4,200"
	for query, expected in {
		"$4,200.00": [card, "it is 4200"],
		"4200 may 13": [card],
		"#2041": [card],
		"picture": ["look 100%"],
		"photo": ["a photo of it", "look 100%"],
		"photo 100%": ["look 100%"],
		"yesterday": ["a photo of it"],
		"today": ["look 100%", "the plan"],
		"today %": ["look 100%"],
	}.items():
		assert _found(database, thread, query) == expected, query


def test_it_pages_through_what_it_found(database: AnyDatabase) -> None:
	with database.transaction():
		thread, other = add_thread(database), add_thread(database)
		hits = []
		for number in range(20):
			entry = add_entry(database, thread, text=f"deck {number}" if number % 4 == 0 else "other")
			hits += [entry] if number % 4 == 0 else []
		add_entry(database, other, text="deck of somebody else")
	rows = entries.holding(database, thread, 3, None, None, wanted("deck", READER))
	assert [row["name"] for row in rows] == hits[:1:-1]
	from customer_thread.domain.thread.cursor import Cursor

	before = Cursor(rows[-1]["occurred_us"], rows[-1]["name"])
	rest = entries.holding(database, thread, 3, before, None, wanted("deck", READER))
	assert [row["name"] for row in rest] == hits[1::-1]


@pytest.mark.parametrize(
	("words", "titles"),
	[
		("lee", ["Sarah Lee", "lee_%!"]),
		("SARAH", ["Sarah Lee"]),
		("_%!", ["lee_%!"]),
		("deck", ["Bob"]),
		("zz", []),
		# behind these there is no sign, or none that can be written
		("\U0010ffff", []),
		("\ud7ff", []),
	],
)
def test_it_searches_the_list_of_threads_literally(
	database: AnyDatabase, words: str, titles: list[str]
) -> None:
	with database.transaction():
		for title, preview in (("Sarah Lee", "hi"), ("lee_%!", "hi"), ("Bob", "Your Deck")):
			add_thread(database, title=title, last_preview=preview, party_type="Customer", party=title)
	rows = inbox.listing(database, which="all", words=words, before=None, limit=9)
	assert sorted(row["title"] for row in rows) == titles


def test_it_escapes_a_pattern_once() -> None:
	assert containing("50%_!") == "%50!%!_!!%"


def test_it_asks_for_many_things_at_once(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		add_entry(database, thread, text="deck of 4,200 and 9,300.50 on May 13 and June 14")
		add_entry(database, thread, text="deck of 4,200 and 9,300.50 on May 13")
	query = "deck 4200 9300.50 may 13 june 14 of and on"
	assert _found(database, thread, query) == ["deck of 4,200 and 9,300.50 on May 13 and June 14"]
	assert _found(database, thread, f"{query} photo picture") == []
