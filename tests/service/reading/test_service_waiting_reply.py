"""What stands under a reply that nobody brings on its way."""

import pytest
from support.world import World

from customer_thread.domain.delivery_states import LATE
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.reading.read_timeline import Query, read_timeline

CLIENT = "0b5d0f0e-3f0e-4b6e-9a51-6b1f3a1d2c40"


@pytest.mark.parametrize(("later", "state", "words"), [(0, "sending", "Sending…"), (1, "sent", "Received")])
def test_it_says_sending_only_so_long_where_no_worker_runs(
	world: World, later: int, state: str, words: str
) -> None:
	thread = world.customer()["name"]
	world.do(lambda: reply(world.ports, thread, "Hello?", CLIENT))
	world.clock.move(LATE + later)
	[entry] = read_timeline(world.ports, thread, Query(), html=True)["entries"]
	assert entry["state"] == state
	assert words in str(dict(entry)["html"])
