"""Reading and writing entries: places, pages, news, unread ones."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clock import NOW
from support.databases import AnyDatabase
from support.rows import add_entry, add_event, add_thread

from customer_thread.domain.thread.cursor import Cursor
from customer_thread.store import entries
from customer_thread.store.database import Duplicate
from customer_thread.store.rows import PageRow, PlaceRow


def _place(row: PlaceRow) -> Cursor:
	return Cursor(row["occurred_us"], row["name"])


def original_of(database: AnyDatabase, thread: str, entry: int) -> str | None:
	row = entries.original(database, thread, entry)
	return row["original"] if row else None


def _names(rows: Sequence[PlaceRow]) -> list[int]:
	return [row["name"] for row in rows]


def test_it_reads_exactly_what_a_page_needs(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		add_entry(database, thread, sent_by="mike@mikes.test", source_key="text:sm1", original="secret")
	row = entries.older(database, thread, 10)[0]
	assert set(row) == PageRow.__required_keys__
	assert not set(row) & {"sent_by", "source_key", "original", "message_id", "search_text", "owner"}
	assert "secret" not in str(row)


def test_it_brings_the_card_along(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		event = add_event(database, thread, amount="4200.50", currency="USD", url="/invoices/1")
		entry = add_entry(database, thread, kind="Event", event=event)
		plain = add_entry(database, thread)
	row = entries.get(database, thread, entry)
	assert row is not None
	assert (row["event_type"], row["title"], row["url"]) == (
		"invoice_sent", "Invoice #2041 sent", "/invoices/1",
	)  # fmt: skip
	other = entries.get(database, thread, plain)
	assert other is not None
	assert other["event_type"] == ""


def test_it_numbers_entries_upwards_and_never_shows_another_threads(database: AnyDatabase) -> None:
	with database.transaction():
		mine, other = add_thread(database), add_thread(database)
		first = add_entry(database, mine)
		foreign = add_entry(database, other, text="private")
		second = add_entry(database, mine)
	assert isinstance(first, int)
	assert first < foreign < second
	assert _names(entries.older(database, mine, 10)) == [second, first]
	assert _names(entries.newer(database, mine, 10, Cursor(0, 0))) == [first, second]
	assert _names(entries.known_since(database, mine, 0, second, 10)) == [first, second]
	assert entries.get(database, mine, foreign) is None
	assert entries.get(database, mine, 10**15) is None
	assert entries.unread_by_customer_between(database, mine, 0, second) == 2


def test_it_orders_by_when_it_happened_and_tells_news_by_when_it_became_known(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		late = add_entry(database, thread, occurred_us=NOW + 10)
		early = add_entry(database, thread, occurred_us=NOW - 10)
		tie_1 = add_entry(database, thread, occurred_us=NOW)
		tie_2 = add_entry(database, thread, occurred_us=NOW)
	assert _names(entries.older(database, thread, 9)) == [late, tie_2, tie_1, early]
	assert _names(entries.newer(database, thread, 9, Cursor(NOW, tie_1))) == [tie_2, late]
	assert _names(entries.older(database, thread, 9, Cursor(NOW, tie_2))) == [tie_1, early]
	assert _names(entries.known_since(database, thread, early, tie_2, 1)) == [tie_1]
	assert _names(entries.known_since(database, thread, late, tie_1, 9)) == [early, tie_1]


def test_it_keeps_microseconds_of_any_century(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		names = [add_entry(database, thread, occurred_us=us) for us in (1, NOW + 1, NOW + 2, 2**53 + 1)]
	assert [row["occurred_us"] for row in entries.newer(database, thread, 9, Cursor(0, 0))] == [
		1, NOW + 1, NOW + 2, 2**53 + 1,
	]  # fmt: skip
	assert _names(entries.newer(database, thread, 9, Cursor(2**53, 0))) == names[3:]


@pytest.mark.parametrize(
	"text",
	["🏠 ‘é’ — “ß”", "line\nline", "%s %(thread)s {0} \\' \" ; --", "\u202eevil", "中文", "x" * 20_000],
)
def test_it_returns_words_as_they_came(database: AnyDatabase, text: str) -> None:
	with database.transaction():
		thread = add_thread(database)
		entry = add_entry(database, thread, text=text, subject=text[:500], original=text * 2)
	row = entries.get(database, thread, entry)
	assert row is not None
	assert row["text"] == text
	assert row["subject"] == text[:500]
	assert original_of(database, thread, entry) == text * 2
	words = entries.words_of(database, entry)
	assert words is not None
	assert words["text"] == text


def test_it_gives_the_original_only_to_its_thread(database: AnyDatabase) -> None:
	with database.transaction():
		thread, other = add_thread(database), add_thread(database)
		mail = add_entry(database, thread, original="the whole mail")
		plain = add_entry(database, thread)
	assert original_of(database, thread, mail) == "the whole mail"
	assert not original_of(database, thread, plain)
	assert entries.original(database, other, mail) is None


def test_it_gives_what_was_lately_sent_to_either_side(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		for number in range(3):
			add_entry(database, thread, occurred_us=NOW + number, text=f"ours {number}")
			theirs = f"theirs {number}"
			add_entry(database, thread, occurred_us=NOW + number, text=theirs, author="Customer")
	assert entries.texts_sent(database, thread, to_customer=True, limit=2) == ["ours 2", "ours 1"]
	assert entries.texts_sent(database, thread, to_customer=False, limit=2) == ["theirs 2", "theirs 1"]


def test_it_finds_an_entry_by_its_source_and_takes_it_once(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		entry = add_entry(database, thread, source_key="text:sm1")
		with pytest.raises(Duplicate):
			add_entry(database, thread, source_key="text:sm1")
		# the transaction goes on after a duplicate
		later = add_entry(database, thread, source_key="text:sm2")
		known = entries.by_source(database, "text:sm1")
		assert known is not None
		assert known["name"] == entry
		assert entries.by_source(database, "text:sm9") is None
	assert entries.thread_of_source(database, "text:sm1") == thread
	assert entries.thread_of_source(database, "text:sm9") == ""
	assert _names(entries.older(database, thread, 9)) == [later, entry]


def test_it_takes_any_number_of_entries_without_a_source(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		made = [add_entry(database, thread, source_key=None) for _ in range(3)]
	assert len(set(made)) == 3


def test_it_lists_the_mails_of_a_thread_newest_first(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
		for number in range(12):
			values = {"channel": "Email", "message_id": f"<{number}@x>", "subject": f"s{number}"}
			add_entry(database, thread, occurred_us=NOW + number, **values)
		add_entry(database, thread, occurred_us=NOW + 99, channel="SMS")
		add_entry(database, thread, occurred_us=NOW + 99, channel="Email", message_id=None)
	chain = entries.mail_chain(database, thread)
	assert [row["message_id"] for row in chain] == [f"<{number}@x>" for number in range(11, 1, -1)]


def test_it_counts_unread_messages_and_cards_but_no_calls_and_none_of_the_customers(
	database: AnyDatabase,
) -> None:
	with database.transaction():
		thread = add_thread(database)
		read = add_entry(database, thread)
		add_entry(database, thread, author="Customer")
		add_entry(database, thread, kind="Call", author="Contractor")
		card = add_entry(database, thread, kind="Event", occurred_us=NOW - 5)
		add_entry(database, thread, author="Automated", occurred_us=NOW + 5)
	assert entries.unread_by_customer_between(database, thread, read, card + 9) == 2
	assert entries.unread_by_customer_between(database, thread, read, card) == 1
	assert entries.unread_by_customer_between(database, thread, 0, card + 9) == 3
	assert entries.unread_by_customer_between(database, thread, card, card) == 0
	first = entries.first_unread(database, thread, read)
	assert first is not None
	assert first["name"] == card
	assert entries.first_unread(database, thread, 10**15) is None


@settings(
	max_examples=25,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
	database=None,
)
@given(
	there=st.lists(st.integers(0, 6), max_size=25),
	inserts=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), max_size=8),
	size=st.integers(1, 7),
)
def test_it_pages_without_gap_or_double_while_entries_arrive(
	database: AnyDatabase, there: list[int], inserts: list[tuple[int, int]], size: int
) -> None:
	with database.transaction():
		thread = add_thread(database)
		old = {add_entry(database, thread, occurred_us=NOW + at) for at in there}
	pending = list(inserts)

	def arrive(page: int) -> None:
		due = [item for item in pending if item[1] <= page]
		with database.transaction():
			for item in due:
				pending.remove(item)
				add_entry(database, thread, occurred_us=NOW + item[0])

	back: list[PageRow] = []
	cursor = None
	for page in range(100):
		rows = entries.older(database, thread, size, cursor)
		back += rows
		if len(rows) < size:
			break
		cursor = _place(rows[-1])
		arrive(page)
	assert [_place(row) for row in back] == sorted({_place(row) for row in back}, reverse=True)
	assert old <= set(_names(back))
	everything = sorted(map(_place, entries.newer(database, thread, 1000, Cursor(0, 0))))
	start = everything[len(everything) // 2] if everything else Cursor(0, 0)
	forth: list[PageRow] = []
	cursor = start
	while rows := entries.newer(database, thread, size, cursor):
		forth += rows
		cursor = _place(rows[-1])
	assert list(map(_place, forth)) == [place for place in everything if place > start]
	behind = entries.older(database, thread, 1000, start)
	assert [_place(row) for row in behind][::-1] == [place for place in everything if place < start]


@settings(
	max_examples=15,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
	database=None,
)
@given(batches=st.lists(st.lists(st.integers(-5, 5), max_size=4), max_size=5), size=st.integers(1, 4))
def test_it_tells_every_news_once_whatever_time_it_bears(
	database: AnyDatabase, batches: list[list[int]], size: int
) -> None:
	with database.transaction():
		thread = add_thread(database)
	made, seen = [], []
	known = 0
	for batch in batches:
		with database.transaction():
			made += [add_entry(database, thread, occurred_us=NOW + at) for at in batch]
		while rows := entries.known_since(database, thread, known, made[-1] if made else 0, size):
			seen += _names(rows)
			known = seen[-1]
	assert seen == made
