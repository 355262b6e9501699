"""Several writers at once: nothing is taken twice, missed or held up for ever."""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, nullcontext, suppress
from functools import partial
from typing import TypeVar

import pytest
from support.clock import NOW
from support.databases import AnyDatabase, persist
from support.mariadb import MariaDatabase
from support.mariadb_schema import sequence
from support.persons import SARAH
from support.rows import add_delivery, add_entry, add_thread

from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import consents, deliveries, entries, threads
from customer_thread.store.database import Duplicate

Result = TypeVar("Result")
#: how long entries are written, one by one
_SECONDS = float(os.environ.get("POLL_SECONDS", "2"))


def _together(*jobs: Callable[[], Result]) -> list[Result]:
	"""Run jobs in threads of their own that start at one moment, and return what they return."""
	start = threading.Barrier(len(jobs))

	def run(job: Callable[[], Result]) -> Result:
		start.wait()
		return job()

	with ThreadPoolExecutor(len(jobs)) as pool:
		return list(pool.map(run, jobs))


def _meet(barrier: threading.Barrier) -> None:
	"""Wait for the other writer, but not for ever: on SQLite it waits for us."""
	with suppress(threading.BrokenBarrierError):
		barrier.wait(0.3)


def test_it_lets_one_worker_claim_a_delivery(database: AnyDatabase) -> None:
	for _round in range(5):
		with database.transaction():
			name = add_delivery(database)

		def claim(name: str = name) -> bool:
			with database.transaction():
				values = {"state": "Sending", "claim": threading.current_thread().name}
				return database.update(deliveries.DELIVERY, name, values, {"state": "Queued"})

		assert sorted(map(bool, _together(*[claim] * 4))) == [False, False, False, True]
		row = deliveries.get(database, name)
		assert row is not None
		assert row["claim"]


