"""A card of what is over by the end of a long night: its customer is notified before that."""

from dataclasses import replace
from datetime import datetime

import pytest
from support.notified import NEW_YORK, became, mails, release, rows, work
from support.permits import PERMIT, STATE, report
from support.world import World

from customer_thread.domain.cards.rules import Occasion
from customer_thread.domain.times import MINUTE, to_us
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.store import threads
from customer_thread.store.rows import ThreadRow

DUSK = to_us(datetime(2025, 5, 14, 18, 30, tzinfo=NEW_YORK))
MORNING = to_us(datetime(2025, 5, 15, 9, tzinfo=NEW_YORK))
INSPECTION = {**PERMIT, "state": "Granted", "inspected_on": "2025-05-15 08:00:00"}
#: an inspection that is given another time, or called off
CALLED_OFF = replace(
	STATE, value="Lost", event_type="Inspection off", title="Off", soon_field="inspected_on", notify=True
)


@pytest.fixture
def lee(world: World, sarah: ThreadRow) -> ThreadRow:
	"""Return the thread of one who is asleep from six to nine; it is half past six."""
	world.clock.us = DUSK
	night = {"quiet": "On", "quiet_start": "18:00", "quiet_end": "09:00"}
	world.do(lambda: save_wishes(world.ports, sarah, sarah["party"] or "", night, "Page"))
	return sarah


def called_off(world: World, lee: ThreadRow, **fields: object) -> int:
	"""Call an inspection off, and return the card's entry."""
	before = {**INSPECTION, "customer": lee["party"], **fields}
	assert report(world, Occasion("Saved", {**before, "state": "Lost"}, before), [CALLED_OFF]) == []
	return threads.require(world.database, lee["name"])["last_entry"]


def test_it_is_told_at_dusk(world: World, lee: ThreadRow) -> None:
	entry = called_off(world, lee)
	release(world)
	assert became(world, entry)["Email"] == ("Queued", "sent: urgent")
	# by another way it may leave in the night as well
	assert rows(world, entry)["Email"]["urgent"] == 1
	work(world)
	assert len(mails(world)) == 1
	world.clock.us = MORNING
	work(world)
	assert len(mails(world)) == 1


@pytest.mark.parametrize("at", ["2025-05-15 09:01:00", "2025-05-22 08:00:00", "2025-05-15", ""])
def test_what_takes_place_later_waits_for_the_morning(world: World, lee: ThreadRow, at: str) -> None:
	entry = called_off(world, lee, inspected_on=at)
	work(world)
	assert became(world, entry)["Email"] == ("Held", "held: quiet hours until 9:00am in New York")
	world.clock.us = MORNING
	work(world)
	assert len(mails(world)) == 1


def test_the_time_that_is_given_up_counts(world: World, lee: ThreadRow) -> None:
	before = {**INSPECTION, "customer": lee["party"]}
	moved = {**before, "state": "Lost", "inspected_on": "2025-05-22 08:00:00"}
	report(world, Occasion("Saved", moved, before), [CALLED_OFF])
	work(world)
	assert len(mails(world)) == 1


def test_gathered_into_the_night_it_leaves_all_the_same(world: World, lee: ThreadRow) -> None:
	world.clock.us = to_us(datetime(2025, 5, 14, 17, 59, tzinfo=NEW_YORK))
	entry = called_off(world, lee)
	work(world)
	assert became(world, entry)["Email"] == ("Held", "held: waits a moment for what else comes")
	world.clock.us += 2 * MINUTE
	work(world)
	assert len(mails(world)) == 1
