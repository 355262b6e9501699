"""Whom a link signs in that is sent to an address: who has it as their own, and those on whose file it is."""

import pytest
from support.persons import SARAH
from support.world import World

from customer_thread.domain.model import Address
from customer_thread.domain.sign_in import address_of
from customer_thread.service.sign_in.who import readers_at
from customer_thread.store.threads import party_of

OWN = address_of("sarah@lee.example")


@pytest.fixture
def sarah(world: World) -> str:
	thread = world.customer(SARAH, email="", phone="")
	party = party_of(thread)
	assert party
	world.parties.own_addresses[party] = OWN.value
	return thread["name"]


def test_an_address_that_is_a_users_own_and_on_no_file_leads_to_their_thread(
	world: World, sarah: str
) -> None:
	[found] = world.do(lambda: readers_at(world.ports, OWN))
	assert (found.thread, found.name) == (sarah, SARAH.name)


def test_one_that_is_on_their_file_too_is_found_once(world: World) -> None:
	thread = world.customer(SARAH, email=OWN.value, phone="")
	party = party_of(thread)
	assert party
	world.parties.own_addresses[party] = OWN.value
	assert [reader.thread for reader in world.do(lambda: readers_at(world.ports, OWN))] == [thread["name"]]


@pytest.mark.parametrize("address", [address_of("someone@else.example"), Address("Phone", SARAH.phone)])
def test_another_is_nobodys(world: World, sarah: str, address: Address) -> None:
	assert sarah
	assert world.do(lambda: readers_at(world.ports, address)) == []
