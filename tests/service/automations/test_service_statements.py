"""What the database is asked does not grow with what is there: a list is one question, an answer looks at the newest."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from support.automated import REMINDER, Visit, at, automate, tick
from support.clock import FixedClock
from support.notified import PUBLIC
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.schedule.agenda import Planned
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import MINUTE, to_us
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.automations.send_due import due_messages
from customer_thread.service.desk.read_automations import read_automations
from customer_thread.service.desk.read_scheduled import read_scheduled
from customer_thread.service.params import Params
from customer_thread.service.portal.calendar_address import (
	CALENDARS,
	post_calendar,
	read_calendar,
	read_calendar_page,
)
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.rows import ThreadRow

pytestmark = pytest.mark.embedded
VISIT = at("2025-05-14 14:00")


@pytest.fixture
def database(tmp_path: Path, clock: FixedClock) -> Iterator[SqliteDatabase]:
	"""Return an empty database that says what it is asked."""
	made = SqliteDatabase(tmp_path / "thread.db", clock)
	yield made
	made.close()


@contextmanager
def _asked(database: SqliteDatabase) -> Iterator[list[str]]:
	"""Yield what the database is asked inside."""
	said: list[str] = []
	database.connection.set_trace_callback(said.append)
	yield said
	database.connection.set_trace_callback(None)


def _reminded(world: World, many: int) -> ThreadRow:
	"""Return the thread of one who is to be reminded of so many visits."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(at("2025-05-12 12:00"))
	automate(world, **REMINDER)
	sarah = world.customer(SARAH)
	for number in range(many):
		visit = Visit(world, sarah, f"APP-{number}")
		visit.schedule(VISIT + timedelta(minutes=number))
		starts_us = to_us(VISIT) + number * MINUTE
		planned = Planned("Appointment", "Open", VISIT.date(), starts_us, reference=visit.reference)
		world.documents.known[visit.party, visit.reference] = planned
	return sarah


def _calendar(world: World, sarah: ThreadRow) -> str:
	"""Return the file at the address of a customer's calendar."""
	user = sarah["party"] or ""
	world.do(lambda: post_calendar(world.ports, sarah, Params({"calendar": "new"}, user)))
	return read_calendar_page(world.ports, sarah, user)["address"].removeprefix(f"{PUBLIC}{CALENDARS}")


def _write(world: World, sarah: ThreadRow, words: str) -> None:
	new = NewEntry("Message", "Customer", "SMS", words, world.clock.us, f"sms:{words}")
	world.do(partial(post_entry, world.ports, sarah["name"], new))


def _costs(world: World, database: SqliteDatabase, many: int) -> dict[str, int]:
	"""Return how much is asked by each verb where so many messages are planned, and were sent."""
	sarah, ports = _reminded(world, many), world.ports
	about, file = {"thread": sarah["name"]}, _calendar(world, sarah)
	first = Visit(world, sarah, "APP-0").reference
	reads: dict[str, Callable[[], object]] = {
		"scheduled": lambda: read_scheduled(ports, about, limit=100),
		"automations": lambda: read_automations(ports),
		"calendar": lambda: read_calendar(ports, file),
		"what is due": lambda: list(due_messages(ports)),
	}
	writes: dict[str, Callable[[], object]] = {
		"planning one": lambda: world.do(lambda: plan_document(ports, first)),
		"a yes": lambda: _write(world, sarah, "yes"),
		"a wish": lambda: _write(world, sarah, "I can't make it"),
	}
	found: dict[str, int] = {}
	world.clock.us = to_us(at("2025-05-13 09:00"))
	for name, verb in reads.items():
		with _asked(database) as said:
			verb()
		found[name] = len(said)
	tick(world)
	assert {message["state"] for message in read_scheduled(ports, about, limit=100)["messages"]} == {"Sent"}
	for name, verb in writes.items():
		with _asked(database) as said:
			verb()
		found[name] = len(said)
	return found


@pytest.mark.parametrize("many", [10, 100])
def test_it_asks_as_much_of_many_as_of_one(
	world: World, database: SqliteDatabase, clock: FixedClock, tmp_path: Path, many: int
) -> None:
	alone = World(SqliteDatabase(tmp_path / "one.db", clock), clock, tmp_path / "one")
	assert isinstance(alone.database, SqliteDatabase)
	one = _costs(alone, alone.database, 1)
	alone.database.close()
	alone.close()
	assert _costs(world, database, many) == one
	assert max(one.values()) < 40
