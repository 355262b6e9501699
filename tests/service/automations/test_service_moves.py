"""An appointment is made, moved, called off: what leaves because of it, and what does not."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from support.automated import (
	CANCELLED,
	ON_THE_WAY,
	REMINDER,
	RESCHEDULED,
	SCHEDULED,
	Visit,
	at,
	automate,
	pass_time,
	tick,
)
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.times import HOUR, MINUTE, to_us
from customer_thread.service.automations.follow_zones import threads_elsewhere
from customer_thread.service.automations.plan_thread import plan_thread
from customer_thread.service.automations.send_by_hand import send_by_hand
from customer_thread.service.automations.send_due import due_messages, send_due
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.outgoing import deliver
from customer_thread.store import automations
from customer_thread.store.rows import ThreadRow

NOON = at("2025-05-12 12:00")
THURSDAY = at("2025-05-15 10:00")
CLIENT = "0b5d0f0e-3f0e-4b6e-9a51-0123456789ab"
FIRST = "Hi Sarah, see you Thu May 15, 10:00am."
REMINDED = "Reminder: Thu May 15, 10:00am. Reply YES to confirm."


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return the thread of one with a phone alone, at noon."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(NOON)
	return world.customer(SARAH, email="")


@pytest.fixture
def visit(world: World, sarah: ThreadRow) -> Visit:
	"""Return an appointment that is yet to be made, with all automations on."""
	for fields in (SCHEDULED, REMINDER, RESCHEDULED, CANCELLED):
		automate(world, **fields)
	return Visit(world, sarah)


def go(world: World, text: str, zone: str = "America/New_York") -> None:
	"""Let the worker come round at this time."""
	world.clock.us = to_us(at(text, zone))
	tick(world)


def test_it_is_told_once_it_has_been_quiet_for_two_minutes(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(seconds=119), timedelta(seconds=7))
	assert texts(world) == []
	pass_time(world, NOON + timedelta(minutes=3))
	assert texts(world) == [FIRST]


def test_it_reminds_the_day_before_at_nine(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	go(world, "2025-05-14 08:59")
	assert len(texts(world)) == 1
	go(world, "2025-05-14 09:00")
	tick(world)
	assert texts(world)[1:] == [REMINDED]
	pass_time(world, at("2025-05-16 12:00"), timedelta(hours=1))
	assert len(texts(world)) == 2


def test_five_moves_in_ten_minutes_are_one_message_with_the_last_time(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=5))
	for number in range(5):
		visit.move(THURSDAY + timedelta(hours=number + 1))
		pass_time(world, NOON + timedelta(minutes=5 + (number + 1) * 1.8), timedelta(seconds=6))
	pass_time(world, NOON + timedelta(minutes=30))
	assert texts(world)[1:] == ["Your visit moved: Thu May 15, 3:00pm."]


def test_moves_without_end_are_told_after_ten_minutes(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=5))
	for number in range(20):
		visit.move(THURSDAY + timedelta(minutes=number + 1))
		pass_time(world, NOON + timedelta(minutes=5 + number + 1), timedelta(seconds=10))
	pass_time(world, NOON + timedelta(minutes=40))
	told = texts(world)[1:]
	assert told[-1] == "Your visit moved: Thu May 15, 10:20am."
	assert len(told) == 2


def test_a_move_before_it_was_told_is_told_with_it(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=1))
	visit.move(THURSDAY + timedelta(hours=2))
	pass_time(world, NOON + timedelta(minutes=20))
	assert texts(world) == ["Hi Sarah, see you Thu May 15, 12:00pm."]


def test_what_is_called_off_before_it_was_told_is_not_told(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=1))
	visit.cancel()
	pass_time(world, NOON + timedelta(minutes=20))
	assert texts(world) == []
	assert ("Skipped", "skipped: nothing of it had been told yet") in visit.told()


def test_a_reminder_moves_along(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	visit.move(THURSDAY + timedelta(days=7))
	pass_time(world, at("2025-05-22 12:00"), timedelta(hours=1))
	assert texts(world)[1:] == [
		"Your visit moved: Thu May 22, 10:00am.",
		"Reminder: Thu May 22, 10:00am. Reply YES to confirm.",
	]


def test_moved_there_and_back_reminds_once_at_its_time(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	visit.move(THURSDAY + timedelta(days=7))
	visit.move(THURSDAY)
	pass_time(world, at("2025-05-23 12:00"), timedelta(hours=1))
	assert texts(world) == [FIRST, REMINDED]


def test_moved_back_once_its_time_has_gone_by_it_is_not_reminded_and_says_why(
	world: World, visit: Visit
) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	visit.move(THURSDAY + timedelta(days=7))
	world.clock.us = to_us(at("2025-05-14 09:30"))
	visit.move(THURSDAY)
	states = {row["occurrence"]: (row["state"], row["reason"]) for row in visit.messages}
	assert states["2025-05-15 10:00:00"] == ("Skipped", "skipped: it was known only after its time")
	assert states["2025-05-22 10:00:00"] == ("Ended", "ended: the time has changed")
	pass_time(world, at("2025-05-15 12:00"), timedelta(hours=1))
	assert [text for text in texts(world) if text.startswith("Reminder")] == []


def test_what_was_called_off_two_minutes_before_is_not_reminded(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	world.clock.us = to_us(at("2025-05-14 08:58"))
	visit.cancel()
	pass_time(world, at("2025-05-15 12:00"), timedelta(minutes=30))
	assert texts(world)[1:] == ["Your visit Thu May 15, 10:00am is cancelled."]


def test_booked_within_a_day_it_is_not_reminded(world: World, visit: Visit) -> None:
	visit.schedule(NOON + timedelta(hours=20))
	pass_time(world, NOON + timedelta(days=2), timedelta(minutes=30))
	assert texts(world) == ["Hi Sarah, see you Tue May 13, 8:00am."]
	assert ("Skipped", "skipped: it was known only after its time") in visit.told()


def test_a_worker_that_slept_for_two_days_sends_nothing_late(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	world.clock.us = to_us(THURSDAY) + MINUTE
	tick(world)
	assert len(texts(world)) == 1
	assert ("Skipped", "skipped: too late for it") in visit.told()


def test_nothing_is_said_about_what_is_gone_or_anothers(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	other = Visit(world, visit.thread, "APP-2")
	other.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	visit.delete()
	other.hand_to(world.customer(SARAH, phone="+15553200999", email=""))
	pass_time(world, at("2025-05-16 12:00"), timedelta(hours=1))
	assert len(texts(world)) == 2
	assert ("Ended", "ended: the document is not there any more") in visit.told()
	assert ("Ended", "ended: the document is another customer's now") in other.told()


def test_another_zone_moves_what_waits(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	user = visit.thread["party"] or ""
	chosen = {"timezone": "America/Los_Angeles"}
	world.do(lambda: save_wishes(world.ports, visit.thread, user, chosen, "Page"))
	go(world, "2025-05-14 09:00")
	assert len(texts(world)) == 1
	go(world, "2025-05-14 09:00", "America/Los_Angeles")
	assert texts(world)[1:] == ["Reminder: Thu May 15, 7:00am. Reply YES to confirm."]


def test_at_night_it_waits_and_is_told_as_it_is_then(world: World, visit: Visit) -> None:
	world.clock.us = to_us(at("2025-05-12 22:00"))
	visit.schedule(THURSDAY)
	pass_time(world, at("2025-05-12 23:00"))
	assert texts(world) == []
	assert ("Waiting", "held: quiet hours until 8:00am in New York") in visit.told()
	visit.change(scheduled_time=at("2025-05-16 11:00").replace(tzinfo=None))
	go(world, "2025-05-13 08:00")
	assert texts(world) == ["Hi Sarah, see you Fri May 16, 11:00am."]


def test_the_crew_is_on_its_way_once_at_any_time(world: World, visit: Visit) -> None:
	automation = automations.get(world.database, automate(world, **ON_THE_WAY))
	assert automation
	world.clock.us = to_us(at("2025-05-12 23:00"))
	for _press in range(2):
		world.do(lambda: send_by_hand(world.ports, visit.thread, automation, None, 25, CLIENT))
	tick(world)
	tick(world)
	assert texts(world) == ["We are on our way: 25 minutes."]


def test_what_was_held_up_is_not_sent_once_it_is_not_true(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	world.clock.us = to_us(at("2025-05-14 09:00"))
	for row in due_messages(world.ports):
		world.do(partial(send_due, world.ports, row))
	[name] = deliver.due_deliveries(world.ports)
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed
	world.do(lambda: deliver.record_delivery(world.ports, claimed, GatewayError("busy")))
	visit.change(status="Closed")
	world.clock.us += HOUR
	tick(world)
	assert texts(world) == [FIRST]
	[delivery] = world.database.select(
		"SELECT reason FROM `tabThread Delivery` WHERE name = %(n)s", {"n": name}
	)
	assert delivery["reason"] == "ended: its condition does not hold"


def test_an_address_that_moved_moves_what_waits(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	world.clock.us = to_us(at("2025-05-13 12:00"))
	assert list(threads_elsewhere(world.ports)) == []
	party = visit.party
	world.parties.known[party] = replace(world.parties.known[party], timezone="America/Denver")
	[name] = threads_elsewhere(world.ports)
	world.do(lambda: plan_thread(world.ports, name))
	assert list(threads_elsewhere(world.ports)) == []
	go(world, "2025-05-14 10:59")
	assert len(texts(world)) == 1
	go(world, "2025-05-14 09:00", "America/Denver")
	assert texts(world)[1:] == ["Reminder: Thu May 15, 8:00am. Reply YES to confirm."]


def test_a_move_told_along_with_the_first_message_is_new_for_a_day(world: World, visit: Visit) -> None:
	world.clock.us = to_us(at("2025-05-12 14:00"))
	visit.schedule(THURSDAY)
	# the worker sleeps from now on, and the next day it is moved
	world.clock.us = to_us(at("2025-05-13 10:00"))
	visit.move(at("2025-05-16 11:00"))
	go(world, "2025-05-13 18:00")
	assert texts(world) == ["Hi Sarah, see you Fri May 16, 11:00am."]
