"""What must be distinct stays distinct, though MariaDB compares without case, accents and last blanks."""

import itertools
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.databases import AnyDatabase
from support.reader import READER
from support.rows import add_entry, add_thread

from customer_thread.domain.model import Address
from customer_thread.domain.search import wanted
from customer_thread.domain.thread.keys import source_key
from customer_thread.store import contact_points, entries, threads
from customer_thread.store.database import Duplicate

ALIKE = [
	"a", "A", "á", "ａ", "a ", " a", "a\t", "a\u200b", "ss", "ß", "SS", "ﬁ", "fi", "", " ", "🏠", "🚗", "e\u0301", "é",
	"a" * 120, "a" * 121, "A" * 300, "a" * 300,
]  # fmt: skip


def test_it_keeps_keys_of_alike_ids_apart(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		made = [add_entry(database, thread, source_key=source_key("mail", value)) for value in ALIKE]
		assert len(set(made)) == len(ALIKE)
		for value, entry in zip(ALIKE, made, strict=True):
			known = entries.by_source(database, source_key("mail", value))
			assert known is not None
			assert known["name"] == entry


def test_it_keeps_every_sign_of_a_plain_key_apart(database: AnyDatabase) -> None:
	signs = [sign for sign in string.printable if source_key("x", sign) == f"x:{sign}"]
	assert len(signs) > 36
	with database.transaction():
		thread = add_thread(database)
		for sign in signs:
			add_entry(database, thread, source_key=source_key("x", sign))
		for pair in itertools.pairwise(signs):
			add_entry(database, thread, source_key=source_key("x", "".join(pair)))


@settings(
	max_examples=60,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
	database=None,
)
@given(values=st.lists(st.text(max_size=6), min_size=2, max_size=6, unique=True))
def test_it_merges_no_two_ids(database: AnyDatabase, values: list[str]) -> None:
	with database.transaction():
		thread = add_thread(database)
		tag = thread[-6:]
		made = {add_entry(database, thread, source_key=source_key(f"t{tag}", value)) for value in values}
	assert len(made) == len(values)


def test_it_takes_the_same_id_once(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		for value in ALIKE:
			add_entry(database, thread, source_key=source_key("mail", value))
			with pytest.raises(Duplicate):
				add_entry(database, thread, source_key=source_key("mail", value))


@pytest.mark.parametrize(
	("one", "other"),
	[
		("jose@example.com", "josé@example.com"),
		("strasse@example.com", "straße@example.com"),
		("a@example.com", "ａ@example.com"),
	],
)
def test_it_gives_nobody_the_mails_of_an_alike_address(database: AnyDatabase, one: str, other: str) -> None:
	with database.transaction():
		his, hers = add_thread(database), add_thread(database)
		assert contact_points.add(database, his, Address("Email", one), "Contact", "x")
		assert contact_points.threads_of(database, Address("Email", other)) == []
		assert contact_points.add(database, hers, Address("Email", other), "Contact", "x")
	assert contact_points.threads_of(database, Address("Email", one)) == [his]
	assert contact_points.threads_of(database, Address("Email", other)) == [hers]


def test_it_lets_no_alike_address_into_a_waiting_thread(database: AnyDatabase) -> None:
	accented = Address("Email", "josé@example.com").key
	with database.transaction():
		add_thread(database, unmatched_address=Address("Email", "jose@example.com").key)
		assert threads.lock_unmatched(database, accented) is None
		assert add_thread(database, unmatched_address=accented)


def test_it_searches_pictures_of_words_exactly(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		add_entry(database, thread, text="🚗 on my way")
	assert len(entries.holding(database, thread, 9, None, None, wanted("🚗", READER))) == 1
	assert entries.holding(database, thread, 9, None, None, wanted("🏠", READER)) == []
