"""A link that signs somebody in goes to nobody who may not read all that it opens, and opens nothing if it did."""

import re
from collections.abc import Sequence

import pytest
from support.notified import card, mails, plain, texts, work
from support.persons import BOB, BUSINESS, SARAH
from support.world import KnownParties, World

from customer_thread.domain.model import Address, Party
from customer_thread.domain.times import MINUTE
from customer_thread.service.portal.way_in import Visit, look, use
from customer_thread.service.ports import PortalReader
from customer_thread.service.sign_in.make_link import make_link
from customer_thread.service.sign_in.revoke_links import revoke_links
from customer_thread.store import contact_points
from customer_thread.store.rows import ThreadRow

MANAGER = PortalReader("manager@homes.example", "manager@homes.example")
PHONE_ONLY = PortalReader("someone@no-address.invalid")
SITE = "https://mikes.example"


class SharedParties(KnownParties):
	"""Customers who have one reader: who manages the homes of all of them."""

	reader = MANAGER

	def readers(self, party: Party) -> Sequence[PortalReader]:
		"""Return the one."""
		return [self.reader] if party in self.known else []

	def parties_of(self, user: str) -> Sequence[Party]:
		"""Return all."""
		return list(self.known) if user == self.reader.user else []


@pytest.fixture
def parties(world: World) -> SharedParties:
	made = SharedParties()
	world.parties = made
	world.ports = world.ports.__class__(**{**vars(world.ports), "parties": made})
	world.set(public_url=SITE, mail_from=BUSINESS.email)
	return made


def link_in(words: str) -> str:
	found = re.search(rf"{SITE}/messages\S*", words)
	assert found, words
	return found[0]


def notified(world: World, thread: ThreadRow) -> int:
	entry = card(world, thread)
	world.clock.move(3 * MINUTE)
	work(world)
	return entry


def test_a_tenants_phone_is_not_signed_in_to_what_else_the_manager_reads(
	world: World, parties: SharedParties
) -> None:
	parties.reader = PHONE_ONLY
	sarah = world.customer(SARAH, email="")
	world.customer(BOB)
	entry = notified(world, sarah)

	[text] = texts(world)
	assert link_in(text) == f"{SITE}/messages?around={entry}#{entry}"


def test_nor_is_the_address_on_file(world: World, parties: SharedParties) -> None:
	parties.reader = PHONE_ONLY
	sarah = world.customer(SARAH)
	world.customer(BOB)
	entry = notified(world, sarah)

	[mail] = mails(world)
	assert link_in(plain(mail)) == f"{SITE}/messages?around={entry}#{entry}"


def test_the_managers_own_mailbox_is(world: World, parties: SharedParties) -> None:
	sarah = world.customer(SARAH)
	world.customer(BOB)
	notified(world, sarah)

	[mail] = mails(world, MANAGER.email)
	assert link_in(plain(mail)).startswith(f"{SITE}/messages/in#")


def test_an_address_that_all_of_them_have_is(world: World, parties: SharedParties) -> None:
	parties.reader = PHONE_ONLY
	sarah = world.customer(SARAH, email="")
	world.customer(BOB, phone=SARAH.phone)
	notified(world, sarah)

	[text] = texts(world)
	assert link_in(text).startswith(f"{SITE}/messages/in#")


def _visit(world: World, thread: ThreadRow, user: str, address: str) -> Visit:
	link = world.do(lambda: make_link(world.ports, thread, user, "Notice", address=address))
	return Visit(link.partition("#")[2])


def test_what_was_sent_before_they_read_for_another_customer_opens_nothing(
	world: World, parties: SharedParties
) -> None:
	parties.reader = PHONE_ONLY
	sarah = world.customer(SARAH)
	visit = _visit(world, sarah, PHONE_ONLY.user, SARAH.phone)
	assert (view := look(world.ports, visit).view)
	assert view["step"] == "ready"

	world.customer(BOB)
	assert (view := world.do(lambda: use(world.ports, visit)).view)
	assert view["step"] == "closed"


def test_what_was_sent_to_a_wrong_number_opens_nothing_once_that_is_put_right(world: World) -> None:
	world.set(public_url=SITE)
	sarah = world.customer(SARAH)
	visit = _visit(world, sarah, "CUST-00001", SARAH.phone)
	[wrong] = contact_points.of_address(world.database, Address("Phone", SARAH.phone))
	world.do(lambda: contact_points.remove(world.database, wrong["name"]))

	assert (view := world.do(lambda: use(world.ports, visit)).view)
	assert view["step"] == "closed"
	assert view["sent_to"] == ""


def test_links_are_taken_back_by_whichever_customer_they_were_sent(
	world: World, parties: SharedParties
) -> None:
	sarah, bob = world.customer(SARAH), world.customer(BOB)
	visit = _visit(world, bob, MANAGER.user, MANAGER.email)
	assert world.do(lambda: revoke_links(world.ports, sarah)) == 1

	assert (view := world.do(lambda: use(world.ports, visit)).view)
	assert view["step"] == "revoked"
