"""Who asks for a link is counted by their network."""

from dataclasses import replace

import pytest
from support.world import World

from customer_thread.domain.limits import LINKS_ASKED_BY_SOURCE
from customer_thread.service.portal.ask_for_link import ask_for_link
from customer_thread.standalone.attempts import Attempts

MOST, _SECONDS = LINKS_ASKED_BY_SOURCE


def asked(world: World) -> int:
	[row] = world.database.select("SELECT COUNT(*) AS n FROM `tabThread Delivery` WHERE purpose = 'Sign In'")
	return int(row["n"])


@pytest.mark.parametrize(
	("sources", "taken"),
	[
		([f"2001:db8:1:2::{number:x}" for number in range(1, MOST + 6)], MOST),
		([f"2001:db8:1:{number:x}::1" for number in range(1, MOST + 6)], MOST + 5),
		([f"192.0.2.{number}" for number in range(1, MOST + 6)], MOST + 5),
		(["somewhere"] * (MOST + 5), MOST),
	],
)
def test_whoever_has_many_addresses_of_one_network_asks_as_one(
	world: World, sources: list[str], taken: int
) -> None:
	world.set(public_url="https://mikes.example")
	world.ports = replace(world.ports, within=Attempts().hit)
	for number, source in enumerate(sources):
		world.do(lambda: ask_for_link(world.ports, f"+1503555{number:04}", source))  # noqa: B023
	assert asked(world) == taken
