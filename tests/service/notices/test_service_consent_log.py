"""What a number texts, STOP or START, is written down where it is known."""

from functools import partial

from support.persons import SARAH
from support.world import World

from customer_thread.domain.model import Consent
from customer_thread.service.outgoing.note_consent import note_consent
from customer_thread.store import preferences


def _note(world: World, state: Consent) -> None:
	world.clock.move(1)
	world.do(partial(note_consent, world.ports, "SMS", SARAH.phone, state, world.clock.now_us(), "said so"))


def test_it_writes_down_stop_and_start_once_each(world: World) -> None:
	sarah, tom = world.customer(SARAH), world.customer(SARAH)
	for state in ("Opted Out", "Opted Out", "Allowed", "Allowed"):
		_note(world, state)
	for thread in (sarah, tom):
		assert [
			(row["user"], row["field"], row["old"], row["new"], row["way"], row["changed_by"])
			for row in preferences.changes(world.database, thread["name"])
		] == [
			(None, "consent", "", "Opted Out", "STOP", SARAH.phone),
			(None, "consent", "Opted Out", "Allowed", "STOP", SARAH.phone),
		]


def test_it_writes_down_nothing_that_nobody_said(world: World) -> None:
	sarah = world.customer(SARAH)
	_note(world, "Not Textable")
	assert preferences.changes(world.database, sarah["name"]) == []


def test_it_writes_down_nothing_that_is_older_than_what_holds(world: World) -> None:
	sarah = world.customer(SARAH)
	_note(world, "Opted Out")
	early = world.clock.now_us() - 10
	world.do(partial(note_consent, world.ports, "SMS", SARAH.phone, "Allowed", early, "said so"))
	[row] = preferences.changes(world.database, sarah["name"])
	assert row["new"] == "Opted Out"
