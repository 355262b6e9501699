"""Cards and threads: opened and recorded once, by however many at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from support.clock import NOW
from support.persons import BOB
from support.shapes import cards
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.model import Address, Party
from customer_thread.domain.thread.thread_number import is_valid
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.ports import PartyInfo
from customer_thread.service.reading.present import CardView
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.service.thread.open_thread import open_thread, open_unmatched
from customer_thread.service.thread.post_entry import Posted
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import entries, threads
from customer_thread.store.rows import ThreadRow

SENT = NewEvent(
	"invoice_sent", "Invoice #2041 sent", NOW, "INV-2041", Decimal("4200"), "USD", "/invoices/2041"
)
OF_INVOICE: dict[str, Any] = {"reference_doctype": "Sales Invoice", "reference_name": "INV-2041"}


def _record(world: World, thread: ThreadRow, event: NewEvent = SENT) -> Posted:
	return world.do(lambda: record_event(world.ports, thread, event))


def _cards(world: World, thread: ThreadRow) -> list[CardView]:
	return cards(read_timeline(world.ports, thread["name"], Query())["entries"])


def _at_once(number: int, job: Callable[[int], Any]) -> list[Any]:
	start = threading.Barrier(number)

	def run(turn: int) -> Any:  # noqa: ANN401
		start.wait()
		return job(turn)

	with ThreadPoolExecutor(number) as pool:
		return list(pool.map(run, range(number)))


def test_it_shows_the_card_of_the_example(world: World) -> None:
	sarah = world.customer()
	_record(world, sarah)
	assert _cards(world, sarah) == [
		{"type": "invoice_sent", "title": "Invoice #2041 sent", "amount": "$4,200", "url": "/invoices/2041", "void": False}
	]  # fmt: skip
	assert entries.older(world.database, sarah["name"], 1)[0]["text"] == "Invoice #2041 sent — $4,200"


def test_it_shows_no_amount_where_there_is_none(world: World) -> None:
	sarah = world.customer()
	_record(world, sarah, replace(SENT, amount=None, currency=""))
	_record(world, sarah, replace(SENT, source_key="2", amount=None, currency="USD"))
	assert [card["amount"] for card in _cards(world, sarah)] == [None, None]


@pytest.mark.parametrize(
	("amount", "currency", "shown"),
	[("0", "USD", "$0"), ("0.5", "USD", "$0.50"), ("4200.10", "EUR", "€4,200.10"), ("-75", "USD", "-$75"),
	 ("999999999999.99", "USD", "$999,999,999,999.99"), ("1000", "JPY", "¥1,000"), ("0.1", "USD", "$0.10")],
)  # fmt: skip
def test_it_keeps_an_amount_to_the_cent(world: World, amount: str, currency: str, shown: str) -> None:
	sarah = world.customer()
	_record(world, sarah, replace(SENT, amount=Decimal(amount), currency=currency))
	assert _cards(world, sarah)[0]["amount"] == shown


def test_it_writes_one_card_for_one_fact(world: World) -> None:
	sarah = world.customer()
	posted = _at_once(4, lambda _turn: _record(world, sarah))
	assert sorted(item.is_new for item in posted) == [False, False, False, True]
	assert len({item.entry for item in posted}) == 1
	assert len(_cards(world, sarah)) == 1
	assert world.thread(sarah["name"])["customer_unread"] == 1


def test_it_writes_many_facts_at_once(world: World) -> None:
	sarah = world.customer()
	posted = _at_once(4, lambda turn: _record(world, sarah, replace(SENT, source_key=f"INV-{turn}")))
	assert len({item.entry for item in posted}) == 4
	assert world.thread(sarah["name"])["customer_unread"] == 4


def test_it_keeps_the_same_fact_of_two_customers_apart(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	assert _record(world, sarah).is_new
	assert _record(world, bob).is_new
	assert _record(world, sarah, replace(SENT, source_key="inv-2041")).is_new


def test_it_voids_what_a_cancellation_takes_back(world: World) -> None:
	sarah = world.customer()
	_record(world, sarah, replace(SENT, **OF_INVOICE))
	cancelled = replace(
		SENT,
		event_type="invoice_cancelled",
		title="Invoice #2041 cancelled",
		source_key="c",
		occurred_us=NOW + 1,
	)
	_record(world, sarah, replace(cancelled, **OF_INVOICE))
	assert [card["void"] for card in _cards(world, sarah)] == [True, False]
	assert [card["title"] for card in _cards(world, sarah)] == [
		"Invoice #2041 sent",
		"Invoice #2041 cancelled",
	]


@pytest.mark.parametrize(
	"changes",
	[
		{"event_type": ""}, {"event_type": "x" * 61}, {"title": " "}, {"title": "x" * 141}, {"currency": ""},
		{"currency": "usd"}, {"amount": Decimal(10) ** 12}, {"url": "javascript:alert(1)"}, {"url": "//evil.test"},
		{"source_key": ""}, {"reference_name": "x" * 141}, {"reference_doctype": "x" * 141}, {"url": "/" + "x" * 70_000},
	],
)  # fmt: skip
def test_it_refuses_what_cannot_be_shown(world: World, changes: dict[str, Any]) -> None:
	sarah = world.customer()
	with pytest.raises(BadInput):
		_record(world, sarah, replace(SENT, **changes))
	assert _cards(world, sarah) == []


def test_it_opens_one_thread_for_a_customer(world: World) -> None:
	party = Party("Customer", "CUST-1")
	world.parties.known[party] = PartyInfo("Sarah Lee")
	opened = _at_once(4, lambda _turn: world.do(lambda: open_thread(world.ports, party)))
	assert len({row["name"] for row in opened}) == 1
	row = opened[0]
	assert row["title"] == "Sarah Lee"
	assert is_valid(row["code"])
	assert len({row["reply_token"], row["contractor_token"]}) == 2
	assert min(len(row["reply_token"]), len(row["contractor_token"])) >= 32
	with pytest.raises(NotFound):
		world.do(lambda: open_thread(world.ports, Party("Customer", "nobody")))


def test_it_finds_a_free_code_for_every_thread(world: World) -> None:
	for number in range(150):
		party = Party("Customer", f"C{number}")
		world.parties.known[party] = PartyInfo(f"Customer {number}")
	with world.database.transaction():
		rows = [open_thread(world.ports, party) for party in world.parties.known]
	codes = [row["code"] for row in rows]
	assert len(set(codes)) == 150
	assert all(map(is_valid, codes))


@pytest.mark.parametrize("title", ["x" * 140, "x" * 254, "é" * 300])
def test_it_opens_a_waiting_thread_for_a_sender_of_any_length(world: World, title: str) -> None:
	address = Address("Email", title[:240].replace("é", "e") + "@example.com")
	opened = world.do(lambda: open_unmatched(world.ports, address, title))
	again = world.do(lambda: open_unmatched(world.ports, address, title))
	assert opened["name"] == again["name"]


def test_it_finds_a_thread_that_another_has_just_opened(world: World) -> None:
	if isinstance(world.database, SqliteDatabase):
		pytest.skip("on SQLite no other writer can come between")
	party = Party("Customer", "CUST-1")
	world.parties.known[party] = PartyInfo("Sarah Lee")
	with ThreadPoolExecutor(1) as pool, world.database.transaction():
		assert threads.of_party(world.database, party) is None
		other = pool.submit(world.do, lambda: open_thread(world.ports, party)).result()
		assert open_thread(world.ports, party)["name"] == other["name"]
