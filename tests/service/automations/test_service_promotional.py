"""What is promotional keeps to the business's hours, comes once a day, and says once a month how to get no more."""

from datetime import timedelta

import pytest
from support.automated import Visit, at, automate, pass_time, tick
from support.notified import PUBLIC, say, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.times import to_us
from customer_thread.store.rows import ThreadRow

NOON = at("2025-05-12 12:00")
STOP = "Reply STOP to opt out."
FOLLOW_UP = {
	"title": "Follow-up",
	"moment": "After Event",
	"after_event": "Appointment scheduled",
	"offset_minutes": 60,
	"promotional": 1,
	"valid_minutes": 4000,
	"text": "How did it turn out?",
}


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return the thread of one with a phone alone, of a business that writes such things from nine to five."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.set(window_start="09:00", window_end="17:00")
	world.clock.us = to_us(NOON)
	automate(world, **FOLLOW_UP)
	return world.customer(SARAH, email="")


def test_one_a_day_and_the_way_out_once_a_month(world: World, sarah: ThreadRow) -> None:
	first, second = Visit(world, sarah, "APP-1"), Visit(world, sarah, "APP-2")
	first.schedule(NOON)
	second.schedule(NOON)
	pass_time(world, NOON + timedelta(hours=2), timedelta(minutes=10))
	assert texts(world) == [f"How did it turn out? {STOP}"]
	assert ("Waiting", "held: one such message a day, the next from 9:00am in New York") in [
		*first.told(),
		*second.told(),
	]
	world.clock.us = to_us(at("2025-05-13 08:59"))
	tick(world)
	assert len(texts(world)) == 1
	world.clock.us = to_us(at("2025-05-13 09:00"))
	tick(world)
	assert texts(world)[1:] == ["How did it turn out?"]
	world.clock.us = to_us(at("2025-06-20 12:00"))
	Visit(world, sarah, "APP-3").schedule(NOON)
	pass_time(world, at("2025-06-20 14:00"), timedelta(minutes=10))
	assert texts(world)[2:] == [f"How did it turn out? {STOP}"]


def test_what_a_person_sends_counts_too(world: World, sarah: ThreadRow) -> None:
	say(world, sarah, "Ten percent off gutters this week", "sms", promotional=True)
	say(world, sarah, "And on roofs", "sms", promotional=True)
	say(world, sarah, "And on decks", "sms", promotional=True)
	tick(world)
	assert texts(world) == ["Ten percent off gutters this week"]
	world.clock.us = to_us(at("2025-05-13 09:00"))
	tick(world)
	assert texts(world)[1:] == ["And on roofs"]
	world.clock.us = to_us(at("2025-05-14 09:00"))
	tick(world)
	assert texts(world)[2:] == ["And on decks"]
