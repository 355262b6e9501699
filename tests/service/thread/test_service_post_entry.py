"""Writing a line: once, in order, with every counter right."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clock import NOW
from support.persons import BOB
from support.reader import READER
from support.world import World

from customer_thread.domain.errors import NotFound, Unavailable
from customer_thread.domain.model import Address, Attachment, RemoteAttachment
from customer_thread.domain.search import wanted
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.mark_read_by_customer import mark_read_by_customer
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.service.thread.post_entry import Posted, post_entry
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import attachments, entries

LINE = NewEntry("Message", "Contractor", "SMS", "Hi Sarah!", NOW, None)
OWN = replace(LINE, author="Customer", channel="Portal", text="CONFIRM")
_NUMBERS = itertools.count()


def _post(world: World, thread: str, entry: NewEntry = LINE) -> Posted:
	return world.do(lambda: post_entry(world.ports, thread, entry))


def test_it_brings_its_thread_up_to_date(world: World) -> None:
	name = world.customer()["name"]
	posted = _post(world, name)
	row = world.thread(name)
	assert (row["last_entry"], row["last_us"], row["last_preview"]) == (posted.entry, NOW, "Hi Sarah!")
	assert (row["customer_unread"], row["contractor_unread"], row["revision"]) == (1, 0, 1)
	_post(world, name, replace(OWN, occurred_us=NOW + 1))
	row = world.thread(name)
	assert (row["customer_unread"], row["contractor_unread"], row["revision"]) == (1, 1, 2)
	assert row["last_preview"] == "CONFIRM"
	_post(world, name, replace(LINE, kind="Call", occurred_us=NOW + 2))
	row = world.thread(name)
	assert (row["customer_unread"], row["contractor_unread"]) == (1, 1)
	assert world.pages.rung == [name] * 3


def test_it_leaves_the_latest_words_when_a_late_one_arrives(world: World) -> None:
	name = world.customer()["name"]
	_post(world, name)
	late = _post(world, name, replace(LINE, text="yesterday", occurred_us=NOW - 1))
	row = world.thread(name)
	assert (row["last_preview"], row["last_us"]) == ("Hi Sarah!", NOW)
	assert row["last_entry"] == late.entry


def test_it_shows_the_first_entry_of_a_new_thread_however_old(world: World) -> None:
	name = world.customer()["name"]
	_post(world, name, replace(LINE, occurred_us=NOW - 10**12))
	assert world.thread(name)["last_us"] == NOW - 10**12


def test_it_writes_a_repeat_once(world: World) -> None:
	name = world.customer()["name"]
	line = replace(LINE, source_key="text:sm1", attachments=(Attachment("a.png", "image/png", b"png"),))
	first = _post(world, name, line)
	again = _post(world, name, replace(line, text="other"))
	assert (first.is_new, again.is_new) == (True, False)
	assert again.entry == first.entry
	row = world.thread(name)
	assert (row["customer_unread"], row["revision"]) == (1, 1)
	assert len(attachments.of_entries(world.database, [first.entry])) == 1


def test_it_tells_where_a_repeat_was_written_first(world: World) -> None:
	mine, other = world.customer()["name"], world.customer(BOB)["name"]
	line = replace(LINE, source_key="text:sm1")
	_post(world, mine, line)
	assert _post(world, other, line).thread == mine
	assert entries.older(world.database, other, 9) == []


def test_it_keeps_pictures_and_asks_for_those_elsewhere(world: World) -> None:
	name = world.customer()["name"]
	given = (
		Attachment("déck.png", "image/png", b"png"),
		RemoteAttachment("https://x.test/1", "image/jpeg"),
	)
	posted = _post(world, name, replace(LINE, attachments=given))
	kept = attachments.get(world.database, name, posted.entry, 0)
	assert kept is not None
	assert world.ports.files.read(kept["file"]) == b"png"
	pending = attachments.due(world.database, NOW + 10**9, 9)
	assert [row["remote_url"] for row in pending] == ["https://x.test/1"]
	assert world.bell.rung == ["fetch_attachments"]
	found = entries.holding(world.database, name, 9, None, None, wanted("deck.png", READER))
	assert [row["name"] for row in found] == [posted.entry]


def test_it_refuses_a_thread_that_is_not_there(world: World) -> None:
	with pytest.raises(NotFound):
		_post(world, "nobody")


def test_it_tells_nobody_of_what_was_rolled_back(world: World) -> None:
	name = world.customer()["name"]
	with suppress(ZeroDivisionError), world.database.transaction():
		post_entry(
			world.ports, name, replace(LINE, attachments=(RemoteAttachment("https://x.test/1", "a/b"),))
		)
		raise ZeroDivisionError
	assert world.pages.rung == []
	assert world.bell.rung == []
	assert world.thread(name)["revision"] == 0
	_post(world, name, replace(LINE, attachments=(RemoteAttachment("https://x.test/1", "a/b"),)))
	assert world.pages.rung == [name]
	assert world.bell.rung


@pytest.mark.parametrize("length", [140, 141, 5000])
def test_it_takes_names_and_subjects_of_any_length(world: World, length: int) -> None:
	name = world.customer()["name"]
	given = (Attachment("n" * length, "image/png", b"x"),)
	posted = _post(world, name, replace(OWN, subject="s" * length, text="t" * length, attachments=given))
	row = entries.get(world.database, name, posted.entry)
	assert row is not None
	assert row["text"] == "t" * length


def test_it_counts_right_with_many_writers(world: World) -> None:
	name = world.customer()["name"]
	writers, each = 4, 6
	start = threading.Barrier(writers)

	def write(number: int) -> list[int]:
		start.wait()
		made = []
		for turn in range(each):
			line = replace(OWN if number % 2 else LINE, source_key=f"text:{number}-{turn}")
			made.append(_post(world, name, line).entry)
		return made

	with ThreadPoolExecutor(writers) as pool:
		made = [entry for batch in pool.map(write, range(writers)) for entry in batch]
	row = world.thread(name)
	assert row["revision"] == writers * each
	assert row["contractor_unread"] == row["customer_unread"] == writers * each // 2
	assert row["last_entry"] == max(made)
	assert len(set(made)) == writers * each


def test_it_takes_a_text_handed_in_many_times_at_once(world: World) -> None:
	name = world.customer()["name"]
	start = threading.Barrier(4)

	def write(_number: int) -> Posted:
		start.wait()
		return _post(world, name, replace(OWN, source_key="text:sm1"))

	with ThreadPoolExecutor(4) as pool:
		posted = list(pool.map(write, range(4)))
	assert sorted(item.is_new for item in posted) == [False, False, False, True]
	assert len({item.entry for item in posted}) == 1
	assert world.thread(name)["contractor_unread"] == 1


def test_it_counts_down_what_was_read_and_never_below_nothing(world: World) -> None:
	name = world.customer()["name"]
	made = [_post(world, name, line).entry for line in (LINE, OWN, LINE, replace(LINE, kind="Call"), LINE)]

	def read(upto: int) -> int:
		return world.do(lambda: mark_read_by_customer(world.ports, name, upto))

	assert read(made[1]) == 2
	assert read(made[0]) == 2, "reading never goes backwards"
	assert world.thread(name)["customer_read_upto"] == made[1]
	assert read(made[4]) == 0
	assert read(made[4]) == 0
	assert world.thread(name)["customer_unread"] == 0
	other = world.customer(BOB)["name"]
	with pytest.raises(NotFound):
		world.do(lambda: mark_read_by_customer(world.ports, other, made[0]))
	with pytest.raises(NotFound):
		read(made[4] + 1000)


def test_it_counts_an_entry_written_while_another_is_marked_read(world: World) -> None:
	if isinstance(world.database, SqliteDatabase):
		pytest.skip("on SQLite no other writer can come between")
	name = world.customer()["name"]
	first = _post(world, name)
	with ThreadPoolExecutor(1) as pool, world.database.transaction():
		# what a request reads first decides what it sees from then on
		assert world.thread(name)["customer_unread"] == 1
		pool.submit(_post, world, name, LINE).result()
		assert mark_read_by_customer(world.ports, name, first.entry) == 1
	assert world.thread(name)["customer_unread"] == 1


def test_it_begins_anew_when_another_writer_has_just_written_the_same(world: World) -> None:
	if isinstance(world.database, SqliteDatabase):
		pytest.skip("on SQLite no other writer can come between")
	name = world.customer()["name"]
	line = replace(OWN, source_key="portal:1")

	def post_late() -> None:
		with ThreadPoolExecutor(1) as pool, world.database.transaction():
			assert not world.thread(name)["last_entry"]
			pool.submit(_post, world, name, line).result()
			post_entry(world.ports, name, line)

	with pytest.raises(Unavailable):
		post_late()
	repeated = _post(world, name, line)
	assert not repeated.is_new
	assert entries.get(world.database, name, repeated.entry)


@settings(
	max_examples=25,
	suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
	database=None,
)
@given(
	steps=st.lists(
		st.one_of(
			st.tuples(
				st.just("post"), st.integers(-3, 3), st.sampled_from(["Contractor", "Customer", "Automated"])
			),
			st.tuples(st.just("read"), st.integers(0, 9), st.just("")),
			st.tuples(st.just("assign"), st.integers(-3, 3), st.just("")),
		),
		max_size=14,
	)
)
def test_it_keeps_every_counter_true_whatever_happens(
	world: World, steps: list[tuple[str, int, str]]
) -> None:
	name = world.customer()["name"]
	read_upto = 0
	waiting = 0
	for verb, number, author in steps:
		if verb == "post":
			_post(world, name, replace(LINE, author=author, occurred_us=NOW + number))  # type: ignore[arg-type]
			waiting += author == "Customer"
		elif verb == "assign":
			address = Address("Phone", f"+1415{next(_NUMBERS):07}")
			thread = world.do(partial(open_unmatched, world.ports, address, "?"))
			_post(world, thread["name"], replace(OWN, occurred_us=NOW + number))
			_post(world, thread["name"], replace(LINE, occurred_us=NOW + number))
			world.do(partial(assign_thread, world.ports, thread, world.thread(name)))
			waiting += 1
		else:
			ids = sorted(row["name"] for row in entries.older(world.database, name, 99))
			if ids:
				upto = ids[number % len(ids)]
				world.do(partial(mark_read_by_customer, world.ports, name, upto))
				read_upto = max(read_upto, upto)
	row = world.thread(name)
	rows = entries.older(world.database, name, 99)
	unread = [line for line in rows if line["name"] > read_upto and line["author"] != "Customer"]
	assert row["customer_unread"] == len(unread)
	assert row["contractor_unread"] == waiting
	assert row["customer_read_upto"] == read_upto
	if rows:
		assert row["last_entry"] == max(line["name"] for line in rows)
		assert row["last_us"] == rows[0]["occurred_us"]
