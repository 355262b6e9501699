"""Push at once, one a browser, and only while the browser takes it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from support.notified import became, card, mails, release, work
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.push.subscription import Subscription
from customer_thread.domain.times import MINUTE, to_us
from customer_thread.store import deliveries, subscriptions
from customer_thread.store.rows import ThreadRow

NEW_YORK = ZoneInfo("America/New_York")
LATE = to_us(datetime(2025, 5, 15, 22, 59, tzinfo=NEW_YORK))
MORNING = to_us(datetime(2025, 5, 16, 8, tzinfo=NEW_YORK))


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	world.set(
		public_url="https://messages.mikes.example",
		mail_from=BUSINESS.email,
		vapid_private_key="k",
		vapid_public_key="p",
		vapid_subject="mailto:mike@mikes.example",
	)
	return world.customer(SARAH)


def subscribe(world: World, thread: ThreadRow, browser: int) -> str:
	whose = subscriptions.Whose(thread["name"], thread["party"] or "", f"s{browser}", "p")
	given = Subscription(f"https://push.example/{browser}", "p256dh", "auth")
	return world.do(lambda: subscriptions.keep(world.database, whose, given, world.clock.us))


def pushes(world: World, entry: int) -> list[tuple[str, str, str]]:
	rows = deliveries.of_entry(world.database, entry)
	found = [(row["address"], row["state"], row["reason"]) for row in rows if row["channel"] == "Push"]
	return sorted(found)


def test_each_browser_gets_its_own_at_once(world: World, sarah: ThreadRow) -> None:
	names = [subscribe(world, sarah, browser) for browser in (1, 2)]
	entry = card(world, sarah)
	assert pushes(world, entry) == sorted((name, "Queued", "sent: something new") for name in names)
	assert became(world, entry)["SMS"] == ("Skipped", "skipped: a text is the last resort")


def test_nobody_is_pushed_to_without_a_browser(world: World, sarah: ThreadRow) -> None:
	entry = card(world, sarah)
	assert pushes(world, entry) == [("", "Skipped", "skipped: no browser takes notifications")]


def test_a_night_of_cards_is_one_push_a_browser(world: World, sarah: ThreadRow) -> None:
	names = [subscribe(world, sarah, browser) for browser in (1, 2)]
	world.clock.us = LATE
	entries = []
	for number in range(1, 8):
		entries.append(card(world, sarah, number))
		world.clock.move(MINUTE)
	world.do(lambda: subscriptions.end(world.database, names[1], "Signed Out", world.clock.us))
	world.clock.us = MORNING
	release(world)
	first = {
		row["address"]: row
		for row in deliveries.of_entry(world.database, entries[0])
		if row["channel"] == "Push"
	}
	assert (first[names[0]]["state"], first[names[1]]["reason"]) == (
		"Queued",
		"skipped: signed out on that device",
	)
	assert first[names[0]]["text"].startswith("Invoice #1 sent; Invoice #2 sent")
	assert first[names[0]]["text"].endswith("and 2 more")
	for entry in entries[1:]:
		assert (names[0], "Skipped", "skipped: told together with the others") in pushes(world, entry)


def test_signing_out_before_it_leaves_ends_it(world: World, sarah: ThreadRow) -> None:
	name = subscribe(world, sarah, 1)
	entry = card(world, sarah, urgent=True)
	world.do(lambda: subscriptions.end(world.database, name, "Signed Out", world.clock.us))
	work(world)
	assert pushes(world, entry) == [(name, "Skipped", "skipped: signed out on that device")]
	assert len(mails(world)) == 1
