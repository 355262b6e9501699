"""Whom a link signs in that is sent to an address: who has it as their own, and those on whose file it is."""

import pytest
from support.persons import BOB, SARAH
from support.world import KnownParties, World

from customer_thread.domain.model import Address, Party
from customer_thread.domain.sign_in import address_of, hash_of
from customer_thread.service.sign_in.make_link import new_token
from customer_thread.service.sign_in.revoke_links import revoke_links
from customer_thread.service.sign_in.who import readers_at
from customer_thread.store import sign_ins, threads
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


def test_a_user_of_several_customers_is_led_to_the_one_that_has_the_address(
	world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
	first, second = world.customer(BOB, email="", phone=""), world.customer(SARAH, email=OWN.value, phone="")
	parties = [party for party in map(party_of, (first, second)) if party]
	user = parties[1].party
	world.parties.own_addresses[parties[1]] = OWN.value
	monkeypatch.setattr(KnownParties, "parties_of", lambda _self, asked: parties if asked == user else [])

	[found] = world.do(lambda: readers_at(world.ports, OWN))

	assert (found.user, found.thread) == (user, second["name"])


def test_one_whose_customer_is_gone_is_led_to_another_of_theirs(
	world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
	gone, there = Party("Customer", "CUST-00000"), Party("Customer", "CUST-00001")
	thread = world.customer(SARAH, email="", phone="")
	assert party_of(thread) == there
	world.parties.own_addresses[there] = OWN.value
	known = [gone, there]
	monkeypatch.setattr(KnownParties, "parties_of", lambda _self, _user: known)

	assert [reader.thread for reader in world.do(lambda: readers_at(world.ports, OWN))] == [thread["name"]]
	known.remove(there)
	assert world.do(lambda: readers_at(world.ports, OWN)) == []


def test_one_who_was_never_here_has_a_thread_opened(world: World) -> None:
	party = Party("Customer", "CUST-00001")
	world.customer(SARAH, email="", phone="")
	world.do(lambda: threads.remove(world.database, threads.require_of(world.database, party)["name"]))
	world.parties.own_addresses[party] = OWN.value

	[found] = world.do(lambda: readers_at(world.ports, OWN))

	assert found.thread == threads.require_of(world.database, party)["name"]


def test_a_link_that_is_also_anothers_is_revoked_for_both(world: World) -> None:
	world.customer(BOB, email=OWN.value, phone="")
	thread = world.customer(SARAH, email="", phone="")
	party = party_of(thread)
	assert party
	world.parties.own_addresses[party] = OWN.value
	assert len(world.do(lambda: readers_at(world.ports, OWN))) == 2
	token = world.do(lambda: new_token(world.ports, "", "", "Asked For", address=OWN.value))

	assert world.do(lambda: revoke_links(world.ports, thread)) == 1
	link = sign_ins.by_hash(world.database, hash_of(token))
	assert link
	assert link["revoked_us"]
