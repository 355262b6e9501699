"""A document of two customers: whoever holds the thread of one waits for nobody who waits for them."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from support.automated import REMINDER, SCHEDULED, Visit, at, automate
from support.clock import FixedClock
from support.databases import KINDS, AnyDatabase, empty_database
from support.permits import DAY, FILED, LEE, PERMIT
from support.persons import BOB
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.cards.rules import Occasion
from customer_thread.domain.model import Party
from customer_thread.service.cards.make_cards import make_cards
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.desk.desk_calls import DESK
from customer_thread.service.ports import PartyInfo
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import threads


@pytest.fixture(params=KINDS[-1:])
def database(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[AnyDatabase]:
	"""Return an empty database with several writers at a time."""
	made = empty_database(request.param, tmp_path, clock)
	yield made
	made.close()


def _shared_visit(world: World) -> tuple[Visit, Visit]:
	"""Return one appointment of two customers, as each has it."""
	sarah, bob = world.customer(), world.customer(BOB)
	visits = Visit(world, sarah), Visit(world, bob)
	parties = frozenset(Party("Customer", thread["party"] or "") for thread in (sarah, bob))
	for visit in visits:
		visit.parties = parties
	visits[1].count = 9
	for visit in visits:
		visit.schedule(at("2025-05-20 10:00"))
	return visits


def _card(visit: Visit, number: int) -> NewEvent:
	return NewEvent(
		event_type="Appointment confirmed",
		title="Appointment confirmed",
		occurred_us=visit.world.clock.us,
		source_key=f"confirmed {number}",
		reference_doctype=visit.reference.doctype,
		reference_name=visit.reference.name,
	)


def _hold_and_record(visit: Visit, number: int, meeting: threading.Barrier) -> bool:
	"""Write a card as whoever answers a customer does, whose thread is held by then."""
	world, name = visit.world, visit.thread["name"]
	with world.database.transaction():
		held = threads.lock(world.database, name)
		assert held
		with suppress(threading.BrokenBarrierError):
			meeting.wait(5)
		return record_event(world.ports, held, _card(visit, number)).is_new


def test_two_customers_of_one_document_are_answered_at_once(world: World) -> None:
	automate(world, **SCHEDULED)
	automate(world, **REMINDER)
	visits = _shared_visit(world)
	for number in range(3):
		meeting = threading.Barrier(2)
		jobs = [partial(_hold_and_record, visit, number, meeting) for visit in visits]
		with ThreadPoolExecutor(2) as pool:
			assert [job.result() for job in [pool.submit(job) for job in jobs]] == [True, True]


def _report_both(world: World, permits: list[dict[str, object]], meeting: threading.Barrier) -> list[str]:
	occasions = [Occasion("Created", {**PERMIT, **permit}) for permit in permits]
	with world.database.transaction():
		with suppress(threading.BrokenBarrierError):
			meeting.wait(5)
		made = make_cards(world.ports, [FILED], occasions, timezone="America/New_York")
	assert made.new == len(permits)
	return made.faults


def test_two_transactions_about_the_same_two_customers_hold_them_in_one_order(world: World) -> None:
	for party in (LEE, DAY):
		world.parties.known[party] = PartyInfo(party.party)
		world.do(partial(open_thread, world.ports, party))
	for number in range(20):
		meeting = threading.Barrier(2)
		orders = (("Lee", "Day"), ("Day", "Lee"))
		with ThreadPoolExecutor(2) as pool:
			jobs = [
				pool.submit(
					_report_both,
					world,
					[{"name": f"P-{number}-{turn}-{one}", "customer": one} for one in order],
					meeting,
				)
				for turn, order in enumerate(orders)
			]
			assert [job.result() for job in jobs] == [[], []]


def test_two_offices_tell_of_one_document_at_once(world: World) -> None:
	automate(world, **SCHEDULED)
	visits, call = _shared_visit(world), DESK["record_event"]
	for number in range(10):
		meeting = threading.Barrier(2)

		def tell(visit: Visit, number: int = number, meeting: threading.Barrier = meeting) -> None:
			given = {
				"customer": visit.party.party,
				"event_type": "Crew named",
				"title": "Ann and Bob come",
				"source_key": f"crew {number}",
				"reference_doctype": visit.reference.doctype,
				"reference_name": visit.reference.name,
			}
			with world.database.transaction():
				with suppress(threading.BrokenBarrierError):
					meeting.wait(5)
				call.answer(world.ports, call.params(given))

		with ThreadPoolExecutor(2) as pool:
			for job in [pool.submit(tell, visit) for visit in visits]:
				job.result()
