"""Several schedulers at the same rows, and some that die at them: each message is written once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from support.automated import REMINDER, SCHEDULED, Visit, at, automate, tick
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.times import to_us
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.automations.send_by_hand import send_by_hand
from customer_thread.service.automations.send_due import due_messages, send_due
from customer_thread.store import automations, threads
from customer_thread.store.scheduled_rows import ScheduledMessageRow

NOON = at("2025-05-12 12:00")
THURSDAY = at("2025-05-15 10:00")
SCHEDULERS = 3


@pytest.fixture
def visits(world: World) -> list[Visit]:
	"""Return appointments whose first message is due."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(NOON)
	for fields in (SCHEDULED, REMINDER):
		automate(world, **fields)
	sarah = world.customer(SARAH, email="")
	other = world.customer(SARAH, phone="+15553200999", email="")
	made = [Visit(world, thread, f"APP-{number}") for number, thread in enumerate((sarah, other) * 2)]
	for visit in made:
		visit.schedule(THURSDAY)
	world.clock.us = to_us(NOON + timedelta(minutes=3))
	return made


def automated(world: World) -> int:
	"""Return how many messages the system has written."""
	return len(world.database.select("SELECT name FROM `tabThread Entry` WHERE author = 'Automated'"))


def test_three_at_once_write_each_once(world: World, visits: list[Visit]) -> None:
	begin = threading.Barrier(SCHEDULERS)

	def schedule() -> int:
		rows = list(due_messages(world.ports))
		begin.wait()
		for row in rows:
			world.do(partial(send_due, world.ports, row))
		return len(rows)

	with ThreadPoolExecutor(SCHEDULERS) as pool:
		seen = [job.result() for job in [pool.submit(schedule) for _number in range(SCHEDULERS)]]
	# each had them all before it
	assert seen == [len(visits)] * SCHEDULERS
	assert automated(world) == len(visits)
	assert {row["state"] for visit in visits for row in visit.messages} == {"Sent", "Waiting"}
	tick(world)
	# to her phone those about her own
	assert len(texts(world)) == len(visits) // 2


def test_one_that_dies_leaves_it_to_the_next(world: World, visits: list[Visit]) -> None:
	class Died(Exception):
		"""The process is gone."""

	def die_at(row: ScheduledMessageRow) -> None:
		with world.database.transaction():
			send_due(world.ports, row)
			raise Died

	rows = list(due_messages(world.ports))
	for row in rows:
		with pytest.raises(Died):
			die_at(row)
	assert automated(world) == 0
	assert [row["state"] for row in due_messages(world.ports)] == ["Waiting"] * len(visits)
	tick(world)
	# to her phone those about her own
	assert len(texts(world)) == len(visits) // 2


def test_planned_by_many_at_once_it_is_one_row(world: World, visits: list[Visit]) -> None:
	[visit, *_others] = visits
	moved = (THURSDAY + timedelta(days=1)).replace(tzinfo=None)
	known = world.documents.of_now[visit.reference]
	world.documents.of_now[visit.reference] = type(known)(
		{**known.document, "scheduled_time": moved}, known.parties, known.zone
	)
	begin = threading.Barrier(SCHEDULERS)

	def plan() -> None:
		begin.wait()
		world.do(lambda: plan_document(world.ports, visit.reference))

	with ThreadPoolExecutor(SCHEDULERS) as pool:
		for job in [pool.submit(plan) for _number in range(SCHEDULERS)]:
			job.result()
	waiting = [row for row in visit.messages if row["state"] == "Waiting"]
	assert sorted(row["occurrence"] == str(moved) for row in waiting) == [False, True]
	assert len(visit.messages) == 3


def test_pressed_by_two_at_once_it_is_one_message(world: World, visits: list[Visit]) -> None:
	[visit, *_others] = visits
	name = automate(
		world,
		title="On the way",
		moment="By Hand",
		urgent=1,
		valid_minutes=15,
		text="On our way: {{ minutes }}.",
	)
	automation = automations.get(world.database, name)
	assert automation
	client = "0b5d0f0e-3f0e-4b6e-9a51-0123456789ab"
	begin = threading.Barrier(SCHEDULERS)

	def press() -> bool:
		begin.wait()
		return world.do(
			lambda: send_by_hand(world.ports, visit.thread, automation, visit.reference, 20, client)
		)

	with ThreadPoolExecutor(SCHEDULERS) as pool:
		were_new = [job.result() for job in [pool.submit(press) for _number in range(SCHEDULERS)]]
	assert sorted(were_new) == [False, False, True]
	tick(world)
	assert texts(world).count("On our way: 20.") == 1


def test_what_is_sent_holds_one_thread_while_another_is_planned(world: World, visits: list[Visit]) -> None:
	"""Both customers have the appointment: planned in order, while a message in the second thread leaves."""
	first, second = sorted(visits[:2], key=lambda visit: visit.thread["name"])
	second.reference = first.reference
	second.count = 10
	first.parties = second.parties = first.parties | second.parties
	first.move(THURSDAY + timedelta(hours=1))
	second.move(THURSDAY + timedelta(hours=1))
	rows = [row for row in second.messages if row["state"] == "Waiting"]
	known = world.documents.of_now[first.reference]
	moved = {**known.document, "scheduled_time": (THURSDAY + timedelta(hours=2)).replace(tzinfo=None)}
	world.documents.of_now[first.reference] = type(known)(moved, known.parties, known.zone)
	world.clock.us = to_us(at("2025-05-14 09:00"))
	holds, plans = threading.Event(), threading.Event()

	def plan() -> None:
		with world.database.transaction():
			threads.lock(world.database, first.thread["name"])
			holds.set()
			plans.wait(0.5)
			plan_document(world.ports, first.reference)

	def send() -> None:
		holds.wait()
		with world.database.transaction():
			threads.lock(world.database, second.thread["name"])
			plans.set()
			for row in rows:
				send_due(world.ports, row)

	with ThreadPoolExecutor(2) as pool:
		for job in [pool.submit(plan), pool.submit(send)]:
			job.result()
	assert [row["state"] for row in second.messages if row["occurrence"] == str(moved["scheduled_time"])]
