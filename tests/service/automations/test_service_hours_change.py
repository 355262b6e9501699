"""Quiet hours or the sending window are others than they were: what they hold is looked at again at once."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from support.automated import REMINDER, SCHEDULED, Visit, at, automate, pass_time, tick
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import KnownDocuments, World

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import MINUTE, to_us
from customer_thread.service.automations.look_at_held import held_messages, look_again_at, look_at_held
from customer_thread.service.automations.send_due import send_due
from customer_thread.service.notices.preferences import save_wishes

LATE = at("2025-05-12 22:00")
MORNING = at("2025-05-13 08:00")
THURSDAY = at("2025-05-15 10:00")
HELD = ("Waiting", "held: quiet hours until 8:00am in New York")


def choose(world: World, visit: Visit, **chosen: str) -> None:
	"""Let her choose on the page."""
	sarah = visit.thread
	world.do(lambda: save_wishes(world.ports, sarah, sarah["party"] or "", chosen, "Page"))


def set_hours(world: World, **settings: str) -> None:
	"""Let the office change its settings, as both hosts do."""
	world.set(**settings)
	for name in held_messages(world.ports):
		world.do(partial(look_again_at, world.ports, name))


@pytest.fixture
def visit(world: World) -> Visit:
	"""Return an appointment of which its customer is to learn in the morning, for it was made in the night."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(LATE)
	automate(world, **SCHEDULED)
	automate(world, **REMINDER)
	made = Visit(world, world.customer(SARAH, email=""))
	made.schedule(THURSDAY)
	pass_time(world, LATE + timedelta(minutes=5))
	assert HELD in made.told()
	assert texts(world) == []
	return made


@pytest.mark.parametrize("chosen", [{"quiet": "Off"}, {"quiet_start": "23:00"}, {"quiet_end": "22:05"}])
def test_her_quiet_hours_are_over_and_she_is_told_once(
	world: World, visit: Visit, chosen: Mapping[str, str]
) -> None:
	choose(world, visit, **chosen)
	tick(world)
	assert texts(world) == ["Hi Sarah, see you Thu May 15, 10:00am."]
	world.clock.us = to_us(MORNING)
	tick(world)
	assert len(texts(world)) == 1


@pytest.mark.parametrize(
	("chosen", "ends"),
	[("23:30", "2025-05-12 23:30"), ("10:00", "2025-05-13 10:00")],
)
def test_they_end_at_another_time_and_nothing_leaves_before(
	world: World, visit: Visit, chosen: str, ends: str
) -> None:
	end, [held] = at(ends), [row for row in visit.messages if row["reason"].startswith("held:")]
	choose(world, visit, quiet_end=chosen)
	tick(world)
	assert texts(world) == []
	[again] = [row for row in visit.messages if row["name"] == held["name"]]
	assert (again["due_us"], again["planned_us"]) == (to_us(end), held["planned_us"])
	world.clock.us = to_us(end) - MINUTE
	tick(world)
	assert texts(world) == []
	world.clock.us += MINUTE
	tick(world)
	assert len(texts(world)) == 1


def test_what_waits_for_its_time_or_for_quiet_waits_on(world: World, visit: Visit) -> None:
	choose(world, visit, quiet="Off")
	tick(world)
	visit.world.clock.us = to_us(at("2025-05-13 12:00"))
	other = Visit(world, visit.thread, "APP-2")
	other.schedule(THURSDAY)
	waiting = [(row["name"], row["due_us"]) for row in (*visit.messages, *other.messages)]
	choose(world, visit, quiet="On", quiet_start="20:00")
	assert [(row["name"], row["due_us"]) for row in (*visit.messages, *other.messages)] == waiting
	assert list(held_messages(world.ports)) == []


def test_the_business_has_other_quiet_hours(world: World, visit: Visit) -> None:
	set_hours(world, quiet_end="22:30")
	tick(world)
	assert texts(world) == []
	set_hours(world, quiet_start="", quiet_end="")
	tick(world)
	assert len(texts(world)) == 1
	assert "Sent" in [state for state, _reason in visit.told()]


def test_the_business_writes_at_other_hours(world: World, visit: Visit) -> None:
	follow_up = {"title": "Follow-up", "moment": "After Event", "after_event": "Visit done", "promotional": 1}
	automate(world, **follow_up, text="How did it turn out?", channel="SMS")
	choose(world, visit, quiet="Off")
	visit.finish()
	pass_time(world, LATE + timedelta(minutes=10))
	assert ("Waiting", "held: the business writes such things from 8:00am in New York") in visit.told()
	set_hours(world, window_end="23:00")
	tick(world)
	assert [text for text in texts(world) if "How did it turn out?" in text] == [
		"How did it turn out? Reply STOP to opt out."
	]


def test_what_a_worker_is_about_to_hold_by_the_hours_before_is_looked_at_again(
	world: World, visit: Visit
) -> None:
	other = Visit(world, visit.thread, "APP-2")
	other.schedule(THURSDAY)
	world.clock.us += 3 * MINUTE
	[due] = [row for row in other.messages if row["due_us"] <= world.clock.us]
	reads, chosen = threading.Event(), threading.Event()

	class Slow(KnownDocuments):
		"""Gives a document once she has had the time to choose."""

		def current(self, reference: Reference, names: frozenset[str] | None = None) -> DocumentNow | None:
			reads.set()
			chosen.wait(0.5)
			return world.documents.current(reference, names)

	def hold() -> None:
		world.do(partial(send_due, replace(world.ports, documents=Slow()), due))

	def choose_again() -> None:
		reads.wait()
		choose(world, visit, quiet="Off")
		chosen.set()

	with ThreadPoolExecutor(2) as pool:
		for job in [pool.submit(hold), pool.submit(choose_again)]:
			job.result()
	tick(world)
	assert len(texts(world)) == 2


def test_a_thread_in_which_nothing_is_held_wakes_nobody(world: World, visit: Visit) -> None:
	choose(world, visit, quiet="Off")
	tick(world)
	world.bell.rung.clear()
	world.do(lambda: look_at_held(world.ports, visit.thread["name"]))
	assert world.bell.rung == []
