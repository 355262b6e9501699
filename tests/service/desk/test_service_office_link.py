"""A link that the office hands over itself."""

from dataclasses import replace

import pytest
from support.persons import BOB, SARAH
from support.world import World

from customer_thread.domain.errors import Conflict, NotAllowed
from customer_thread.domain.model import Party
from customer_thread.domain.sign_in import hash_of
from customer_thread.domain.times import DAY, iso
from customer_thread.service.desk.office_link import office_link
from customer_thread.service.ports import PortalReader
from customer_thread.store import sign_ins


@pytest.fixture(autouse=True)
def ready(world: World) -> None:
	world.set(public_url="https://portal.example.com")


def test_it_is_the_customers_and_says_who_made_it(world: World) -> None:
	thread = world.customer(phone="", email="")
	view = world.do(lambda: office_link(world.ports, thread, "mike@example.com"))

	before, _hash, token = view["link"].partition("#")
	assert before == "https://portal.example.com/messages/in"
	assert view["expires_at"] == iso(world.clock.now_us() + 7 * DAY)
	kept = sign_ins.by_hash(world.database, hash_of(token))
	assert kept
	assert (kept["user"], kept["thread"], kept["purpose"], kept["made_by"], kept["address"]) == (
		thread["party"],
		thread["name"],
		"Office",
		"mike@example.com",
		"",
	)


@pytest.mark.parametrize("settings", [{"public_url": ""}, {"sign_in_links": False}, {"sign_in_link_days": 0}])
def test_it_is_none_where_links_are_off(world: World, settings: dict[str, object]) -> None:
	thread = world.customer()
	world.set(**settings)
	with pytest.raises(Conflict):
		office_link(world.ports, thread, None)


def test_it_opens_nobody_elses_thread_to_whoever_may_not_see_it(
	world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
	homes, rentals = world.customer(SARAH), world.customer(BOB)
	both = [Party("Customer", thread["party"] or "") for thread in (homes, rentals)]
	monkeypatch.setattr(world.parties, "invitee", lambda party, emails: PortalReader("pat@example.com"))
	monkeypatch.setattr(world.parties, "parties_of", lambda user: both)
	narrow = replace(world.ports, visible=lambda: f"`tabCustomer Thread`.`name` = '{homes['name']}'")

	with pytest.raises(NotAllowed, match="whom you may not see"):
		world.do(lambda: office_link(narrow, homes, None))
	assert sign_ins.of_thread(world.database, homes["name"]) == []
	assert world.do(lambda: office_link(world.ports, homes, None))["link"]
