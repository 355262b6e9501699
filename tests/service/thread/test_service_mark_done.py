"""Staff call a thread done without an answer, or put it off: a new word of the customer brings it back."""

import pytest
from support.persons import BOB, SARAH
from support.world import World

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY, HOUR
from customer_thread.service.desk.read_inbox import read_tabs
from customer_thread.service.thread.mark_done import mark_done, reopen, snooze
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow


def says(world: World, thread: ThreadRow, text: str, at_us: int = 0) -> int:
	"""Let the customer write, and return the entry."""
	new = NewEntry(
		kind="Message",
		author="Customer",
		channel="SMS",
		text=text,
		occurred_us=at_us or world.clock.us,
		source_key=f"said {thread['name']} {text}",
	)
	return world.do(lambda: post_entry(world.ports, thread["name"], new)).entry


def in_tab(world: World, tab: str, q: str = "", assigned: str = "") -> list[str]:
	"""Return the titles in a tab; how many they are is what is counted."""
	found = read_tabs(world.ports, tab=tab, q=q, assigned=assigned, before="")
	titles = [line["title"] for line in found["threads"]]
	if not q:
		assert found["counts"][tab] == len(titles)
	return titles


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return a thread whose customer waits."""
	thread = world.customer(SARAH)
	says(world, thread, "thanks!")
	return thread


def test_what_is_done_waits_no_more_and_is_read(world: World, sarah: ThreadRow) -> None:
	assert in_tab(world, "waiting") == in_tab(world, "unread") == [SARAH.name]
	upto = threads.require(world.database, sarah["name"])["last_entry"]
	world.do(lambda: mark_done(world.ports, sarah["name"], upto))
	assert in_tab(world, "waiting") == in_tab(world, "unread") == []
	assert in_tab(world, "all") == [SARAH.name]
	world.clock.us += HOUR
	says(world, sarah, "One more thing")
	assert in_tab(world, "waiting") == in_tab(world, "unread") == [SARAH.name]


def test_what_came_while_it_was_called_done_still_waits(world: World, sarah: ThreadRow) -> None:
	upto = threads.require(world.database, sarah["name"])["last_entry"]
	# one that was sent before what was seen, and arrives late
	late = says(world, sarah, "wait, it leaks!", world.clock.us - HOUR)
	assert late > upto
	world.do(lambda: mark_done(world.ports, sarah["name"], upto))
	assert in_tab(world, "waiting") == [SARAH.name]
	world.do(lambda: mark_done(world.ports, sarah["name"], late))
	assert in_tab(world, "waiting") == []


def test_it_can_be_undone(world: World, sarah: ThreadRow) -> None:
	upto = threads.require(world.database, sarah["name"])["last_entry"]
	since = threads.require(world.database, sarah["name"])["waiting_us"]
	world.do(lambda: mark_done(world.ports, sarah["name"], upto))
	world.do(lambda: reopen(world.ports, sarah["name"]))
	assert threads.require(world.database, sarah["name"])["waiting_us"] == since > 0


def _done(world: World, thread: ThreadRow, upto: int) -> None:
	world.do(lambda: mark_done(world.ports, thread["name"], upto))


def _undo(world: World, thread: ThreadRow) -> ThreadRow:
	world.do(lambda: reopen(world.ports, thread["name"]))
	return world.thread(thread["name"])


def test_what_was_done_before_stays_done_when_the_last_is_undone(world: World, sarah: ThreadRow) -> None:
	_done(world, sarah, world.thread(sarah["name"])["last_entry"])
	world.clock.us += 30 * DAY
	asked_us = world.clock.us
	question = says(world, sarah, "When do you start?")
	_done(world, sarah, question)
	world.clock.us += HOUR
	later = says(world, sarah, "Hello?")
	# undone by two, and one of them twice
	for _again in range(3):
		assert _undo(world, sarah)["waiting_us"] == asked_us
	# of two who call it done, the second changes nothing
	for _twice in range(2):
		_done(world, sarah, later)
	assert _undo(world, sarah)["waiting_us"] == asked_us


def test_a_snooze_comes_back_with_it_unless_the_customer_wrote(world: World, sarah: ThreadRow) -> None:
	name, upto = sarah["name"], world.thread(sarah["name"])["last_entry"]
	tomorrow, later = world.clock.us + DAY, world.clock.us + 2 * DAY
	world.do(lambda: snooze(world.ports, name, tomorrow))
	_done(world, sarah, upto)
	_done(world, sarah, upto)
	assert _undo(world, sarah)["snoozed_us"] == tomorrow
	# somebody snoozed it anew meanwhile, or ended that
	for until, then in ((later, later), (0, 0)):
		world.do(lambda: snooze(world.ports, name, tomorrow))
		_done(world, sarah, upto)
		world.do(lambda until=until: snooze(world.ports, name, until))  # type: ignore[misc]
		assert _undo(world, sarah)["snoozed_us"] == then
	world.do(lambda: snooze(world.ports, name, tomorrow))
	_done(world, sarah, upto)
	says(world, sarah, "Are you there?")
	assert _undo(world, sarah)["snoozed_us"] == 0


def test_what_is_snoozed_comes_back_in_its_time(world: World, sarah: ThreadRow) -> None:
	world.do(lambda: snooze(world.ports, sarah["name"], world.clock.us + DAY))
	assert in_tab(world, "waiting") == in_tab(world, "unread") == []
	assert in_tab(world, "snoozed") == [SARAH.name]
	world.clock.us += DAY
	assert in_tab(world, "waiting") == [SARAH.name]
	assert in_tab(world, "snoozed") == []


def test_a_new_word_ends_the_snooze(world: World, sarah: ThreadRow) -> None:
	world.do(lambda: snooze(world.ports, sarah["name"], world.clock.us + DAY))
	says(world, sarah, "Are you there?")
	assert in_tab(world, "waiting") == [SARAH.name]


def test_it_refuses_what_is_not_there_or_not_to_come(world: World, sarah: ThreadRow) -> None:
	other = world.customer(BOB)
	with pytest.raises(NotFound):
		world.do(lambda: mark_done(world.ports, other["name"], sarah["last_entry"] or 1))
	for until in (world.clock.us, world.clock.us + 400 * DAY):
		with pytest.raises(BadInput):
			world.do(lambda until=until: snooze(world.ports, sarah["name"], until))  # type: ignore[misc]


@pytest.mark.parametrize("q", ["sarah", "503 555", SARAH.phone, SARAH.email[:6], "thanks"])
def test_it_is_found_by_name_number_address_and_words(world: World, sarah: ThreadRow, q: str) -> None:
	world.customer(BOB)
	assert in_tab(world, "all", q=q if q != "503 555" else SARAH.phone[-7:]) == [SARAH.name]


def test_it_is_found_by_whose_turn_it_is(world: World, sarah: ThreadRow) -> None:
	world.customer(BOB)
	world.do(lambda: threads.set_done(world.database, sarah["name"], {"assigned_to": "ann@mikes.example"}))
	assert in_tab(world, "all", assigned="ann@mikes.example") == [SARAH.name]
	assert in_tab(world, "all", assigned="nobody") == [BOB.name]
