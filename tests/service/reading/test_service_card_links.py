"""The link of a card: shown while this customer can follow it."""

from dataclasses import replace
from functools import partial

import pytest
from support.clock import NOW
from support.persons import BOB
from support.shapes import cards
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.model import Address
from customer_thread.domain.portal.pages import PAGES, Reference
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.desk.read_thread import read_thread
from customer_thread.service.reading.links import address_of, reference_of
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

INVOICE = Reference("Sales Invoice", "INV 1/2")
CONTRACT = Reference("Contract", "CON-Müller #1")
EVENT = NewEvent("invoice_sent", "Invoice", NOW, "1")


def _show(world: World, thread: ThreadRow, *urls: str) -> list[str | None]:
	for number, url in enumerate(urls):
		event = replace(EVENT, source_key=f"{thread['name']}-{number}", url=url)
		world.do(partial(record_event, world.ports, thread, event))
	shown = read_timeline(world.ports, thread["name"], Query())["entries"]
	return [card["url"] for card in cards(shown)]


@pytest.mark.parametrize("doctype", PAGES.values())
def test_it_finds_a_document_by_its_address(doctype: str) -> None:
	reference = Reference(doctype, "APMT-Müller/Söhne & Co #1? 100%-0001")
	assert reference_of(address_of(reference)) == reference
	assert " " not in address_of(reference)


@pytest.mark.parametrize(
	"url", ["/messages", "/projects?project=P-1", "https://example.com/invoices/1", "/files/plan.pdf", ""]
)
def test_it_finds_no_document_elsewhere(url: str) -> None:
	assert reference_of(url) is None


def test_it_shows_links_as_long_as_they_open(world: World) -> None:
	sarah = world.customer()
	urls = address_of(INVOICE), address_of(CONTRACT)
	assert _show(world, sarah, *urls) == list(urls)
	world.documents.closed.add(INVOICE)
	assert _show(world, sarah) == [None, urls[1]]
	assert 'href="/invoices/' not in str(read_timeline(world.ports, sarah["name"], Query(), html=True))
	staff_sees = [card["url"] for card in cards(read_thread(world.ports, sarah, Query())["entries"])]
	assert staff_sees == [None, urls[1]]


def test_it_leaves_links_that_staff_gave(world: World) -> None:
	sarah = world.customer()
	given = "https://example.com/invoices/1", "/files/plan.pdf"
	assert _show(world, sarah, *given) == list(given)
	assert world.documents.asked == []


def test_it_asks_once_for_a_page_and_only_for_this_customer(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB, phone="")
	urls = [address_of(reference) for reference in (INVOICE, CONTRACT, INVOICE)]
	_show(world, sarah, *urls)
	_show(world, bob, address_of(INVOICE))
	assert world.documents.asked == [
		(party_of(sarah), {INVOICE, CONTRACT}),
		(party_of(bob), {INVOICE}),
	]


def test_it_shows_no_document_to_nobody(world: World) -> None:
	unknown = world.do(
		lambda: open_unmatched(world.ports, Address("Phone", "+12025550199"), "+1 202 555 0199")
	)
	assert _show(world, unknown, address_of(INVOICE)) == [None]
