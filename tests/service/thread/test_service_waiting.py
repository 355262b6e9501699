"""What was said last and who waits: kept with the thread as if it were looked up each time."""

from dataclasses import replace
from itertools import product
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clock import NOW
from support.persons import STRANGER
from support.rows import add_entry, add_thread
from support.world import World

from customer_thread.domain.model import Address, Author, Kind
from customer_thread.domain.thread import waiting
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.desk.read_inbox import read_inbox
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.erase_entry import erase_entry
from customer_thread.service.thread.keep_waiting import reckon, reckon_all
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.store import threads

KEPT = tuple(threads.NOTHING_SAID)
ASKED = NewEntry("Message", "Customer", "SMS", "When do you start?", NOW, None)
ANSWER = NewEntry("Message", "Contractor", "SMS", "Monday", NOW, None)
CALL = NewEntry("Call", "Contractor", "Phone", "Phone call", NOW, None, call_seconds=60)
EVERY = list(product(get_args(Kind), get_args(Author), (0, 60), (False, True)))


def post(world: World, thread: str, entry: NewEntry, after: int = 0) -> int:
	at = replace(entry, occurred_us=NOW + after)
	return world.do(lambda: post_entry(world.ports, thread, at)).entry


def kept(world: World, thread: str) -> dict[str, object]:
	row = dict(world.thread(thread))
	return {column: row[column] for column in KEPT}


def waits(world: World, thread: str) -> int | None:
	"""Return how many µs after NOW the customer began to wait, or None."""
	since = world.thread(thread)["waiting_us"]
	return since - NOW if since else None


def _is_said(kind: Kind, author: Author, _seconds: int, _past: bool) -> bool:
	return waiting.is_said(kind, author)


def _asks(kind: Kind, author: Author, _seconds: int, past: bool) -> bool:
	return waiting.asks(kind, author, from_history=past)


def _answers(kind: Kind, author: Author, seconds: int, _past: bool) -> bool:
	return waiting.answers(kind, author, seconds)


def test_it_is_one_rule_in_python_and_in_sql(world: World) -> None:
	with world.database.transaction():
		thread = add_thread(world.database)
		written = {
			add_entry(
				world.database,
				thread,
				kind=kind,
				author=author,
				call_seconds=seconds,
				from_history=int(from_history),
			): (kind, author, seconds, from_history)
			for kind, author, seconds, from_history in EVERY
		}
	rules = {waiting.SAID_SQL: _is_said, waiting.ASKS_SQL: _asks, waiting.ANSWERS_SQL: _answers}
	for condition, rule in rules.items():
		rows = world.database.select(
			f"SELECT name FROM `tabThread Entry` WHERE thread = %(thread)s AND {condition}",
			{"thread": thread},
		)
		found = {row["name"] for row in rows}
		assert found == {name for name, entry in written.items() if rule(*entry)}
		assert found


def test_it_waits_from_the_first_message_on_until_somebody_answers(world: World) -> None:
	thread = world.customer()["name"]
	assert waits(world, thread) is None
	post(world, thread, ASKED, 1)
	post(world, thread, ASKED, 2)
	assert waits(world, thread) == 1
	post(world, thread, ANSWER, 3)
	assert waits(world, thread) is None
	post(world, thread, ASKED, 4)
	assert waits(world, thread) == 4
	post(world, thread, CALL, 5)
	assert waits(world, thread) is None


@pytest.mark.parametrize(
	"entry",
	[
		replace(ANSWER, author="Automated"),
		replace(ANSWER, kind="Event", channel=None),
		replace(CALL, call_seconds=0),
		replace(CALL, author="Customer", call_seconds=0),
	],
	ids=["automated", "card", "not picked up", "missed call"],
)
def test_it_takes_nothing_else_for_an_answer(world: World, entry: NewEntry) -> None:
	thread = world.customer()["name"]
	post(world, thread, ASKED, 1)
	post(world, thread, entry, 2)
	assert waits(world, thread) == 1
	assert world.thread(thread)["last_words"] == ASKED.text


