"""The inbox finds a thread by what was said anywhere in it, alike on both databases."""

import re
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clock import NOW
from support.databases import AnyDatabase, persist
from support.rows import add_entry, add_thread

from customer_thread.domain.limits import INBOX_FOUND
from customer_thread.domain.thread.said_words import said_words
from customer_thread.domain.words import fold
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import entries, notes
from customer_thread.store.said import texts, where_said


@pytest.fixture
def old(monkeypatch: pytest.MonkeyPatch) -> None:
	"""Let no entry be one of the latest, so that the index alone finds it."""
	monkeypatch.setattr("customer_thread.store.said.INBOX_LATEST", 0)


def _thread(database: AnyDatabase, *said: str) -> str:
	def write() -> str:
		thread = add_thread(database)
		for text in said:
			add_entry(database, thread, text=text)
		return thread

	return persist(database, write)


def _found(database: AnyDatabase, query: str, visible: str = "") -> list[str]:
	return [where.thread for where in where_said(database, said_words(query), visible)]


TEXTS = [
	"The kitchen is at 14 Oak Street, second floor", "Crème brûlée for the Straße", "100% done: it's great_work!",
	"mail@oak.example", "we will, with what about", "Invoice #2041 — $4,200.00", "+kitchen -sink (oak) ~deck* \"quote",
	"ПРИВЕТ Иван", "台所の写真です", "x" * 90, "deck-building",
]  # fmt: skip


@pytest.mark.parametrize(
	("query", "expected"),
	[
		("kitchen", [0, 6]),
		("KITCH", [0, 6]),
		("kitchen street", [0]),
		("kitchen at", [0]),
		("oak", [0, 3, 6]),
		("mail@oak", [3]),
		("creme BRULEE", [1]),
		("strasse", [1]),
		("100%", [2]),
		("100x", []),
		("great_w", [2]),
		("it's great", [2]),
		("itchen", []),
		("2041", [5]),
		("#2041", [5]),
		("$4,200.00", [5]),
		("привет", [7]),
		("台所の", [8]),
		("-sink", [6]),
		("+kitchen", [6]),
		("~deck*", [6]),
		('"quote', [6]),
		("(oak)", [6]),
		("deck-b", [10]),
		("building", [10]),
		("' OR 1=1 --", []),
		("%(parts)s", []),
		("NEAR(kitchen oak)", []),
		("kitchen OR deck", []),
		# in no index: too short, said too often, too long
		("at", []),
		("will", []),
		("", []),
	],
)
def test_it_finds_what_was_said_long_ago(
	database: AnyDatabase, old: None, query: str, expected: list[int]
) -> None:
	made = [_thread(database, text) for text in TEXTS]
	assert sorted(made.index(thread) for thread in _found(database, query)) == expected


@pytest.mark.parametrize(
	("query", "expected"),
	[("at", [0, 4, 5]), ("will", [4]), ("itchen", [0, 6]), ("x" * 90, [9]), ("kitchen", [0, 6])],
)
def test_it_finds_more_among_the_latest(database: AnyDatabase, query: str, expected: list[int]) -> None:
	made = [_thread(database, text.replace("$4,200.00", "at $4")) for text in TEXTS]
	found = sorted(made.index(thread) for thread in _found(database, query))
	assert found == sorted(
		number for number, text in enumerate(TEXTS) if fold(query) in fold(text.replace("$4,200.00", "at $4"))
	)
	assert set(expected) <= set(found)


_WORDS = st.sampled_from(
	["deck", "Decks", "stain", "it's", "Café", "the", "ab", "a_b_c", "x-ray", "2041", "Ωmega", "№7"]
)
_SAID = st.lists(_WORDS, max_size=5).map(" ".join)


@settings(
	max_examples=25,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
	database=None,
	deadline=None,
)
@given(said=st.lists(_SAID, min_size=1, max_size=3), query=_SAID)
def test_it_finds_exactly_what_begins_so(
	database: AnyDatabase, old: None, said: list[str], query: str
) -> None:
	thread = _thread(database, *said)
	asked = said_words(query)

	def has(text: str) -> bool:
		words = re.findall(r"\w+", fold(text))
		return all(part in fold(text) for part in asked.parts) and all(
			any(word.startswith(beginning) for word in words) for beginning in asked.beginnings
		)

	assert (thread in _found(database, query)) == (bool(asked.beginnings) and any(map(has, said)))


