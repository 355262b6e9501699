"""What is moved or called off on its own day is told at once, at night as well."""

from datetime import timedelta

import pytest
from support.automated import (
	CANCELLED,
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

from customer_thread.domain.times import to_us

NOON = at("2025-05-12 12:00")
#: half an hour after her quiet hours end
THURSDAY = at("2025-05-15 08:30")
EARLY = at("2025-05-15 06:30")


@pytest.fixture
def visit(world: World) -> Visit:
	"""Return an appointment of which its customer was told, and reminded, at half past six on its day."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(NOON)
	for fields in (SCHEDULED, REMINDER, RESCHEDULED, CANCELLED):
		automate(world, **fields)
	made = Visit(world, world.customer(SARAH, email=""))
	made.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	world.clock.us = to_us(at("2025-05-14 09:00"))
	tick(world)
	world.clock.us = to_us(EARLY)
	tick(world)
	assert len(texts(world)) == 2
	return made


def test_called_off_it_is_told_at_once(world: World, visit: Visit) -> None:
	visit.cancel()
	tick(world)
	assert texts(world)[2:] == ["Your visit Thu May 15, 8:30am is cancelled."]


def test_moved_within_the_day_it_is_told_at_once(world: World, visit: Visit) -> None:
	visit.move(at("2025-05-15 15:00"))
	tick(world)
	assert texts(world)[2:] == ["Your visit moved: Thu May 15, 3:00pm."]


def test_moved_to_another_week_she_who_waits_for_it_is_told_at_once(world: World, visit: Visit) -> None:
	visit.move(at("2025-05-22 08:30"))
	tick(world)
	assert texts(world)[2:] == ["Your visit moved: Thu May 22, 8:30am."]
	# told of that, she does not wait any more
	visit.move(at("2025-05-23 08:30"))
	pass_time(world, EARLY + timedelta(minutes=20))
	assert len(texts(world)) == 3
	world.clock.us = to_us(at("2025-05-15 08:00"))
	tick(world)
	assert texts(world)[3:] == ["Your visit moved: Fri May 23, 8:30am."]


def test_what_is_a_week_away_waits_for_the_morning(world: World, visit: Visit) -> None:
	visit.move(at("2025-05-22 08:30"))
	tick(world)
	world.clock.us = to_us(at("2025-05-15 23:00"))
	visit.cancel()
	pass_time(world, at("2025-05-16 07:59"), timedelta(minutes=10))
	assert len(texts(world)) == 3
	world.clock.us = to_us(at("2025-05-16 08:00"))
	tick(world)
	assert texts(world)[3:] == ["Your visit Thu May 22, 8:30am is cancelled."]
