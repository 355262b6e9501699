"""A text of which nobody heard whether it left, when it is not wanted now any more: it comes once all the same."""

from datetime import datetime

import pytest
from support.notified import MORNING, NEW_YORK, became, card, release, say, texts, work
from support.world import World

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.times import MINUTE, to_us
from customer_thread.service.outgoing import deliver
from customer_thread.service.thread.mark_read_by_customer import mark_read_by_customer
from customer_thread.store.rows import ThreadRow

EVENING = to_us(datetime(2025, 5, 15, 20, 58, tzinfo=NEW_YORK))
NIGHT = to_us(datetime(2025, 5, 15, 21, 5, tzinfo=NEW_YORK))


def lose_answer(world: World, *, is_taken: bool) -> None:
	"""Hand over the one text that is due; whether the provider took it nobody hears."""
	[name] = deliver.due_deliveries(world.ports, channel="SMS")
	claimed = world.do(lambda: deliver.claim_delivery(world.ports, name))
	assert claimed
	if is_taken:
		deliver.send_delivery(world.ports, claimed)
	world.do(lambda: deliver.record_delivery(world.ports, claimed, GatewayError("lost", ambiguous=True)))


def notice_of_the_evening(world: World, thread: ThreadRow, *, is_taken: bool) -> int:
	"""Notify by text just before the night begins, and lose the answer; return the entry."""
	world.clock.us = EVENING - 30 * MINUTE
	entry = card(world, thread)
	world.clock.us = EVENING
	release(world)
	lose_answer(world, is_taken=is_taken)
	return entry


def test_a_notice_that_left_before_the_night_is_not_sent_again_in_the_morning(
	world: World, phone_only: ThreadRow
) -> None:
	entry = notice_of_the_evening(world, phone_only, is_taken=True)
	world.clock.us = NIGHT
	work(world)
	assert became(world, entry)["SMS"][0] == "Delivered"
	world.clock.us = MORNING
	work(world)
	assert len(texts(world)) == 1


def test_a_notice_that_never_left_waits_for_the_morning(world: World, phone_only: ThreadRow) -> None:
	entry = notice_of_the_evening(world, phone_only, is_taken=False)
	world.clock.us = NIGHT
	work(world)
	assert texts(world) == []
	assert became(world, entry)["SMS"][0] == "Held"
	world.clock.us = MORNING
	work(world)
	assert len(texts(world)) == 1


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_notice_that_was_read_meanwhile_says_whether_it_left(
	world: World, phone_only: ThreadRow, is_taken: bool
) -> None:
	entry = notice_of_the_evening(world, phone_only, is_taken=is_taken)
	world.do(lambda: mark_read_by_customer(world.ports, phone_only["name"], entry))
	world.clock.us = NIGHT
	work(world)
	assert became(world, entry)["SMS"][0] == ("Delivered" if is_taken else "Skipped")
	assert len(texts(world)) == is_taken


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_machines_text_of_the_evening_comes_once(
	world: World, phone_only: ThreadRow, is_taken: bool
) -> None:
	world.clock.us = EVENING
	entry = say(world, phone_only, "Your crew comes on Friday.", channel="sms", automated=True)
	lose_answer(world, is_taken=is_taken)
	world.clock.us = NIGHT
	work(world)
	assert became(world, entry)["SMS"][0] == ("Delivered" if is_taken else "Held")
	world.clock.us = MORNING
	work(world)
	assert len(texts(world)) == 1


def test_looking_is_no_try(world: World, phone_only: ThreadRow) -> None:
	notice_of_the_evening(world, phone_only, is_taken=False)
	world.clock.us = NIGHT
	work(world)
	[text] = [row for row in world.database.select("SELECT * FROM `tabThread Delivery` WHERE state = 'Held'")]
	assert (text["attempts"], text["unsure_since_us"]) == (1, 0)
