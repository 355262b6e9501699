"""Somebody has a failed message sent again: by one way alone, and not into the night."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from support.world import World

from customer_thread.domain.errors import Conflict, GatewayError
from customer_thread.domain.times import HOUR
from customer_thread.service.outgoing.dismiss_cause import dismiss_all
from customer_thread.service.outgoing.record_outcome import failed_for_good
from customer_thread.service.outgoing.reply import reply
from customer_thread.service.outgoing.retry_cause import retry_all
from customer_thread.service.outgoing.retry_delivery import retry_delivery
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.service.outgoing.send_otherwise import send_otherwise
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import deliveries, failures
from customer_thread.store.rows import DeliveryRow

NIGHT = 12 * HOUR
REFUSED = GatewayError("Filtered as spam.", code="30007", permanent=True)
CLIENT = "0b5d0f0e-3f0e-4b6e-9a51-000000000001"


def _rows(world: World, entry: int) -> list[DeliveryRow]:
	return deliveries.of_entry(world.database, entry)


def _row(world: World, name: str) -> DeliveryRow:
	row = deliveries.get(world.database, name)
	assert row
	return row


def _fails(world: World, row: DeliveryRow, *, falls_back: bool = True) -> None:
	world.do(lambda: failed_for_good(world.ports, row, REFUSED, falls_back=falls_back))


def _failed(world: World, text: str = "We start Monday.", *, urgent: bool = False, goes: bool = False) -> str:
	"""Return a text that failed, and went by mail if it `goes`."""
	thread = world.customer()
	sent = world.do(lambda: send_message(world.ports, thread, text, urgent=urgent))
	[row] = [row for row in _rows(world, sent.entry) if row["purpose"] == "Message"]
	_fails(world, row, falls_back=goes)
	return row["name"]


def _again(world: World, name: str) -> DeliveryRow:
	return world.do(lambda: retry_delivery(world.ports, name))


def test_what_went_the_other_way_by_itself_is_not_tried_again(world: World) -> None:
	name = _failed(world, goes=True)
	with pytest.raises(Conflict, match="dealt with"):
		_again(world, name)
	text = _row(world, name)
	mail = _row(world, deliveries.instead_of(world.database, text))
	assert (text["state"], text["failed_us"], mail["fallback_of"]) == ("Failed", 0, name)
	# both ways have failed: the later is the one to be tried again
	_fails(world, mail)
	assert _again(world, mail["name"])["state"] == "Queued"
	with pytest.raises(Conflict, match="dealt with"):
		_again(world, name)


def test_what_was_dismissed_may_be_tried_again_on_purpose(world: World) -> None:
	name = _failed(world)
	world.do(lambda: failures.settle(world.database, name))
	assert _again(world, name)["state"] == "Queued"


@pytest.mark.parametrize("first", ["retry", "otherwise"])
def test_of_two_who_deal_with_it_at_once_one_does(world: World, first: str) -> None:
	if isinstance(world.database, SqliteDatabase):
		pytest.skip("on SQLite no other writer can come between")
	name = _failed(world)
	verbs = (retry_delivery, send_otherwise) if first == "retry" else (send_otherwise, retry_delivery)
	with ThreadPoolExecutor(1) as pool, world.database.transaction():
		# what a request reads first decides what it sees from then on
		assert _row(world, name)["state"] == "Failed"
		pool.submit(world.do, lambda: verbs[0](world.ports, name)).result()
		with pytest.raises(Conflict):
			verbs[1](world.ports, name)
	states = {row["channel"]: row["state"] for row in _rows(world, _row(world, name)["entry"])}
	assert states == ({"SMS": "Queued"} if first == "retry" else {"SMS": "Failed", "Email": "Queued"})


def test_no_part_of_what_went_by_mail_waits_or_is_tried_again(world: World) -> None:
	thread = world.customer()
	words = " ".join(f"word{number}" for number in range(240))
	entry = world.do(lambda: reply(world.ports, thread["name"], words, CLIENT))
	first, second = _rows(world, entry)
	assert (first["part"], second["part"]) == (0, 1)
	# of the first it is not known whether it has left, so that it goes no other way
	_fails(world, first, falls_back=False)
	_fails(world, second)
	assert [row["failed_us"] for row in _rows(world, entry)] == [0, 0, 0]
	for part in (first, second):
		with pytest.raises(Conflict, match="dealt with"):
			_again(world, part["name"])


def test_a_reply_that_both_ways_failed_is_tried_again_by_one(world: World) -> None:
	thread = world.customer()
	entry = world.do(lambda: reply(world.ports, thread["name"], "Yes", CLIENT))
	[text] = _rows(world, entry)
	_fails(world, text)
	mail = deliveries.instead_of(world.database, text)
	_fails(world, _row(world, mail))
	world.do(lambda: reply(world.ports, thread["name"], "Yes", CLIENT))
	assert {row["name"]: row["state"] for row in _rows(world, entry)} == {
		text["name"]: "Failed",
		mail: "Queued",
	}


@pytest.mark.parametrize("urgent", [False, True])
def test_a_persons_words_wait_for_the_morning_unless_they_are_urgent(world: World, urgent: bool) -> None:
	name = _failed(world, urgent=urgent)
	world.clock.move(NIGHT)
	row = _again(world, name)
	assert row["state"] == ("Queued" if urgent else "Held")
	assert row["failed_us"] == 0
	if not urgent:
		assert row["due_us"] > world.clock.us
		assert "quiet hours until" in row["reason"]


def test_what_failed_anew_since_the_list_was_read_is_left_alone(world: World) -> None:
	name = _failed(world)
	read_us = _row(world, name)["failed_us"]
	for verb in (retry_all, dismiss_all):
		if _row(world, name)["state"] == "Failed":
			_again(world, name)
		world.clock.move(HOUR)
		# tried again and failed anew, by somebody who was quicker
		_fails(world, _row(world, name), falls_back=False)
		assert world.do(partial(verb, world.ports, [name], read_us)) == 0
		assert _row(world, name)["failed_us"] > read_us
	assert world.do(lambda: dismiss_all(world.ports, [name], world.clock.us)) == 1
	assert _row(world, name)["failed_us"] == 0
