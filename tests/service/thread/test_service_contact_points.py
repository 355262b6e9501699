"""A document's addresses come and go; a lead's thread becomes the customer's."""

from support.clock import NOW
from support.persons import SARAH
from support.world import World

from customer_thread.domain.model import Address, Party
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.ports import PartyInfo
from customer_thread.service.thread.hand_over_thread import drop_empty_thread, hand_over_thread
from customer_thread.service.thread.open_thread import open_thread, open_unmatched
from customer_thread.service.thread.post_entry import post_entry
from customer_thread.service.thread.retitle_thread import retitle_thread
from customer_thread.service.thread.sync_contact_points import Synced, Wanted, sync_contact_points
from customer_thread.store import contact_points, entries, threads
from customer_thread.store.rows import ThreadRow

HOME, OFFICE = Address("Phone", SARAH.phone), Address("Phone", SARAH.work)
MAIL = Address("Email", SARAH.email)
LEE, DAY, LEAD = Party("Customer", "Lee"), Party("Customer", "Day"), Party("Lead", "LEAD-1")


def _known(world: World, *parties: Party) -> None:
	for party in parties:
		world.parties.known[party] = PartyInfo(f"{party.party} by name")


def _sync(world: World, wanted: Wanted, source: str = "Contact", name: str = "Lee") -> Synced:
	return world.do(lambda: sync_contact_points(world.ports, source, name, wanted))


def _of(world: World, party: Party) -> set[Address]:
	row = threads.of_party(world.database, party)
	return set(contact_points.of_thread(world.database, row["name"])) if row else set()


def _opened(world: World, party: Party) -> ThreadRow:
	return world.do(lambda: open_thread(world.ports, party))


def _say(world: World, thread: ThreadRow, text: str) -> None:
	entry = NewEntry("Message", "Customer", "SMS", text, NOW, f"text:{text.lower()}")
	world.do(lambda: post_entry(world.ports, thread["name"], entry))


def _said(world: World, thread: ThreadRow) -> list[str]:
	return [row["text"] for row in reversed(entries.older(world.database, thread["name"], 10))]


def test_it_adds_what_is_new_and_takes_away_what_is_gone(world: World) -> None:
	_known(world, LEE)
	assert _sync(world, {LEE: {HOME, MAIL}}) == Synced(2, 0)
	assert _sync(world, {LEE: {HOME, MAIL}}) == Synced(0, 0)
	assert _sync(world, {LEE: {OFFICE, MAIL}}) == Synced(1, 1)
	assert _of(world, LEE) == {OFFICE, MAIL}
	assert _sync(world, {}) == Synced(0, 2)


def test_it_leaves_alone_what_another_document_of_the_same_name_gives(world: World) -> None:
	_known(world, LEE)
	_sync(world, {LEE: {HOME}}, "Customer")
	assert _sync(world, {LEE: {HOME}}, "Contact") == Synced(1, 0)
	_sync(world, {}, "Customer")
	assert _of(world, LEE) == {HOME}


def test_it_moves_a_number_with_what_it_texts_from_then_on(world: World) -> None:
	_known(world, LEE, DAY)
	_sync(world, {LEE: {HOME}})
	assert _sync(world, {DAY: {HOME}}) == Synced(1, 1)
	assert (_of(world, LEE), _of(world, DAY)) == (set(), {HOME})


def test_it_opens_no_thread_for_nobody_and_for_nothing(world: World) -> None:
	_known(world, LEE)
	assert _sync(world, {LEE: set(), DAY: {HOME}}) == Synced(0, 0)
	assert threads.of_party(world.database, LEE) is None


def test_it_takes_in_what_a_number_had_texted_before(world: World) -> None:
	_known(world, LEE)
	_say(world, world.do(lambda: open_unmatched(world.ports, HOME, "unknown")), "Hello")
	_sync(world, {LEE: {HOME}})
	assert _said(world, _opened(world, LEE)) == ["Hello"]


def test_it_makes_a_leads_thread_the_customers(world: World) -> None:
	_known(world, LEAD, LEE)
	_sync(world, {LEAD: {HOME}}, "Lead")
	lead = _opened(world, LEAD)
	_say(world, lead, "A deck, please")
	first = world.do(lambda: hand_over_thread(world.ports, LEAD, LEE))
	assert first is not None
	assert (first["name"], first["party"], first["title"]) == (lead["name"], "Lee", "Lee by name")
	assert world.do(lambda: hand_over_thread(world.ports, LEAD, LEE)) is None
	assert (_said(world, first), _of(world, LEE)) == (["A deck, please"], {HOME})


def test_it_joins_it_to_the_thread_the_customer_has(world: World) -> None:
	_known(world, LEAD, LEE)
	_sync(world, {LEAD: {HOME, OFFICE}}, "Lead")
	_sync(world, {LEE: {HOME}}, "Customer")
	lead, own = _opened(world, LEAD), _opened(world, LEE)
	_say(world, lead, "A deck, please")
	_say(world, own, "And a porch")
	kept = world.do(lambda: hand_over_thread(world.ports, LEAD, LEE))
	assert kept is not None
	assert kept["name"] == own["name"]
	assert (kept["contractor_unread"], kept["party"]) == (2, "Lee")
	assert _said(world, own) == ["A deck, please", "And a porch"]
	assert _of(world, LEE) == {HOME, OFFICE}
	assert threads.of_party(world.database, LEAD) is None
	assert threads.require(world.database, lead["name"])["name"] == own["name"]


def test_it_drops_a_thread_only_if_nothing_was_said_in_it(world: World) -> None:
	_known(world, LEE, DAY)
	_sync(world, {LEE: {HOME}})
	_say(world, _opened(world, DAY), "Hello")
	assert world.do(lambda: drop_empty_thread(world.ports, LEE)) is True
	assert world.do(lambda: drop_empty_thread(world.ports, LEE)) is False
	assert world.do(lambda: drop_empty_thread(world.ports, DAY)) is False
	assert contact_points.threads_of(world.database, HOME) == []


def test_it_gives_the_thread_the_name_the_customer_has_now(world: World) -> None:
	_known(world, LEE)
	_say(world, _opened(world, LEE), "Hello")
	world.parties.known[LEE] = PartyInfo("Sarah Lee-Day")
	assert [world.do(lambda: retitle_thread(world.ports, LEE)) for _turn in range(2)] == [True, False]
	row = _opened(world, LEE)
	assert row["title"] == "Sarah Lee-Day"
	assert [line["label"] for line in entries.older(world.database, row["name"], 5)] == ["Lee by name"]
	assert world.do(lambda: retitle_thread(world.ports, DAY)) is False
