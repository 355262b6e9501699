"""A card that a message of its own tells pings nobody besides; where that message never leaves, the card does."""

from datetime import timedelta

import pytest
from support.automated import CANCELLED, RESCHEDULED, SCHEDULED, Visit, at, automate, pass_time, tick
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.times import to_us
from customer_thread.service.automations.plan_automation import look_again, waiting_messages
from customer_thread.store import automations

NOON = at("2025-05-12 12:00")
EVENING = at("2025-05-12 22:00")
MORNING = at("2025-05-13 08:30")
THURSDAY = at("2025-05-15 10:00")
FRIDAY = at("2025-05-16 10:00")
#: a text that no document can fill
EMPTY_WORDS = {**SCHEDULED, "text": "{{ doc.nothing.of.it }}"}


@pytest.fixture
def visit(world: World) -> Visit:
	"""Return an appointment yet to be made with one who has a phone alone, at noon."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(NOON)
	return Visit(world, world.customer(SARAH, email=""))


def notices(world: World) -> set[str]:
	"""Return what became of all notices by text, and why."""
	rows = world.database.select(
		"SELECT reason FROM `tabThread Delivery` WHERE purpose = 'Notice' AND COALESCE(channel, 'SMS') = 'SMS'"
	)
	return {row["reason"] for row in rows}


def test_nobody_is_pinged_by_the_card_as_well(world: World, visit: Visit) -> None:
	automate(world, **SCHEDULED)
	visit.schedule(THURSDAY)
	assert notices(world) in ({"held: is decided in a moment"}, {"held: a message of its own is to tell it"})
	pass_time(world, NOON + timedelta(minutes=10))
	assert notices(world) == {"skipped: a message of its own tells it"}
	assert texts(world) == ["Hi Sarah, see you Thu May 15, 10:00am."]


def test_over_the_night_the_card_waits_for_its_message(world: World, visit: Visit) -> None:
	automate(world, **SCHEDULED)
	world.clock.us = to_us(EVENING)
	visit.schedule(THURSDAY)
	pass_time(world, EVENING + timedelta(minutes=10))
	assert notices(world) == {"held: a message of its own is to tell it"}
	world.clock.us = to_us(at("2025-05-13 08:00"))
	tick(world)
	pass_time(world, MORNING)
	assert notices(world) == {"skipped: a message of its own tells it"}
	assert texts(world) == ["Hi Sarah, see you Thu May 15, 10:00am."]


def test_the_card_tells_it_where_the_message_cannot_be_worked_out(world: World, visit: Visit) -> None:
	automate(world, **EMPTY_WORDS)
	world.clock.us = to_us(EVENING)
	visit.schedule(THURSDAY)
	pass_time(world, EVENING + timedelta(minutes=10))
	world.clock.us = to_us(at("2025-05-13 08:00"))
	pass_time(world, MORNING)
	assert [state for state, _reason in visit.told()] == ["Skipped"]
	[text] = texts(world)
	assert "Appointment scheduled 1" in text


def test_the_card_tells_it_where_the_automation_is_switched_off_meanwhile(world: World, visit: Visit) -> None:
	name = automate(world, **SCHEDULED)
	world.clock.us = to_us(EVENING)
	visit.schedule(THURSDAY)
	pass_time(world, EVENING + timedelta(minutes=10))
	world.do(lambda: automations.switch(world.database, name, enabled=False, now_us=world.clock.us))
	for row in list(waiting_messages(world.ports, name)):
		world.do(lambda row=row: look_again(world.ports, row))  # type: ignore[misc]
	world.clock.us = to_us(at("2025-05-13 08:00"))
	pass_time(world, MORNING)
	[text] = texts(world)
	assert "Appointment scheduled 1" in text


def test_what_is_asked_days_later_tells_no_card(world: World, visit: Visit) -> None:
	automate(world, **{**SCHEDULED, "offset_minutes": 1440, "at_time": "10:00", "text": "Any questions?"})
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=10))
	[text] = texts(world)
	assert "Appointment scheduled 1" in text
	world.clock.us = to_us(at("2025-05-13 10:00"))
	tick(world)
	assert texts(world)[1:] == ["Any questions?"]


def test_a_move_that_the_first_message_was_to_tell_is_told_by_its_card(world: World, visit: Visit) -> None:
	for fields in (EMPTY_WORDS, RESCHEDULED):
		automate(world, **fields)
	world.clock.us = to_us(EVENING)
	visit.schedule(THURSDAY)
	pass_time(world, EVENING + timedelta(minutes=1))
	visit.move(FRIDAY)
	pass_time(world, EVENING + timedelta(minutes=10))
	world.clock.us = to_us(at("2025-05-13 08:00"))
	pass_time(world, MORNING)
	[text] = texts(world)
	assert "Appointment rescheduled 2" in text


def test_what_was_never_told_is_not_called_off_either(world: World, visit: Visit) -> None:
	for fields in (SCHEDULED, CANCELLED):
		automate(world, **fields)
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=1))
	visit.cancel()
	pass_time(world, NOON + timedelta(minutes=20))
	assert texts(world) == []
	assert notices(world) <= {
		"skipped: a message of its own tells it",
		"skipped: a later card says otherwise",
	}
