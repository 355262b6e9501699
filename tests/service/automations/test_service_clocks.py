"""“The day before at nine” for customers all over the world, over the nights on which clocks change."""

from datetime import datetime, timedelta

import pytest
from support.automated import REMINDER, RESCHEDULED, Visit, at, automate, tick
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.times import DAY, HOUR, MINUTE, to_us
from customer_thread.service.notices.preferences import save_wishes

#: where the customer lives, when the visit is there, when she is reminded in UTC, and what she reads
PLACES = [
	# the clocks go forward between the reminder and the visit, and back
	("America/New_York", "2026-03-08 10:00", "2026-03-07 14:00", "Sun Mar 8, 10:00am"),
	("America/New_York", "2026-03-09 10:00", "2026-03-08 13:00", "Mon Mar 9, 10:00am"),
	("America/New_York", "2026-11-01 10:00", "2026-10-31 13:00", "Sun Nov 1, 10:00am"),
	("America/New_York", "2026-11-02 10:00", "2026-11-01 14:00", "Mon Nov 2, 10:00am"),
	# half an hour off, and quarters
	("Asia/Kolkata", "2026-03-09 10:00", "2026-03-08 03:30", "Mon Mar 9, 10:00am"),
	("America/St_Johns", "2026-03-08 10:00", "2026-03-07 12:30", "Sun Mar 8, 10:00am"),
	("America/St_Johns", "2026-11-02 10:00", "2026-11-01 12:30", "Mon Nov 2, 10:00am"),
	("Pacific/Chatham", "2026-04-05 10:00", "2026-04-03 19:15", "Sun Apr 5, 10:00am"),
	("Pacific/Chatham", "2026-09-28 10:00", "2026-09-26 19:15", "Mon Sep 28, 10:00am"),
	# where clocks change by half an hour
	("Australia/Lord_Howe", "2026-10-05 10:00", "2026-10-03 22:00", "Mon Oct 5, 10:00am"),
]


def booked(world: World, place: str, visit_at: datetime) -> Visit:
	"""Return a visit of a customer's who lives there, booked four days before."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(visit_at) - 4 * DAY
	sarah = world.customer(SARAH, email="")
	chosen = {"timezone": place, "quiet_hours": "Off"}
	world.do(lambda: save_wishes(world.ports, sarah, sarah["party"] or "", chosen, "Page"))
	visit = Visit(world, sarah)
	visit.schedule(visit_at)
	return visit


@pytest.mark.parametrize(("place", "begins", "due", "said"), PLACES)
def test_it_is_nine_on_her_own_clocks(world: World, place: str, begins: str, due: str, said: str) -> None:
	automate(world, **REMINDER)
	visit = booked(world, place, at(begins, place))
	world.clock.us = to_us(at(due, "UTC")) - 1
	tick(world)
	assert texts(world) == []
	world.clock.us += 1
	tick(world)
	assert texts(world) == [f"Reminder: {said}. Reply YES to confirm."]
	world.clock.us += 3 * DAY
	tick(world)
	assert len(texts(world)) == 1
	assert [state for state, _reason in visit.told()] == ["Sent"]


@pytest.mark.parametrize(
	("night", "at_time", "due"),
	[
		# 2:30 does not exist: 3:30
		("2026-03-08", "02:30", "2026-03-08 07:30"),
		# 1:30 is twice: the first
		("2026-11-01", "01:30", "2026-11-01 05:30"),
	],
)
def test_a_minute_that_does_not_exist_or_is_twice(world: World, night: str, at_time: str, due: str) -> None:
	automate(world, **{**REMINDER, "at_time": at_time, "urgent": 1})
	booked(world, "America/New_York", at(f"{night} 12:00") + timedelta(days=1))
	for late_us, count in ((-MINUTE, 0), (0, 1), (HOUR, 1), (2 * HOUR, 1)):
		world.clock.us = to_us(at(due, "UTC")) + late_us
		tick(world)
		assert len(texts(world)) == count


def test_clocks_set_back_send_nothing_twice_and_nothing_early(world: World) -> None:
	automate(world, **REMINDER)
	automate(world, **RESCHEDULED)
	visit = booked(world, "America/New_York", at("2026-06-11 10:00"))
	due_us = to_us(at("2026-06-10 09:00"))
	world.clock.us = due_us
	tick(world)
	assert len(texts(world)) == 1
	world.clock.us = due_us - 3 * HOUR
	visit.move(at("2026-06-11 14:00"))
	tick(world)
	assert len(texts(world)) == 1
	world.clock.us = due_us
	tick(world)
	assert [text for text in texts(world)[1:] if "Reminder" in text] == [
		"Reminder: Thu Jun 11, 2:00pm. Reply YES to confirm."
	]


def test_a_zone_that_comes_to_be_earlier_there_may_be_too_late(world: World) -> None:
	automate(world, **REMINDER)
	visit = booked(world, "America/New_York", at("2026-06-11 10:00"))
	world.clock.us = to_us(at("2026-06-10 08:00"))
	chosen = {"timezone": "Asia/Kolkata"}
	sarah = visit.thread
	world.do(lambda: save_wishes(world.ports, sarah, sarah["party"] or "", chosen, "Page"))
	# nine was there at half past eleven at night: she learns of it now, while it is of use
	tick(world)
	assert texts(world) == ["Reminder: Thu Jun 11, 7:30pm. Reply YES to confirm."]
