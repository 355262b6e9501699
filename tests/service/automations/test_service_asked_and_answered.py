"""A reminder leaves when it is due, and is answered: what counts then, and what does not."""

from dataclasses import replace

import pytest
from support.asked import confirmed_cards, lines, says, truths
from support.automated import CANCELLED, REMINDER, RESCHEDULED, SCHEDULED, Visit, at, automate, tick
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.times import to_us
from customer_thread.service.ports import PartyInfo
from customer_thread.store import scheduled_messages
from customer_thread.store.rows import ThreadRow

REMINDED = "Reminder: Thu May 15, 10:00am. Reply YES to confirm."
MOVED = "That visit was moved. It is now Friday, May 16 at 2:00pm. Reply YES to confirm."


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(at("2025-05-12 12:00"))
	return world.customer(SARAH, email="")


@pytest.fixture
def visit(world: World, sarah: ThreadRow) -> Visit:
	"""Return an appointment of which she was reminded."""
	automate(world, **REMINDER)
	made = Visit(world, sarah)
	made.schedule(at("2025-05-15 10:00"))
	_go(world, "2025-05-14 09:00")
	assert REMINDED in texts(world, SARAH.phone)
	return made


def _go(world: World, text: str) -> None:
	world.clock.us = to_us(at(text))
	tick(world)


def _says(world: World, thread: ThreadRow, text: str) -> None:
	says(world, world.thread(thread["name"]), text)
	tick(world)


def test_a_yes_to_the_reminder_confirms_it(world: World, sarah: ThreadRow, visit: Visit) -> None:
	_says(world, sarah, "Yes!")

	assert [reference for reference, _us in world.documents.confirmed] == [visit.reference]
	assert confirmed_cards(world, sarah) == ["Appointment confirmed — Thu May 15, 10:00am"]
	assert lines(world) == ["Sarah Lee confirmed Thu May 15, 10:00am"]
	assert [row["about_us"] for row in visit.messages] == [to_us(at("2025-05-15 10:00"))]
	# the card makes nothing new to be sent
	assert [row["state"] for row in visit.messages] == ["Sent"]


def test_a_yes_to_one_that_was_moved_is_answered_with_the_new_time(
	world: World, sarah: ThreadRow, visit: Visit
) -> None:
	visit.move(at("2025-05-16 14:00"))
	_says(world, sarah, "yes")

	assert world.documents.confirmed == []
	assert truths(world, sarah)[-1] == MOVED
	assert texts(world, SARAH.phone)[-1] == MOVED

	_says(world, sarah, "CONFIRM")
	assert confirmed_cards(world, sarah) == ["Appointment confirmed — Fri May 16, 2:00pm"]


def test_the_new_time_does_not_leave_once_it_is_another(world: World, sarah: ThreadRow, visit: Visit) -> None:
	visit.move(at("2025-05-16 14:00"))
	says(world, world.thread(sarah["name"]), "yes")
	visit.move(at("2025-05-17 14:00"))
	tick(world)
	assert MOVED not in texts(world, SARAH.phone)


def test_the_reminder_of_the_new_time_asks_again(world: World, sarah: ThreadRow, visit: Visit) -> None:
	_says(world, sarah, "yes")
	visit.move(at("2025-05-16 14:00"))
	_go(world, "2025-05-15 09:00")
	assert texts(world, SARAH.phone)[-1] == "Reminder: Fri May 16, 2:00pm. Reply YES to confirm."

	_says(world, sarah, "yes")
	assert len(world.documents.confirmed) == 2
	assert lines(world)[-1] == "Sarah Lee confirmed Fri May 16, 2:00pm"


def test_a_yes_to_one_that_was_called_off_confirms_nothing(
	world: World, sarah: ThreadRow, visit: Visit
) -> None:
	visit.cancel()
	_says(world, sarah, "yes")
	assert world.documents.confirmed == []
	assert texts(world, SARAH.phone)[-1] == "That visit was cancelled."


def test_a_yes_to_one_that_is_done_already_is_for_people(
	world: World, sarah: ThreadRow, visit: Visit
) -> None:
	visit.change(status="Done")
	_says(world, sarah, "yes")
	assert world.documents.confirmed == []
	assert texts(world, SARAH.phone)[-1] == REMINDED
	assert lines(world) == [
		"Sarah Lee wrote “yes” about Thu May 15, 10:00am. It is not as it was, so nothing was confirmed."
	]


def test_an_automation_that_is_switched_off_since_is_answered_all_the_same(
	world: World, sarah: ThreadRow, visit: Visit
) -> None:
	world.do(
		lambda: world.database.update("Thread Automation", visit.messages[0]["automation"], {"enabled": 0})
	)
	_says(world, sarah, "yes")
	assert len(world.documents.confirmed) == 1


def test_what_is_told_of_an_event_may_ask_too(world: World, sarah: ThreadRow) -> None:
	for fields in (SCHEDULED, RESCHEDULED, CANCELLED):
		automate(world, **{**fields, "expects_confirmation": 1})
	made = Visit(world, sarah)
	made.schedule(at("2025-05-15 10:00"))
	_go(world, "2025-05-12 12:10")
	made.move(at("2025-05-16 14:00"))
	_says(world, sarah, "yes")
	assert world.documents.confirmed == []
	assert scheduled_messages.questions(world.database, sarah["name"], 9)[0]["about_us"] == to_us(
		at("2025-05-16 14:00")
	)

	_go(world, "2025-05-12 12:20")
	assert texts(world, SARAH.phone)[-1] == "Your visit moved: Fri May 16, 2:00pm."
	_says(world, sarah, "yes")
	assert [reference for reference, _us in world.documents.confirmed] == [made.reference]


def test_each_side_reads_the_time_where_it_is(world: World, sarah: ThreadRow, visit: Visit) -> None:
	world.parties.known[visit.party] = PartyInfo("Sarah Lee", timezone="America/Los_Angeles")
	visit.move(at("2025-05-16 14:00"))
	_says(world, sarah, "yes")

	assert truths(world, sarah)[-1] == (
		"That visit was moved. It is now Friday, May 16 at 11:00am. Reply YES to confirm."
	)
	assert "It was moved to Fri May 16, 2:00pm since" in lines(world)[-1]


def test_she_reads_it_in_her_own_language(world: World, sarah: ThreadRow, visit: Visit) -> None:
	words = {"That visit was cancelled.": "Esa visita fue cancelada."}
	world.parties.languages[visit.party] = "es"
	world.ports = replace(
		world.ports,
		translator=lambda language: lambda text: words.get(text, text) if language == "es" else text,
	)
	visit.cancel()
	_says(world, sarah, "sí")

	assert texts(world, SARAH.phone)[-1] == "Esa visita fue cancelada."
	assert lines(world)[-1].endswith("It was cancelled, so nothing was confirmed.")