def test_it_shows_ids_in_the_order_they_were_given(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
	holds, done = threading.Event(), threading.Event()

	def second() -> int:
		holds.wait()
		with database.transaction():
			threads.lock(database, thread)
			entry = add_entry(database, thread)
		done.set()
		return entry

	with ThreadPoolExecutor(1) as pool:
		waiting = pool.submit(second)
		with database.transaction():
			threads.lock(database, thread)
			first = add_entry(database, thread)
			holds.set()
			assert not done.wait(0.3), "the second writer did not wait for the first"
		assert first < waiting.result()


def _known_since(database: AnyDatabase, thread: str, known: int) -> list[int]:
	"""Return the first of what came after an entry, as a request that asks for it finds them."""
	is_sqlite = isinstance(database, SqliteDatabase)
	with nullcontext() if is_sqlite else database.transaction():
		last = threads.require(database, thread)["last_entry"]
		database.look_again()
		return [row["name"] for row in entries.known_since(database, thread, known, last, 10_000)]


def test_it_never_lets_a_poll_miss_an_entry(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
	writers, each = 3, 12
	written = threading.Event()
	seen: list[int] = []

	def write() -> list[int]:
		made = []
		for number in range(each):
			with database.transaction():
				threads.lock(database, thread)
				made.append(add_entry(database, thread, occurred_us=NOW - number))
				database.update(threads.THREAD, thread, {"last_entry": made[-1]})
		return made

	def read() -> None:
		last_round = False
		while not last_round:
			last_round = written.is_set()
			while found := _known_since(database, thread, seen[-1] if seen else 0):
				seen.extend(found)

	reader = threading.Thread(target=read)
	reader.start()
	made = _together(*[write] * writers)
	written.set()
	reader.join()
	expected = sorted(entry for batch in made for entry in batch)
	assert len(expected) == writers * each
	assert seen == expected


#: entries written one by one inside the server, where nothing lies between the end of one and of the next
_WRITE_ON = """
BEGIN NOT ATOMIC
	DECLARE entry BIGINT;
	WHILE UNIX_TIMESTAMP(NOW(6)) < {end} DO
		START TRANSACTION;
		SELECT last_entry INTO entry FROM `tabCustomer Thread` WHERE name = '{thread}' FOR UPDATE;
		SET entry = nextval({ids});
		INSERT INTO `tabThread Entry` (name, thread, occurred_us, text) VALUES (entry, '{thread}', 1, 'x');
		UPDATE `tabCustomer Thread` SET last_entry = entry WHERE name = '{thread}';
		COMMIT;
	END WHILE;
END
"""


@pytest.mark.mariadb
def test_it_never_lets_a_poll_miss_the_first_of_two_that_end_while_it_looks(maria: MariaDatabase) -> None:
	with maria.transaction():
		thread, *others = [add_thread(maria) for _ in range(140)]
	seen: list[int] = []
	with ExitStack() as stack:
		for name in others:
			# the more transactions are open, the longer it takes to ask them all, and the more end meanwhile
			other = stack.enter_context(closing(maria.another()))
			other.connection.begin()
			other.run("UPDATE `tabCustomer Thread` SET revision = 1 WHERE name = %(name)s", {"name": name})
		write_on = _WRITE_ON.format(thread=thread, end=time.time() + _SECONDS, ids=sequence(entries.ENTRY))
		with ThreadPoolExecutor(4) as pool:
			writing = [pool.submit(maria.run, write_on) for _ in range(4)]
			while not all(one.done() for one in writing):
				seen += _known_since(maria, thread, seen[-1] if seen else 0)
	for one in writing:
		one.result()
	while found := _known_since(maria, thread, seen[-1] if seen else 0):
		seen += found
	made = [row["name"] for row in maria.select("SELECT name FROM `tabThread Entry` ORDER BY name")]
	assert len(made) > 100
	assert seen == made


def test_it_writes_one_row_for_one_source(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)

	def take(key: str) -> tuple[bool, int]:
		with database.transaction():
			threads.lock(database, thread)
			try:
				return True, add_entry(database, thread, source_key=key)
			except Duplicate:
				known = entries.by_source(database, key)
				assert known is not None
				return False, known["name"]

	for number in range(5):
		outcomes = _together(*[partial(take, f"text:{number}")] * 4)
		assert sorted(is_new for is_new, _ in outcomes) == [False, False, False, True]
		assert len({entry for _, entry in outcomes}) == 1
	assert len(entries.older(database, thread, 99)) == 5


def test_it_forgets_what_was_rolled_back(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)
	with suppress(ZeroDivisionError), database.transaction():
		add_entry(database, thread, source_key="text:1")
		raise ZeroDivisionError
	assert entries.older(database, thread, 9) == []
	with database.transaction():
		assert add_entry(database, thread, source_key="text:1")


def test_it_finds_a_source_that_another_writer_has_just_committed(database: AnyDatabase) -> None:
	with database.transaction():
		thread = add_thread(database)

	def other() -> int:
		with database.transaction():
			return add_entry(database, thread, source_key="text:1")

	if not isinstance(database, SqliteDatabase):
		with ThreadPoolExecutor(1) as pool, database.transaction():
			# this transaction sees the database as it was now
			assert entries.older(database, thread, 9) == []
			entry = pool.submit(other).result()
			assert entries.older(database, thread, 9) == []
			known = entries.by_source(database, "text:1")
			held = threads.lock(database, thread)
	else:
		entry = other()
		with database.transaction():
			known = entries.by_source(database, "text:1")
			held = threads.lock(database, thread)
	assert known is not None
	assert known["name"] == entry
	assert held is not None


def test_it_opens_waiting_threads_for_two_new_numbers_at_once(database: AnyDatabase) -> None:
	meeting = threading.Barrier(2)

	def open_one(number: int) -> str:
		key = f"phone:+1555010000{number}"
		with database.transaction():
			assert threads.lock_unmatched(database, key) is None
			_meet(meeting)
			return add_thread(database, unmatched_address=key)

	made = _together(lambda: open_one(1), lambda: open_one(2))
	assert len(set(made)) == 2


def test_it_notes_what_two_new_numbers_say_at_once(database: AnyDatabase) -> None:
	def say(number: int) -> None:
		with database.transaction():
			consents.record(database, f"+1555{number:07}", "MG1", "Opted Out", NOW, "texted STOP")

	for number in range(0, 40, 4):
		_together(*[lambda number=number + more: say(number) for more in range(4)])
	phones = [f"+1555{number:07}" for number in range(40)]
	assert len(consents.among(database, phones, "MG1")) == 40


def test_it_notes_the_latest_word_of_a_number_that_says_much_at_once(database: AnyDatabase) -> None:
	def say(us: int) -> None:
		consents.record(database, SARAH.phone, "MG1", "Opted Out" if us % 2 else "Allowed", us, "texted")

	_together(*[lambda us=us: persist(database, lambda: say(us)) for us in (4, 7, 2, 5)])
	assert consents.among(database, [SARAH.phone], "MG1") == {SARAH.phone: "Opted Out"}


@pytest.mark.parametrize("many", [2, 5])
def test_it_opens_one_thread_for_one_party_at_once(database: AnyDatabase, many: int) -> None:
	party = {"party_type": "Customer", "party": "CUST-1"}

	def open_it() -> str:
		try:
			return add_thread(database, **party)
		except Duplicate:
			row = database.lock(threads.THREAD, party)
			assert row is not None
			return str(row["name"])

	assert len(set(_together(*[lambda: persist(database, open_it)] * many))) == 1
