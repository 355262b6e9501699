"""A document is renamed, deleted, its number given again; threads are joined: what waits is told once, or not at all."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from support.automated import (
	APPOINTMENT,
	REMINDER,
	RESCHEDULED,
	SCHEDULED,
	Visit,
	at,
	automate,
	pass_time,
	tick,
)
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.automations.reasons import templates
from customer_thread.domain.limits import MESSAGES_OF_DOCUMENT
from customer_thread.domain.model import Address, Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import to_us
from customer_thread.service.automations.plan_automation import look_again
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.automations.send_due import due_messages, send_due
from customer_thread.service.cards.forget_document import forget_document
from customer_thread.service.cards.rename_document import rename_document
from customer_thread.service.notices.preferences import save_wishes
from customer_thread.service.outgoing import deliver
from customer_thread.service.ports import PartyInfo, Ports
from customer_thread.service.thread.assign_thread import join_threads
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import contact_points
from customer_thread.store.rows import ThreadRow
from customer_thread.store.scheduled_rows import ScheduledMessageRow

NOON = at("2025-05-12 12:00")
THURSDAY = at("2025-05-15 10:00")
FIRST = "Hi Sarah, see you Thu May 15, 10:00am."
REMINDED = "Reminder: Thu May 15, 10:00am. Reply YES to confirm."


@pytest.fixture
def visit(world: World) -> Visit:
	"""Return an appointment of one with a phone alone, that is yet to be made."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(NOON)
	for fields in (SCHEDULED, REMINDER, RESCHEDULED):
		automate(world, **fields)
	return Visit(world, world.customer(SARAH, email=""))


def delete(world: World, visit: Visit) -> None:
	"""Delete it as a site does."""
	del world.documents.of_now[visit.reference]
	world.do(lambda: forget_document(world.ports, APPOINTMENT, visit.reference.name))
	world.do(lambda: plan_document(world.ports, visit.reference))


def shared(world: World, visit: Visit) -> Visit:
	"""Return the same appointment as another customer has it: both come."""
	other = Visit(world, world.customer(SARAH, phone="+15553200999", email=""))
	other.count = 10
	other.parties = visit.parties = visit.parties | other.parties
	return other


def all_told(world: World) -> list[tuple[str, str]]:
	"""Return state and reason of every message."""
	rows = world.database.select("SELECT state, reason FROM `tabThread Scheduled Message`")
	return [(row["state"], row["reason"]) for row in rows]