def test_it_shows_the_words_of_people(world: World) -> None:
	thread = world.customer()["name"]
	post(world, thread, replace(ANSWER, kind="Event", channel=None, text="Invoice #1 sent"), 9)
	[line] = read_inbox(world.ports)["threads"]
	assert (line["last_words"], line["last_words_by"], line["waiting_since"]) == ("", None, None)
	post(world, thread, replace(ASKED, text="", subject="Deck\nstairs"), 2)
	post(world, thread, ANSWER, 1)
	[line] = read_inbox(world.ports, which="waiting")["threads"]
	assert (line["last_words"], line["last_words_by"]) == ("Deck stairs", "customer")
	assert line["waiting_since"] == "2025-05-15T14:15:00.000002Z"
	assert line["last_preview"] == "Invoice #1 sent"
	post(world, thread, ANSWER, 3)
	assert read_inbox(world.ports, which="waiting")["threads"] == []
	[line] = read_inbox(world.ports, q="monday")["threads"]
	assert line["last_words_by"] == "contractor"


def test_it_waits_for_no_answer_to_what_is_brought_in(world: World) -> None:
	thread = world.customer()["name"]
	post(world, thread, replace(ASKED, from_history=True), 1)
	assert waits(world, thread) is None
	assert world.thread(thread)["last_words"] == ASKED.text
	post(world, thread, ASKED, 2)
	post(world, thread, replace(ANSWER, from_history=True), 3)
	assert waits(world, thread) is None


def test_it_goes_with_what_is_assigned(world: World) -> None:
	sarah = world.customer()
	post(world, sarah["name"], ANSWER, 2)
	stranger = world.do(lambda: open_unmatched(world.ports, Address("Phone", STRANGER.phone), "?"))
	for after in (1, 3):
		post(world, stranger["name"], ASKED, after)
	assert waits(world, stranger["name"]) == 1
	world.do(lambda: assign_thread(world.ports, stranger, world.thread(sarah["name"])))
	assert waits(world, sarah["name"]) == 3
	[emptied] = world.database.select(
		"SELECT last_words, waiting_us, answered_us FROM `tabCustomer Thread` WHERE name = %(name)s",
		{"name": stranger["name"]},
	)
	assert not any(emptied.values())


def test_it_shows_nothing_of_what_was_removed(world: World) -> None:
	thread = world.customer()["name"]
	post(world, thread, replace(ASKED, text="before"), 1)
	entry = post(world, thread, replace(ASKED, text="gate code 4711"), 2)
	world.do(lambda: erase_entry(world.ports, entry, "She asked for it."))
	assert "removed" in world.thread(thread)["last_words"]
	assert waits(world, thread) == 1


def test_it_fills_threads_of_before(world: World) -> None:
	thread, empty = world.customer()["name"], world.customer()["name"]
	post(world, thread, ASKED, 1)
	was = kept(world, thread)
	world.do(lambda: threads.set_waiting(world.database, thread, threads.NOTHING_SAID))
	assert world.do(lambda: reckon_all(world.database)) == 1
	assert kept(world, thread) == was
	assert waits(world, empty) is None


ENTRIES = st.builds(
	NewEntry,
	kind=st.sampled_from(get_args(Kind)),
	author=st.sampled_from(get_args(Author)),
	channel=st.just("SMS"),
	text=st.sampled_from(["a", "b", "c"]),
	# often at the very same time
	occurred_us=st.integers(NOW, NOW + 5),
	source_key=st.none(),
	call_seconds=st.sampled_from([0, 60]),
	from_history=st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.lists(ENTRIES, max_size=12))
def test_it_keeps_what_would_be_found_whatever_order_they_come_in(
	world: World, written: list[NewEntry]
) -> None:
	thread = world.customer()["name"]
	for entry in written:
		world.do(lambda entry=entry: post_entry(world.ports, thread, entry))  # type: ignore[misc]
	was = kept(world, thread)
	world.do(lambda: reckon(world.database, thread))
	assert kept(world, thread) == was
