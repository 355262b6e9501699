"""A wish to cancel, or for another time: people hear of it, and nothing is changed."""

import pytest
from support.asked import Asked, asked, lines, says, truths
from support.world import World

from customer_thread.domain.model import Party
from customer_thread.domain.schedule.agenda import Planned
from customer_thread.domain.times import DAY, HOUR, to_utc
from customer_thread.store.rows import ThreadRow


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	return world.customer()


@pytest.fixture
def visit(world: World, sarah: ThreadRow) -> Asked:
	return asked(world, sarah)


@pytest.mark.parametrize("text", ["can't make it", "Can we do another day?", "CANCEL", "reschedule"])
def test_a_wish_to_cancel_or_move_changes_nothing_and_tells_people(
	world: World, sarah: ThreadRow, visit: Asked, text: str
) -> None:
	said = says(world, sarah, text, "Portal")

	assert not visit.is_confirmed
	assert world.desk_bell.rung == [said.entry]
	assert lines(world) == [f"Sarah Lee wrote “{text}” about Fri May 16, 10:00am. Nothing was changed."]
	assert truths(world, sarah) == []


def test_a_bare_cancel_by_text_is_an_opt_out_too(world: World, sarah: ThreadRow, visit: Asked) -> None:
	says(world, sarah, "Cancel")
	assert lines(world) == [
		"Sarah Lee wrote “Cancel” about Fri May 16, 10:00am. Nothing was changed, and their phone takes no more "
		"texts from you: CANCEL is also an opt-out word."
	]


def test_who_has_said_yes_may_still_want_to_cancel(world: World, sarah: ThreadRow, visit: Asked) -> None:
	says(world, sarah, "yes")
	says(world, sarah, "Sorry, I can't make it")
	assert lines(world)[1:] == [
		"Sarah Lee wrote “Sorry, I can't make it” about Fri May 16, 10:00am. Nothing was changed."
	]


def test_a_wish_is_told_once_an_hour(world: World, sarah: ThreadRow, visit: Asked) -> None:
	rung = [says(world, sarah, "need to cancel").entry for _time in range(3)]
	assert len(lines(world)) == 1
	assert world.desk_bell.rung == rung
	world.clock.move(HOUR)
	says(world, sarah, "please cancel")
	assert len(lines(world)) == 2


def test_a_wish_is_about_the_next_appointment_where_nothing_was_asked(world: World, sarah: ThreadRow) -> None:
	party = Party("Customer", sarah["party"] or "")
	starts_us = world.clock.now_us() + 5 * DAY
	planned = Planned("Appointment", "Open", to_utc(starts_us).date(), starts_us)
	world.documents.known[(party, None)] = planned
	says(world, sarah, "reschedule")
	assert lines(world) == ["Sarah Lee wrote “reschedule” about Tue May 20, 10:15am. Nothing was changed."]


def test_a_wish_about_nothing_is_a_message_like_any_other(world: World, sarah: ThreadRow) -> None:
	says(world, sarah, "cancel my newsletter, please")
	assert lines(world) == []
	assert world.desk_bell.rung == []


def test_a_wish_about_what_was_cancelled_is_a_message_like_any_other(
	world: World, sarah: ThreadRow, visit: Asked
) -> None:
	visit.plan(status="Cancelled")
	says(world, sarah, "can't make it")
	assert lines(world) == []
