"""The inbox finds a thread by what was said anywhere in it, alike on both databases."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clock import NOW
from support.databases import AnyDatabase, persist
from support.rows import add_entry, add_thread

from customer_thread.domain.limits import INBOX_FOUND, INBOX_LATEST, WORDS_BLOCK
from customer_thread.domain.thread.said_words import said_words
from customer_thread.domain.words import fold
from customer_thread.store import entries, notes, word_blocks
from customer_thread.store.said import texts, where_said


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
	"""Let a block be two entries, and be over at once."""
	for module in ("word_blocks", "said"):
		monkeypatch.setattr(f"customer_thread.store.{module}.WORDS_BLOCK", 2)
	monkeypatch.setattr("customer_thread.store.word_blocks.INBOX_LATEST", 2)


def _thread(database: AnyDatabase, *said: str) -> str:
	def write() -> str:
		thread = add_thread(database)
		for text in said:
			add_entry(database, thread, text=text)
		return thread

	return persist(database, write)


def _gather(database: AnyDatabase) -> int:
	"""Gather all words that may be, and return how many blocks that were."""
	count = 0
	while (block := word_blocks.next_block(database)) is not None:
		persist(database, lambda: word_blocks.gather(database, block))
		count += 1
	return count


def _end(database: AnyDatabase) -> None:
	"""Let all blocks that something was said in be over, and their words be gathered."""
	_thread(database, "", "", "", "")
	assert _gather(database)


def _found(database: AnyDatabase, query: str, visible: str = "") -> list[str]:
	return [where.thread for where in where_said(database, said_words(query), visible)]


TEXTS = [
	"The kitchen is at 14 Oak Street, second floor", "Crème brûlée for the Straße", "100% done: it's great_work!",
	"mail@oak.example", "we will, with what about", "Invoice #2041 — $4,200.00", "+kitchen -sink (oak) ~deck* \"quote",
	"ПРИВЕТ Иван", "台所の写真です", "x" * 90, "deck-building 🙂",
]  # fmt: skip


#: what is searched for, and in which of the texts it is found long afterwards
LONG_AGO = {
	"kitchen": [0, 6],
	"KITCH": [0, 6],
	"kitchen street": [0],
	"kitchen at": [0],
	"mail@oak": [3],
	"creme BRULEE": [1],
	"strasse": [1],
	"100%": [2],
	"100x": [],
	"great_w": [2],
	"it's great": [2],
	"itchen": [],
	"2041": [5],
	"#2041": [5],
	"$4,200.00": [5],
	"привет": [7],
	"台所の": [8],
	"-sink": [6],
	'"quote': [6],
	"deck-b": [10],
	"building": [10],
	"🙂": [10],
	"wi": [4],
	"x" * 90: [9],
	"' OR 1=1 --": [],
	"%(parts)s": [],
	"kitchen deck": [6],
	"": [],
}


def test_it_finds_what_was_said_long_ago_and_any_part_among_the_latest(
	database: AnyDatabase, small: None
) -> None:
	made = [_thread(database, text, "", "") for text in TEXTS]

	def found(query: str) -> list[int]:
		return sorted(made.index(thread) for thread in _found(database, query))

	for query in (*LONG_AGO, "at", "itchen", "$4"):
		latest = [number for number, text in enumerate(TEXTS) if query and fold(query) in fold(text)]
		if " " not in query:
			assert (query, found(query)) == (query, latest)
	_end(database)
	assert {query: found(query) for query in LONG_AGO} == LONG_AGO


_WORDS = st.sampled_from(
	["deck", "Decks", "stain", "it's", "Café", "the", "ab", "a_b_c", "x-ray", "2041", "Ωmega", "№7"]
)
_SAID = st.lists(_WORDS, max_size=5).map(" ".join)


@settings(
	max_examples=15,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
	database=None,
	deadline=None,
)
@given(said=st.lists(_SAID, min_size=1, max_size=3), query=_SAID)
def test_it_finds_what_begins_so_and_nothing_else(
	database: AnyDatabase, small: None, said: list[str], query: str
) -> None:
	thread = _thread(database, *said)
	_end(database)
	asked = said_words(query)

	def has(text: str) -> bool:
		return bool(asked.parts) and all(part in fold(text) for part in asked.parts)

	def begins(text: str) -> bool:
		words = re.findall(r"[^\W_]+", fold(text))
		return has(text) and all(
			any(word.startswith(beginning) for word in words) for beginning in asked.beginnings
		)

	found = thread in _found(database, query)
	assert any(map(begins, said)) <= found <= any(map(has, said))


def test_all_of_it_was_said_in_one_message_and_the_last_is_shown(database: AnyDatabase, small: None) -> None:
	_thread(database, "stain the deck", "of the porch")
	thread = _thread(database, "the porch, then the deck", "deck of the\n porch", "bye")
	_end(database)
	[where] = where_said(database, said_words("porch deck"))
	assert where.thread == thread
	assert texts(database, [where])[thread].text == "deck of the porch"


def test_what_was_noted_is_found_and_stands_behind_what_was_said_before(database: AnyDatabase) -> None:
	def write() -> tuple[str, int]:
		thread = add_thread(database)
		before = add_entry(database, thread, text="hello", occurred_us=NOW)
		add_entry(database, thread, text="later", occurred_us=NOW + 9)
		assert notes.add(database, thread, "She pays CRÈME late", None, NOW + 5, None)
		return thread, before

	thread, before = persist(database, write)
	[where] = where_said(database, said_words("pays creme"))
	assert (where.thread, where.entry) == (thread, None)
	assert texts(database, [where])[thread] == (before, "She pays CRÈME late", True)


@pytest.mark.parametrize("is_old", [False, True])
def test_what_was_erased_is_found_no_more_nor_is_it_kept(
	database: AnyDatabase, small: None, is_old: bool
) -> None:
	thread = _thread(database, "her secret kitchen", "and the porch")
	if is_old:
		_end(database)
	[where] = where_said(database, said_words("secret"))
	persist(database, lambda: entries.erase(database, where.entry or 0, "Removed", NOW))
	kept = database.select("SELECT words FROM `tabThread Words` WHERE words LIKE '%secret%'")
	assert kept == []
	assert _gather(database) or not is_old
	assert _gather(database) == 0
	assert _found(database, "secret") == []
	assert _found(database, "removed") == [thread]
	assert _found(database, "porch") == [thread]


@pytest.mark.parametrize("is_old", [False, True])
def test_only_what_may_be_seen_is_found(database: AnyDatabase, small: None, is_old: bool) -> None:
	mine, *others = [_thread(database, "deck") for _ in range(INBOX_FOUND + 4)]
	if is_old:
		_end(database)
	assert mine not in _found(database, "deck")
	assert len(_found(database, "deck")) == INBOX_FOUND
	visible = f"`tabCustomer Thread`.`name` = '{mine}'"
	persist(database, lambda: notes.add(database, others[0], "a stain", None, NOW, None))
	assert _found(database, "deck", visible) == [mine]
	assert _found(database, "stain", visible) == []
	assert _found(database, "stain") == [others[0]]


def test_words_are_gathered_once_and_only_long_after_they_were_said(
	database: AnyDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
	assert INBOX_LATEST % WORDS_BLOCK == 0
	assert _gather(database) == 0
	monkeypatch.setattr("customer_thread.store.word_blocks.WORDS_BLOCK", 2)
	monkeypatch.setattr("customer_thread.store.word_blocks.INBOX_LATEST", 4)
	_thread(database, *["deck"] * 9)
	count = _gather(database)
	assert 2 <= count <= 3
	assert _gather(database) == 0
	gathered, left = word_blocks.gathered(database), word_blocks.not_gathered(database)
	persist(database, lambda: word_blocks.gather(database, max(gathered)))
	assert (word_blocks.gathered(database), word_blocks.not_gathered(database)) == (gathered, left)
	assert left == [max(gathered) + 1, max(gathered) + 2]


def test_what_is_not_gathered_is_all_the_rest_in_whichever_order_it_was(
	database: AnyDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
	monkeypatch.setattr("customer_thread.store.word_blocks.WORDS_BLOCK", 2)
	_thread(database, *["deck"] * 15)
	there = word_blocks.not_gathered(database)
	assert there == list(range(there[0], there[0] + len(there)))
	for block in sorted(there, key=lambda block: block * 5 % 7):
		persist(database, lambda block=block: word_blocks.gather(database, block))  # type: ignore[misc]
		assert word_blocks.not_gathered(database) == sorted(set(there) - word_blocks.gathered(database))
	assert word_blocks.not_gathered(database) == []


@pytest.mark.parametrize("is_first", [True, False])
def test_words_that_are_taken_away_while_they_are_gathered_are_not_kept(
	database: AnyDatabase, small: None, is_first: bool
) -> None:
	thread = _thread(database, "", "a secret", "")
	entry = where_said(database, said_words("secret"))[0].entry or 0

	def gather() -> None:
		# what it sees is of before, if it comes second
		database.select("SELECT MAX(name) FROM `tabThread Entry`")
		word_blocks.gather(database, entry // 2)

	def erase() -> None:
		entries.erase(database, entry, "Removed", NOW)

	first, second = (erase, gather) if is_first else (gather, erase)
	with ThreadPoolExecutor(1) as pool:
		with database.transaction():
			first()
			waiting = pool.submit(persist, database, second)
			time.sleep(0.2)
		waiting.result()
	assert database.select("SELECT name FROM `tabThread Words` WHERE words LIKE '%secret%'") == []
	assert _found(database, "secret") == []
	assert _found(database, "removed") == [thread]
