"""Who sees what was not received."""

from dataclasses import replace

from support.persons import STRANGER
from support.world import World

from customer_thread.domain.inbound import RefusedMessage
from customer_thread.service.desk.read_refused import read_refused
from customer_thread.service.incoming.receive_message import receive_message


def test_it_shows_none_to_who_may_not_see_every_customer(world: World) -> None:
	came = RefusedMessage(f"whatsapp:{STRANGER.phone}", "It is no text.", world.ports.clock.now_us())
	with world.database.transaction():
		receive_message(world.ports, came)

	[shown] = read_refused(world.ports)["refused"]
	assert shown["address"] == came.sender
	restricted = replace(world.ports, visible=lambda: "1 = 0")
	assert read_refused(restricted)["refused"] == []
