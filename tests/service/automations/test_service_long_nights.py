"""Quiet hours that are longer than what is soon: she is told before it takes place, or not at all."""

from datetime import datetime

import pytest
from support.automated import CANCELLED, RESCHEDULED, SCHEDULED, Visit, at, automate, pass_time, tick
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.times import to_us
from customer_thread.service.notices.preferences import save_wishes

NOON = at("2025-05-14 12:00")
DUSK = at("2025-05-14 18:30")
#: an hour before her quiet hours end, thirteen and a half after dusk
EARLY = at("2025-05-15 08:00")
BEGINS = {"valid_until_field": "scheduled_time"}


@pytest.fixture
def visit(world: World) -> Visit:
	"""Return an appointment of one who is asleep from six to nine, and knows of it."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(NOON)
	automate(world, **SCHEDULED)
	automate(world, **RESCHEDULED, **BEGINS)
	automate(world, **CANCELLED, **BEGINS)
	sarah = world.customer(SARAH, email="")
	night = {"quiet": "On", "quiet_start": "18:00", "quiet_end": "09:00"}
	world.do(lambda: save_wishes(world.ports, sarah, sarah["party"] or "", night, "Page"))
	return Visit(world, sarah)


def told(world: World, visit: Visit, when: datetime) -> None:
	"""Let her be told of it at noon, and let it be dusk."""
	visit.schedule(when)
	pass_time(world, at("2025-05-14 12:03"))
	assert len(texts(world)) == 1
	world.clock.us = to_us(DUSK)


def test_called_off_at_dusk_it_is_told_before_it_would_begin(world: World, visit: Visit) -> None:
	told(world, visit, EARLY)
	visit.cancel()
	pass_time(world, at("2025-05-14 18:33"))
	assert texts(world)[1:] == ["Your visit Thu May 15, 8:00am is cancelled."]
	pass_time(world, at("2025-05-15 09:30"), step=EARLY - DUSK)
	assert len(texts(world)) == 2


def test_moved_at_dusk_it_is_told_before_the_time_that_she_was_told(world: World, visit: Visit) -> None:
	told(world, visit, EARLY)
	visit.move(at("2025-05-22 08:00"))
	pass_time(world, at("2025-05-14 18:33"))
	assert texts(world)[1:] == ["Your visit moved: Thu May 22, 8:00am."]


@pytest.mark.parametrize("begins", ["2025-05-15 09:01", "2025-05-22 08:00"])
def test_what_begins_once_her_night_has_ended_waits_for_that(world: World, visit: Visit, begins: str) -> None:
	told(world, visit, at(begins))
	visit.cancel()
	pass_time(world, at("2025-05-14 18:40"))
	assert len(texts(world)) == 1
	assert visit.told()[-1] == ("Waiting", "held: quiet hours until 9:00am in New York")
	world.clock.us = to_us(at("2025-05-15 09:00"))
	tick(world)
	assert len(texts(world)) == 2


def test_what_is_not_urgent_on_any_day_is_skipped_as_it_would_be_too_late(world: World, visit: Visit) -> None:
	fields = {**CANCELLED, **BEGINS, "title": "Called off", "soon_field": "", "text": "Called off."}
	automate(world, **fields)
	told(world, visit, EARLY)
	visit.cancel()
	pass_time(world, at("2025-05-14 18:33"))
	assert "Called off." not in texts(world)
	late = "skipped: too late for it · held: quiet hours until 9:00am in New York"
	assert ("Skipped", late) in visit.told()


def test_a_day_without_a_time_ends_with_itself(world: World, visit: Visit) -> None:
	told(world, visit, at("2025-05-15 00:00"))
	visit.change(all_day=1)
	visit.cancel()
	pass_time(world, at("2025-05-14 18:40"))
	assert len(texts(world)) == 1
	# some time on Thursday: in the morning it is told in time
	world.clock.us = to_us(at("2025-05-15 09:00"))
	tick(world)
	assert texts(world)[1:] == ["Your visit Thu May 15, 12:00am is cancelled."]
