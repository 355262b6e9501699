"""The page's own question says whether its reader is there."""

import pytest
from support.persons import SARAH
from support.world import World

from customer_thread.domain.limits import PRESENT_SECONDS
from customer_thread.domain.times import SECOND
from customer_thread.service.portal.portal_calls import PORTAL
from customer_thread.store.rows import ThreadRow


def _ask(world: World, user: str | None, **given: object) -> None:
	sarah = world.thread(world.customer(SARAH)["name"]) if not world.parties.known else _thread(world)
	PORTAL["timeline"].answer(world.ports, sarah, PORTAL["timeline"].params(given, user))


def _thread(world: World) -> ThreadRow:
	[row] = world.database.select("SELECT name FROM `tabCustomer Thread`")
	return world.thread(row["name"])


def test_it_notes_who_is_there_until_they_leave(world: World) -> None:
	_ask(world, "sarah", active="1")
	name = _thread(world)["name"]
	assert world.ports.presence.is_present(name, "sarah")
	assert not world.ports.presence.is_present(name, "tom")
	_ask(world, "sarah")
	assert world.ports.presence.is_present(name, "sarah")
	_ask(world, "sarah", active="0")
	assert not world.ports.presence.is_present(name, "sarah")


def test_it_forgets_a_tab_that_is_left_open_overnight(world: World) -> None:
	_ask(world, "sarah", active=1)
	for _poll in range(10):
		world.clock.move(PRESENT_SECONDS * SECOND // 5)
		_ask(world, "sarah")
	assert not world.ports.presence.is_present(_thread(world)["name"], "sarah")


@pytest.mark.parametrize("active", ["", "2", "yes", "true"])
def test_it_believes_no_other_word(world: World, active: str) -> None:
	_ask(world, "sarah", active=active)
	assert not world.ports.presence.is_present(_thread(world)["name"], "sarah")


def test_it_notes_nobody_where_nobody_is_known(world: World) -> None:
	_ask(world, None, active="1")
	assert not world.ports.presence.is_present(_thread(world)["name"], "")
