"""Somebody is told that a customer waits too long: whose turn it is first, then the contractor; once a wait."""

import pytest
from support.persons import BUSINESS, MIKE, SARAH
from support.world import World

from customer_thread.domain.inbound import InboundSms
from customer_thread.domain.times import DAY, HOUR, MINUTE
from customer_thread.service.desk.alert_waiting import alert_waiting, due_waits
from customer_thread.service.desk.give_turn import give_turn
from customer_thread.service.incoming.receive_sms import receive_sms
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.thread.mark_done import mark_done, reopen, snooze
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow

ANN = "+12125550155"


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return the thread of a customer whose business works around the clock."""
	world.set(work_start="00:00", work_end="00:00", working_days="Every day", team=(("Ann", ANN, ""),))
	return world.customer()


def _asks(world: World, number: int = 0) -> None:
	sms = InboundSms(f"SM{number}", SARAH.phone, BUSINESS.phone, "When?", (), world.clock.now_us(), None)
	world.do(lambda: receive_sms(world.ports, sms))


def _give(world: World, thread: ThreadRow, user: str) -> None:
	world.do(lambda: give_turn(world.ports, thread, user))


def _looks(world: World, after: int) -> list[str]:
	"""Let time pass and the worker look, and return who was texted because of it by now."""
	world.clock.move(after)
	for name in due_waits(world.ports):
		world.do(lambda name=name: alert_waiting(world.ports, name))  # type: ignore[misc]
	rows = world.database.select(
		"SELECT address, text FROM `tabThread Delivery` WHERE purpose = 'Answer' ORDER BY creation_us, name"
	)
	assert all("Sarah Lee has waited" in row["text"] for row in rows)
	return [str(row["address"]) for row in rows]


def test_whose_turn_it_is_is_told_then_the_contractor_and_then_nobody(world: World, sarah: ThreadRow) -> None:
	_give(world, sarah, "Ann")
	_asks(world)
	assert _looks(world, 2 * HOUR - 1) == []
	_asks(world, 1)
	assert _looks(world, 1) == [ANN]
	assert _looks(world, 2 * HOUR - 1) == [ANN]
	assert _looks(world, 1) == [ANN, MIKE.phone]
	assert _looks(world, 3 * DAY) == [ANN, MIKE.phone]


def test_where_it_is_nobodys_turn_the_contractor_is_told(world: World, sarah: ThreadRow) -> None:
	_asks(world)
	assert _looks(world, 2 * HOUR) == [MIKE.phone]
	assert _looks(world, 3 * DAY) == [MIKE.phone]


def test_a_machine_that_was_asleep_tells_one_at_a_time(world: World, sarah: ThreadRow) -> None:
	_give(world, sarah, "Ann")
	_asks(world)
	assert _looks(world, 5 * DAY) == [ANN]
	assert _looks(world, MINUTE) == [ANN]
	assert _looks(world, 2 * HOUR) == [ANN, MIKE.phone]


def test_an_answer_ends_it_and_the_next_wait_begins_anew(world: World, sarah: ThreadRow) -> None:
	_asks(world)
	world.clock.move(HOUR)
	world.do(lambda: send_message(world.ports, sarah, "At 8.", channel="portal"))
	assert _looks(world, DAY) == []
	_asks(world, 1)
	assert _looks(world, 2 * HOUR) == [MIKE.phone]
	world.do(lambda: send_message(world.ports, sarah, "At 9.", channel="portal"))
	world.clock.move(1)
	_asks(world, 2)
	assert _looks(world, 2 * HOUR) == [MIKE.phone, MIKE.phone]


def test_done_ends_it_and_snoozed_waits(world: World, sarah: ThreadRow) -> None:
	_asks(world)
	until = world.clock.now_us() + DAY
	world.do(lambda: snooze(world.ports, sarah["name"], until))
	assert _looks(world, DAY - 1) == []
	assert _looks(world, 1) == [MIKE.phone]
	_asks(world, 1)
	last = threads.require(world.database, sarah["name"])["last_entry"]
	world.do(lambda: mark_done(world.ports, sarah["name"], last))
	assert _looks(world, DAY) == [MIKE.phone]
	world.do(lambda: reopen(world.ports, sarah["name"]))
	assert threads.require(world.database, sarah["name"])["waiting_us"]


def test_nobody_is_told_at_night(world: World, sarah: ThreadRow) -> None:
	world.set(work_start="08:00", work_end="17:00", working_days="Every day")
	_asks(world)
	heard, alerted_us = list[str](), 0
	for _hour in range(48):
		before = len(heard)
		heard = _looks(world, HOUR)
		if len(heard) > before:
			alerted_us = world.clock.now_us()
	assert heard == [MIKE.phone]
	hour = alerted_us // HOUR % 24
	# New York, whatever the season: 8 to 17 there is 12 to 22 in UTC
	assert 12 <= hour <= 22


def test_a_phone_that_said_stop_is_left_alone(world: World, sarah: ThreadRow) -> None:
	_give(world, sarah, "Ann")
	stop = InboundSms("SMstop", ANN, BUSINESS.phone, "STOP", (), world.clock.now_us(), "STOP")
	world.do(lambda: receive_sms(world.ports, stop))
	_asks(world)
	assert _looks(world, 2 * HOUR) == []
	assert _looks(world, 2 * HOUR) == [MIKE.phone]
