"""What every Presence port promises."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from support.clock import FixedClock
from support.site import IN_SITE

from customer_thread.domain.limits import PRESENCE_SECONDS, PRESENT_READERS, PRESENT_SECONDS
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Presence
from customer_thread.standalone.presence import MemoryPresence


@pytest.fixture(params=["site"] if IN_SITE else ["memory"])
def presence(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Presence]:
	"""Return each Presence port."""
	if request.param == "memory":
		yield MemoryPresence(FixedClock())
		return
	from support.site_ports import site_presence

	with site_presence() as made:
		yield made


def test_it_knows_who_is_there_and_where(presence: Presence) -> None:
	thread, sarah = uuid4().hex, "sarah@example.com"
	assert not presence.is_present(thread, sarah)
	for _again in range(2):
		presence.note(thread, sarah)
		assert presence.is_present(thread, sarah)
	assert not presence.is_present(thread, "bob@example.com")
	assert not presence.is_present(uuid4().hex, sarah)


def test_it_knows_who_has_left(presence: Presence) -> None:
	thread = uuid4().hex
	for _again in range(2):
		presence.note(thread, "sarah")
		presence.note(thread, "bob")
		presence.leave(thread, "sarah")
		presence.leave(thread, "nobody")
		assert not presence.is_present(thread, "sarah")
		assert presence.is_present(thread, "bob")


def test_it_forgets_after_two_minutes_whoever_is_not_noted_again() -> None:
	clock = FixedClock()
	presence = MemoryPresence(clock)
	presence.note("t", "sarah")
	clock.move((PRESENT_SECONDS - 1) * SECOND)
	assert presence.is_present("t", "sarah")
	clock.move(SECOND)
	assert not presence.is_present("t", "sarah")
	presence.note("t", "sarah")
	clock.move(PRESENCE_SECONDS * SECOND)
	presence.note("t", "sarah")
	clock.move((PRESENT_SECONDS - 1) * SECOND)
	assert presence.is_present("t", "sarah")


def test_it_writes_once_in_half_a_minute() -> None:
	clock = FixedClock()
	presence = MemoryPresence(clock)
	presence.note("t", "sarah")
	clock.move((PRESENCE_SECONDS - 1) * SECOND)
	presence.note("t", "sarah")
	clock.move((PRESENT_SECONDS - PRESENCE_SECONDS + 1) * SECOND)
	assert not presence.is_present("t", "sarah")


def test_it_holds_so_many_and_no_more() -> None:
	presence = MemoryPresence(FixedClock())
	for number in range(PRESENT_READERS + 1):
		presence.note("t", str(number))
	assert not presence.is_present("t", "0")
	assert presence.is_present("t", "1")
	assert presence.is_present("t", str(PRESENT_READERS))
