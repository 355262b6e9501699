"""Somebody says whose an unmatched thread is: everything moves, once, at its own time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from support.clock import NOW
from support.persons import BOB, STRANGER, national
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import Conflict
from customer_thread.domain.model import Address
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY, HOUR
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.desk.give_turn import give_turn
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.thread.add_contact_point import add_contact_point
from customer_thread.service.thread.add_note import add_note
from customer_thread.service.thread.assign_thread import assign_thread
from customer_thread.service.thread.mark_done import mark_done, snooze
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import contact_points, entries, notes, sent_to, threads
from customer_thread.store.rows import ThreadRow

UNKNOWN = Address("Phone", STRANGER.phone)
TEXT = NewEntry("Message", "Customer", "SMS", "Is Thursday fine?", NOW, None)


def _waiting(world: World, *lines: NewEntry) -> ThreadRow:
	thread = world.do(lambda: open_unmatched(world.ports, UNKNOWN, national(STRANGER.phone)))
	for line in lines:
		world.do(partial(post_entry, world.ports, thread["name"], line))
	return thread


def _texts(world: World, thread: str) -> list[str]:
	return [row["text"] for row in entries.newer(world.database, thread, 99, Cursor(0, 0))]


def test_it_moves_everything_at_its_own_time(world: World) -> None:
	sarah = world.customer()
	waiting = _waiting(world, TEXT, replace(TEXT, text="late", occurred_us=NOW + 9))
	world.do(lambda: post_entry(world.ports, sarah["name"], replace(TEXT, text="mid", occurred_us=NOW + 5)))
	world.do(lambda: add_note(world.ports, waiting, "who is it?", author=None))
	world.do(lambda: send_message(world.ports, waiting, "Who is this?", client_id=""))
	event = NewEvent("call_back", "Call back", NOW + 7, "1")
	world.do(lambda: record_event(world.ports, waiting, event))
	row = world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert row["name"] == sarah["name"]
	assert _texts(world, sarah["name"]) == ["Is Thursday fine?", "Who is this?", "mid", "Call back", "late"]
	assert [note["text"] for note in notes.of_thread(world.database, sarah["name"])] == ["who is it?"]
	assert sent_to.last_spoken_to(world.database, UNKNOWN.value, [sarah["name"]]) == sarah["name"]
	assert row["contractor_unread"] == 3
	assert row["customer_unread"] == 2
	assert _texts(world, waiting["name"]) == []


def test_it_makes_the_number_the_customers(world: World) -> None:
	sarah, waiting = world.customer(), _waiting(world, TEXT)
	world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert contact_points.threads_of(world.database, UNKNOWN) == [sarah["name"]]
	assert world.do(lambda: threads.lock_unmatched(world.database, UNKNOWN.key)) is None
	# whoever still has the old name is led to the new place
	assert world.thread(waiting["name"])["name"] == sarah["name"]


def test_it_moves_once(world: World) -> None:
	sarah, bob, waiting = world.customer(), world.customer(BOB), _waiting(world, TEXT)
	world.do(lambda: assign_thread(world.ports, waiting, sarah))
	before = world.thread(sarah["name"])
	world.do(lambda: assign_thread(world.ports, world.thread(waiting["name"]), sarah))
	assert world.thread(sarah["name"]) == before
	with pytest.raises(Conflict):
		world.do(lambda: assign_thread(world.ports, waiting, bob))
	with pytest.raises(Conflict):
		world.do(lambda: assign_thread(world.ports, sarah, bob))
	assert _texts(world, bob["name"]) == []


def test_it_shows_the_latest_words_of_both(world: World) -> None:
	sarah = world.customer()
	world.do(lambda: post_entry(world.ports, sarah["name"], replace(TEXT, text="hers")))
	older = _waiting(world, replace(TEXT, text="older", occurred_us=NOW - 1))
	row = world.do(lambda: assign_thread(world.ports, older, sarah))
	assert (row["last_preview"], row["last_us"]) == ("hers", NOW)
	newer = _waiting(world, replace(TEXT, text="newer", occurred_us=NOW + 1))
	row = world.do(lambda: assign_thread(world.ports, newer, sarah))
	assert (row["last_preview"], row["last_us"]) == ("newer", NOW + 1)


def test_it_takes_over_the_words_of_a_thread_without_any(world: World) -> None:
	sarah, waiting = world.customer(), _waiting(world, replace(TEXT, occurred_us=NOW - 10**12))
	row = world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert (row["last_preview"], row["last_us"]) == (TEXT.text, NOW - 10**12)


def test_it_brings_the_history_of_a_number_that_becomes_known(world: World) -> None:
	sarah, waiting = world.customer(), _waiting(world, TEXT)
	assert world.do(lambda: add_contact_point(world.ports, sarah, UNKNOWN, "Contact", "Sarah"))
	assert _texts(world, sarah["name"]) == [TEXT.text]
	assert _texts(world, waiting["name"]) == []


def test_it_brings_no_history_of_a_number_that_is_somebody_elses_too(world: World) -> None:
	bob = world.customer(BOB, phone=STRANGER.phone)
	waiting, sarah = _waiting(world, TEXT), world.customer()
	assert world.do(lambda: add_contact_point(world.ports, sarah, UNKNOWN, "Contact", "Sarah"))
	assert _texts(world, sarah["name"]) == _texts(world, bob["name"]) == []
	assert _texts(world, waiting["name"]) == [TEXT.text]


def test_it_brings_no_mails_along_by_themselves(world: World) -> None:
	stranger = Address("Email", STRANGER.email)
	sarah = world.customer()
	waiting = world.do(lambda: open_unmatched(world.ports, stranger, "?"))
	world.do(lambda: post_entry(world.ports, waiting["name"], TEXT))
	assert world.do(lambda: add_contact_point(world.ports, sarah, stranger, "Contact", "Sarah"))
	assert _texts(world, sarah["name"]) == []


def test_it_leaves_nothing_behind_that_came_meanwhile(world: World) -> None:
	if isinstance(world.database, SqliteDatabase):
		pytest.skip("on SQLite no other writer can come between")
	sarah, waiting = world.customer(), _waiting(world, TEXT)
	with ThreadPoolExecutor(1) as pool, world.database.transaction():
		# what a request reads first decides what it sees from then on
		world.thread(sarah["name"])
		late = replace(TEXT, text="meanwhile", occurred_us=NOW + 1)
		pool.submit(world.do, lambda: post_entry(world.ports, waiting["name"], late)).result()
		assign_thread(world.ports, waiting, sarah)
	assert _texts(world, sarah["name"]) == [TEXT.text, "meanwhile"]
	row = world.thread(sarah["name"])
	assert (row["last_preview"], row["contractor_unread"]) == ("meanwhile", 2)


def test_it_writes_into_the_customers_thread_once_it_is_his(world: World) -> None:
	sarah, waiting = world.customer(), _waiting(world, TEXT)
	world.do(lambda: assign_thread(world.ports, waiting, sarah))
	# somebody looked the thread up before it was assigned
	posted = world.do(lambda: post_entry(world.ports, waiting["name"], replace(TEXT, text="after")))
	assert posted.thread == sarah["name"]
	assert _texts(world, sarah["name"]) == [TEXT.text, "after"]


def _says(world: World, thread: ThreadRow, text: str, at_us: int) -> int:
	line = replace(TEXT, text=text, occurred_us=at_us)
	return world.do(lambda: post_entry(world.ports, thread["name"], line)).entry


def _done(world: World, thread: ThreadRow, upto: int) -> None:
	world.do(lambda: mark_done(world.ports, thread["name"], upto))


@pytest.mark.parametrize("is_late", [False, True])
def test_what_was_done_stays_done_and_what_waits_waits(world: World, is_late: bool) -> None:
	sarah = world.customer()
	_done(world, sarah, _says(world, sarah, "thanks!", NOW - 30 * DAY))
	waiting = _waiting(world, TEXT)
	if is_late:
		# known later than what waits
		_done(world, sarah, _says(world, sarah, "thanks again!", NOW + HOUR))
	row = world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert row["waiting_us"] == TEXT.occurred_us


def test_what_was_done_in_the_unmatched_thread_stays_done(world: World) -> None:
	sarah, waiting = world.customer(), _waiting(world)
	_says(world, sarah, "answered", NOW - 2 * DAY)
	world.do(
		lambda: post_entry(
			world.ports, sarah["name"], replace(TEXT, author="Contractor", occurred_us=NOW - DAY)
		)
	)
	_done(world, waiting, _says(world, waiting, "thanks!", NOW))
	row = world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert row["waiting_us"] == 0
	later = _says(world, sarah, "When?", NOW + HOUR)
	assert world.thread(sarah["name"])["waiting_us"] == NOW + HOUR
	_done(world, sarah, later)
	assert world.thread(sarah["name"])["waiting_us"] == 0


@pytest.mark.parametrize(
	("theirs", "hers", "left"), [(DAY, 0, DAY), (DAY, 2 * DAY, DAY), (0, 2 * DAY, 0), (2 * DAY, DAY, DAY)]
)
def test_of_two_that_are_snoozed_the_first_to_come_back_decides(
	world: World, theirs: int, hers: int, left: int
) -> None:
	sarah, waiting = world.customer(), _waiting(world, TEXT)
	for thread, until in ((waiting, theirs), (sarah, hers)):
		if until:
			world.do(partial(snooze, world.ports, thread["name"], NOW + until))
	row = world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert row["snoozed_us"] == (NOW + left if left else 0)


@pytest.mark.parametrize(("hers", "then"), [("", "ann"), ("bob", "bob")])
def test_whose_turn_it_was_has_it_still_unless_it_is_anothers(world: World, hers: str, then: str) -> None:
	sarah, waiting = world.customer(), _waiting(world, TEXT)
	for thread, user in ((waiting, "ann"), (sarah, hers)):
		world.do(partial(give_turn, world.ports, thread, user))
	row = world.do(lambda: assign_thread(world.ports, waiting, sarah))
	assert row["assigned_to"] == then
	left = world.database.select(
		"SELECT assigned_to FROM `tabCustomer Thread` WHERE name = %(name)s", {"name": waiting["name"]}
	)
	assert left == [{"assigned_to": None}]