def test_the_next_one_of_a_deleted_ones_number_is_told_as_any(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	pass_time(world, at("2025-05-14 09:30"), timedelta(hours=1.5))
	assert texts(world) == [FIRST, REMINDED]
	delete(world, visit)
	world.clock.us = to_us(NOON)
	again = Visit(world, visit.thread)
	again.count = 10
	again.schedule(THURSDAY)
	pass_time(world, at("2025-05-14 09:30"), timedelta(minutes=30))
	assert texts(world) == [FIRST, REMINDED, FIRST, REMINDED]


def test_what_waits_to_leave_about_a_deleted_one_does_not(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	world.clock.us = to_us(NOON + timedelta(minutes=3))
	for row in due_messages(world.ports):
		world.do(partial(send_due, world.ports, row))
	delete(world, visit)
	again = Visit(world, visit.thread)
	again.count = 10
	again.schedule(THURSDAY + timedelta(days=1))
	for name in deliver.due_deliveries(world.ports):
		assert world.do(partial(deliver.claim_delivery, world.ports, name)) is None
	[delivery] = world.database.select("SELECT reason FROM `tabThread Delivery` WHERE purpose <> 'Notice'")
	assert delivery["reason"] == "ended: the document is not there any more"
	pass_time(world, NOON + timedelta(minutes=10))
	assert [text for text in texts(world) if "Hi" in text] == ["Hi Sarah, see you Fri May 16, 10:00am."]


def test_a_renamed_one_is_told_once(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	new = Reference(APPOINTMENT, "APP-9")
	for _twice in range(2):
		if visit.reference in world.documents.of_now:
			world.documents.of_now[new] = world.documents.of_now.pop(visit.reference)
		world.do(lambda: rename_document(world.ports, APPOINTMENT, "APP-1", "APP-9"))
		world.do(lambda: plan_document(world.ports, new))
	# the old name is another appointment's from now on
	other = Visit(world, visit.thread)
	other.count = 10
	other.schedule(THURSDAY)
	pass_time(world, at("2025-05-14 09:30"), timedelta(minutes=30))
	assert texts(world) == [FIRST, FIRST, REMINDED, REMINDED]
	assert [row["state"] for row in other.messages] == ["Sent", "Sent"]


def test_joined_threads_that_wait_to_say_the_same_say_it_once(world: World, visit: Visit) -> None:
	other = shared(world, visit)
	visit.schedule(THURSDAY)
	other.schedule(THURSDAY)
	world.do(lambda: join_threads(world.ports, other.thread["name"], visit.thread["name"]))
	assert ("Ended", "ended: another one says the same") in all_told(world)
	pass_time(world, at("2025-05-14 09:30"), timedelta(minutes=30))
	assert texts(world).count(REMINDED) == 1
	assert texts(world).count(FIRST) == 1


def test_joined_to_one_who_was_told_it_is_not_told_again(world: World, visit: Visit) -> None:
	other = shared(world, visit)
	visit.schedule(THURSDAY)
	other.schedule(THURSDAY)
	chosen, to = {"timezone": "America/Los_Angeles"}, other.thread
	world.do(lambda: save_wishes(world.ports, to, to["party"] or "", chosen, "Page"))
	world.clock.us = to_us(at("2025-05-14 09:00"))
	tick(world)
	assert texts(world)[-1] == REMINDED
	world.do(lambda: join_threads(world.ports, visit.thread["name"], other.thread["name"]))
	count = len(texts(world))
	pass_time(world, at("2025-05-14 14:00"), timedelta(minutes=10))
	assert len(texts(world)) == count


@pytest.mark.parametrize("take", [send_due, look_again])
def test_listed_before_its_thread_was_joined_it_is_told_in_the_other(
	world: World, visit: Visit, take: Callable[[Ports, ScheduledMessageRow], None]
) -> None:
	other = shared(world, visit)
	other.schedule(THURSDAY)
	world.clock.us = to_us(NOON + timedelta(minutes=3))
	[row] = due_messages(world.ports)
	world.do(lambda: join_threads(world.ports, other.thread["name"], visit.thread["name"]))
	world.do(partial(take, world.ports, row))
	pass_time(world, NOON + timedelta(minutes=15))
	assert texts(world).count(FIRST) == 1


def test_moved_without_end_it_stays_within_bounds(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	for minutes in range(MESSAGES_OF_DOCUMENT + 20):
		world.clock.us += 1
		visit.change(scheduled_time=(THURSDAY + timedelta(minutes=minutes + 1)).replace(tzinfo=None))
	assert len(visit.messages) == MESSAGES_OF_DOCUMENT + 1
	assert visit.messages[-1]["reason"] == "skipped: it changed too often"
	assert visit.messages[-1]["reason"] in templates()
	pass_time(world, at("2025-05-15 09:00"), timedelta(hours=1))
	assert texts(world) == [FIRST]


def test_two_schedulers_at_one_row(world: World, visit: Visit) -> None:
	visit.schedule(THURSDAY)
	world.clock.us = to_us(NOON + timedelta(minutes=3))
	for row in [*due_messages(world.ports)] * 2:
		world.do(partial(send_due, world.ports, row))
	tick(world)
	assert texts(world) == [FIRST]


def lead(world: World, phone: str) -> ThreadRow:
	"""Return the thread of somebody who is no customer yet, and reads no page."""
	party = Party("Lead", "LEAD-1")
	world.parties.known[party] = PartyInfo("Sarah Lee")
	thread = world.do(lambda: open_thread(world.ports, party))
	if phone:
		address = Address("Phone", phone)
		world.do(lambda: contact_points.add(world.database, thread["name"], address, "Contact", "Sarah"))
	return thread


def test_one_whom_nothing_reaches_is_told_nothing_and_it_says_why(world: World, visit: Visit) -> None:
	automate(world, **{**SCHEDULED, "title": "To any", "to_any_lead": 1})
	nobody = Visit(world, lead(world, ""), "APP-7")
	nobody.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	skipped = [reason for state, reason in nobody.told() if state == "Skipped"]
	assert len(skipped) == 1
	assert re.fullmatch(r"skipped: nobody is reached \(.+\)", skipped[0])
	assert world.database.select("SELECT name FROM `tabThread Entry` WHERE author = 'Automated'") == []


def test_a_lead_who_wrote_nothing_is_told_nothing_unless_it_says_so(world: World, visit: Visit) -> None:
	silent = Visit(world, lead(world, SARAH.phone), "APP-7")
	silent.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=3))
	assert silent.told() == []
	assert not [text for text in texts(world) if text.startswith("Hi")]
	automate(world, **{**SCHEDULED, "title": "To any", "to_any_lead": 1, "text": "Welcome!"})
	again = Visit(world, silent.thread, "APP-8")
	again.schedule(THURSDAY)
	pass_time(world, NOON + timedelta(minutes=6))
	assert [text for text in texts(world) if text == "Welcome!"] == ["Welcome!"]