def test_all_of_it_was_said_in_one_message_and_the_last_is_shown(database: AnyDatabase, old: None) -> None:
	_thread(database, "stain the deck", "of the porch")
	thread = _thread(database, "the porch, then the deck", "deck of the\n porch", "bye")
	[where] = where_said(database, said_words("porch deck"))
	assert where.thread == thread
	assert texts(database, [where])[thread].text == "deck of the porch"


def test_what_was_noted_is_found_and_stands_behind_what_was_said_before(
	database: AnyDatabase, old: None
) -> None:
	def write() -> tuple[str, int]:
		thread = add_thread(database)
		before = add_entry(database, thread, text="hello", occurred_us=NOW)
		add_entry(database, thread, text="later", occurred_us=NOW + 9)
		assert notes.add(database, thread, "She pays CRÈME late", None, NOW + 5, None)
		return thread, before

	thread, before = persist(database, write)
	[where] = where_said(database, said_words("pays late"))
	assert (where.thread, where.entry) == (thread, None)
	assert texts(database, [where])[thread] == (before, "She pays CRÈME late", True)


@pytest.mark.parametrize("is_old", [False, True])
def test_what_was_erased_is_found_no_more(
	database: AnyDatabase, monkeypatch: pytest.MonkeyPatch, is_old: bool
) -> None:
	if is_old:
		monkeypatch.setattr("customer_thread.store.said.INBOX_LATEST", 0)
	thread = _thread(database, "her secret kitchen", "and the porch")
	[where] = where_said(database, said_words("secret"))
	persist(database, lambda: entries.erase(database, where.entry or 0, "Removed", NOW))
	assert _found(database, "secret") == []
	assert _found(database, "removed") == [thread]
	assert _found(database, "porch") == [thread]


@pytest.mark.parametrize("is_old", [False, True])
def test_only_what_may_be_seen_is_found(
	database: AnyDatabase, monkeypatch: pytest.MonkeyPatch, is_old: bool
) -> None:
	if is_old:
		monkeypatch.setattr("customer_thread.store.said.INBOX_LATEST", 0)
	mine, _others = _thread(database, "deck"), [_thread(database, "deck") for _ in range(INBOX_FOUND + 3)]
	assert mine not in _found(database, "deck")
	assert len(_found(database, "deck")) == INBOX_FOUND
	visible = f"`tabCustomer Thread`.`name` = '{mine}'"
	persist(database, lambda: notes.add(database, _others[0], "a stain", None, NOW, None))
	assert _found(database, "deck", visible) == [mine]
	assert _found(database, "stain", visible) == []
	assert _found(database, "stain") == [_others[0]]


def test_a_file_of_before_the_index_is_brought_up(sqlite: SqliteDatabase, old: None) -> None:
	with sqlite.transaction():
		thread = add_thread(sqlite)
		add_entry(sqlite, thread, text="the old kitchen")
		notes.add(sqlite, thread, "pays late", None, NOW, None)
	for table in ("Thread Entry search_text_words", "Thread Note text_words"):
		triggers = sqlite.select(
			"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %(table)s",
			{"table": f"tab{table}%"},
		)
		assert len(triggers) == 3
		for row in triggers:
			sqlite.connection.execute(f"DROP TRIGGER `{row['name']}`")
		sqlite.connection.execute(f"DROP TABLE `tab{table}`")
	with pytest.raises(sqlite3.OperationalError):
		_found(sqlite, "kitchen")
	from customer_thread.standalone.schema import migrate

	for _twice in range(2):
		migrate(sqlite.connection)
	assert _found(sqlite, "kitchen") == [thread]
	assert _found(sqlite, "pays") == [thread]
	# numbers of rows stay: the index knows them by these
	sqlite.connection.execute("VACUUM")
	assert _found(sqlite, "pays") == [thread]
