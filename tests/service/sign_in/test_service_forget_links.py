"""Links and requests for them are forgotten once nobody asks about them any more, and not before."""

from support.world import World

from customer_thread.domain.limits import FORGOTTEN_AT_ONCE, LINK_REQUESTS_KEPT_DAYS, LINKS_KEPT_DAYS
from customer_thread.domain.times import DAY, SECOND
from customer_thread.service.portal.ask_for_link import ask_for_link
from customer_thread.service.sign_in.forget_links import forget_links
from customer_thread.service.sign_in.make_link import make_link
from customer_thread.store.rows import ThreadRow

#: a link's own life, as the settings have it
LIFE = 7 * DAY


def set_up(world: World) -> ThreadRow:
	world.set(public_url="https://mikes.example", mail_from="office@mikes.example")
	return world.customer()


def count(world: World, table: str) -> int:
	return int(world.database.select(f"SELECT COUNT(*) AS n FROM `tab{table}`")[0]["n"])


def test_a_link_is_forgotten_long_after_it_has_ended(world: World) -> None:
	thread = set_up(world)
	world.do(lambda: make_link(world.ports, thread, "sarah", "Office", address="", entry=0, made_by=None))
	world.clock.move(LIFE + LINKS_KEPT_DAYS * DAY - SECOND)
	assert not world.do(lambda: forget_links(world.ports))
	assert count(world, "Thread Sign In") == 1
	world.clock.move(SECOND)
	assert not world.do(lambda: forget_links(world.ports))
	assert count(world, "Thread Sign In") == 0


def test_who_asked_is_forgotten_sooner(world: World) -> None:
	set_up(world)
	world.do(lambda: ask_for_link(world.ports, "somebody@else.example", "192.0.2.1"))
	world.clock.move(LINK_REQUESTS_KEPT_DAYS * DAY - SECOND)
	world.do(lambda: forget_links(world.ports))
	assert count(world, "Thread Delivery") == 1
	world.clock.move(SECOND)
	world.do(lambda: forget_links(world.ports))
	assert count(world, "Thread Delivery") == 0


def test_so_many_at_a_time(world: World) -> None:
	thread = set_up(world)
	for _link in range(FORGOTTEN_AT_ONCE + 1):
		world.do(lambda: make_link(world.ports, thread, "sarah", "Office", address="", entry=0, made_by=None))
	world.clock.move(LIFE + LINKS_KEPT_DAYS * DAY)
	assert world.do(lambda: forget_links(world.ports))
	assert count(world, "Thread Sign In") == 1
	assert not world.do(lambda: forget_links(world.ports))
