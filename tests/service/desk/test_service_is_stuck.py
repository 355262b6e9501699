"""Staff are told when nothing works in the background."""

from support.persons import SARAH
from support.world import World

from customer_thread.domain.times import MINUTE
from customer_thread.service.desk.is_stuck import is_stuck
from customer_thread.service.outgoing.send_message import send_message


def test_what_nobody_takes_for_ten_minutes_is_stuck(world: World) -> None:
	thread = world.customer(SARAH)
	assert not is_stuck(world.ports)
	world.do(lambda: send_message(world.ports, thread, "The deck is done.", channel="sms"))
	assert not is_stuck(world.ports)
	world.clock.move(11 * MINUTE)
	assert is_stuck(world.ports)
