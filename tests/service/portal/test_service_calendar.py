"""The way to the calendar: one file, and an address that a calendar reads by itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from support.clock import NOW
from support.persons import BOB
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import BadInput, NotFound, TooMany
from customer_thread.domain.limits import CALENDAR_READS
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import LIMIT, Planned, State
from customer_thread.domain.times import DAY, HOUR, to_utc
from customer_thread.service.answers import HttpAnswer
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.params import Params
from customer_thread.service.portal.calendar_address import (
	CALENDARS,
	post_calendar,
	read_calendar,
	read_calendar_page,
)
from customer_thread.service.portal.read_calendar_file import calendar_link, read_calendar_file
from customer_thread.service.portal.read_schedule import planned_view, read_schedule
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.service.thread.assign_thread import join_threads
from customer_thread.service.thread.conceal import conceal
from customer_thread.service.thread.hand_over_thread import drop_empty_thread
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

PUBLIC = "https://mikes.example"
VISIT = Reference("Appointment", "APP-1")
MEETING = Reference("Event", "EV-1")


def _plan(
	world: World,
	thread: ThreadRow,
	document: Reference = VISIT,
	starts_us: int = NOW + DAY,
	state: State = "Open",
	*,
	is_one_of_several: bool = False,
) -> Planned:
	party, has_page = party_of(thread), document.doctype == "Appointment"
	assert party
	planned = Planned(
		"Appointment",
		state,
		to_utc(starts_us).date(),
		starts_us,
		reference=document if has_page else None,
		planned_by=None if has_page else document,
		is_one_of_several=is_one_of_several,
	)
	# several days of one document stand beside each other, without a page
	key = document if has_page else Reference(document.name, str(planned.day))
	world.documents.known[party, key] = planned
	return planned


def _card(world: World, thread: ThreadRow, number: int, document: Reference = VISIT) -> None:
	world.clock.move(HOUR)
	event = NewEvent(
		event_type="Appointment rescheduled",
		title="Appointment rescheduled",
		occurred_us=world.clock.us,
		source_key=f"{document.name} {number}",
		reference_doctype=document.doctype,
		reference_name=document.name,
	)
	world.do(lambda: record_event(world.ports, thread, event))


def _events(answer: HttpAnswer) -> list[Any]:
	calendar = Calendar.from_ical(answer.body)
	assert calendar["method"] == "PUBLISH"
	return list(calendar.walk("VEVENT"))


def _event(world: World, thread: ThreadRow, document: Reference = VISIT, day: str = "") -> Any:  # noqa: ANN401
	[event] = _events(read_calendar_file(world.ports, thread, document, day))
	return event


def _subscribe(world: World, thread: ThreadRow, wanted: str = "new", user: str = "") -> str:
	world.set(public_url=PUBLIC)
	user = user or thread["party"] or ""
	world.do(lambda: post_calendar(world.ports, thread, Params({"calendar": wanted}, user)))
	page = read_calendar_page(world.ports, thread, user)
	assert page["webcal"] == page["address"].replace("https://", "webcal://")
	return page["address"].removeprefix(f"{PUBLIC}{CALENDARS}")


def test_a_move_is_the_same_entry_later_counted(world: World) -> None:
	sarah = world.customer()
	_plan(world, sarah)
	made = _event(world, sarah)
	_card(world, sarah, 1)
	seen = [_event(world, sarah)]
	for number in (2, 3):
		_plan(world, sarah, starts_us=NOW + (number + 1) * DAY)
		_card(world, sarah, number)
		seen.append(_event(world, sarah))
	_plan(world, sarah, state="Cancelled")
	_card(world, sarah, 4)
	seen.append(_event(world, sarah))

	assert {event["uid"] for event in (made, *seen)} == {made["uid"]}
	assert [event["sequence"] for event in (made, *seen)] == [0, 0, 1, 2, 3]
	assert [event["status"] for event in seen] == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"]
	assert "last-modified" not in made
	assert seen[-1].decoded("last-modified") == to_utc(world.clock.us).replace(microsecond=0)


def test_it_is_a_file_for_a_calendar(world: World) -> None:
	world.set(public_url=PUBLIC, business_phone="+15550003000")
	sarah = world.customer()
	_plan(world, sarah)
	answer = read_calendar_file(world.ports, sarah, VISIT, "")

	assert answer.content_type == "text/calendar; charset=utf-8; method=PUBLISH"
	assert answer.headers["Content-Disposition"] == 'attachment; filename="appointment.ics"'
	[event] = _events(answer)
	assert str(event["summary"]) == "Mike's Contracting: Appointment"
	assert str(event["url"]) == f"{PUBLIC}/messages/appointments/APP-1"
	assert "(555) 000-3000" in str(event["description"])


@pytest.mark.parametrize(
	"document",
	[VISIT, MEETING, Reference("Sales Invoice", "APP-1"), Reference("", ""), Reference("Event", "x")],
)
def test_it_answers_alike_for_what_is_anothers_and_what_is_none(world: World, document: Reference) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	_plan(world, bob)
	_plan(world, bob, MEETING)
	with pytest.raises(NotFound, match="This document is not there"):
		read_calendar_file(world.ports, sarah, document, "")


def test_each_day_of_several_has_an_id_and_a_file_of_its_own(world: World) -> None:
	sarah = world.customer()
	days = [
		_plan(world, sarah, MEETING, NOW + number * 7 * DAY, is_one_of_several=True) for number in range(3)
	]

	[first, second, third] = [_event(world, sarah, MEETING, planned.day.isoformat()) for planned in days]
	assert len({first["uid"], second["uid"], third["uid"]}) == 3
	assert second.decoded("dtstart").astimezone(None) == to_utc(NOW + 7 * DAY)
	assert len(_events(read_calendar_file(world.ports, sarah, MEETING, ""))) == 3
	link = calendar_link(days[1])
	assert link
	assert link.endswith(f"?document=Event&name=EV-1&day={days[1].day}")
	with pytest.raises(NotFound):
		read_calendar_file(world.ports, sarah, MEETING, "2020-01-01")


def test_the_schedule_offers_what_is_to_come(world: World) -> None:
	sarah = world.customer()
	_plan(world, sarah)
	_plan(world, sarah, Reference("Appointment", "APP-2"), NOW - DAY)
	_plan(world, sarah, Reference("Appointment", "APP-3"), state="Cancelled")
	page = read_schedule(world.ports, sarah)

	assert [view["calendar"] for view in page["past"]] == [None]
	assert sorted(str(view["calendar"]) for view in page["coming"]) == [
		"/api/method/customer_thread.api.portal.calendar_file?document=Appointment&name=APP-1",
		"None",
	]
	reader = reader_of(world.ports, sarah, info_of(world.parties, sarah))
	nameless = Planned("Visit", "Open", to_utc(NOW + DAY).date())
	assert planned_view(nameless, reader, is_coming=True)["calendar"] is None


def test_a_subscription_has_everything_and_nothing_else(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB)
	_plan(world, sarah)
	_plan(world, sarah, MEETING, NOW - DAY)
	_plan(world, bob, Reference("Appointment", "APP-9"))
	answer = read_calendar(world.ports, _subscribe(world, sarah))

	assert len(_events(answer)) == 2
	# a document's name may be its customer's
	assert {str(event["url"]) for event in _events(answer)} == {f"{PUBLIC}/schedule"}
	assert b"APP-1" not in answer.body
	assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in answer.body
	assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_subscription_is_no_longer_than_the_schedule(world: World) -> None:
	sarah = world.customer()
	for number in range(1, LIMIT + 3):
		_plan(world, sarah, Reference("Appointment", f"C-{number}"), NOW + number * DAY)
		_plan(world, sarah, Reference("Appointment", f"P-{number}"), NOW - number * DAY)
	answer = read_calendar(world.ports, _subscribe(world, sarah))

	assert len(_events(answer)) == 2 * LIMIT
	assert len(answer.body) < 100_000


def test_a_calendar_that_has_it_all_gets_nothing_until_it_changes(world: World) -> None:
	sarah = world.customer()
	_plan(world, sarah)
	file = _subscribe(world, sarah)
	tag = read_calendar(world.ports, file).headers["ETag"]
	world.clock.move(HOUR)

	for known in (tag, f'"x", W/{tag}'):
		answer = read_calendar(world.ports, file, known)
		assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
	_plan(world, sarah, starts_us=NOW + 2 * DAY)
	moved = read_calendar(world.ports, file, tag)
	assert moved.status == 200
	_card(world, sarah, 1)
	_card(world, sarah, 2)
	assert read_calendar(world.ports, file, moved.headers["ETag"]).status == 200


def test_an_address_is_ended_by_a_new_one_and_by_turning_it_off(world: World) -> None:
	sarah = world.customer()
	world.set(public_url=PUBLIC)
	assert read_calendar_page(world.ports, sarah, sarah["party"] or "")["address"] == ""
	first = _subscribe(world, sarah)
	assert read_calendar(world.ports, first).status == 200
	second = _subscribe(world, sarah)
	assert read_calendar(world.ports, second).status == 200
	with pytest.raises(NotFound):
		read_calendar(world.ports, first)
	assert _subscribe(world, sarah, "off") == ""
	with pytest.raises(NotFound):
		read_calendar(world.ports, second)
	with pytest.raises(BadInput):
		_subscribe(world, sarah, "mine")


def test_readers_have_addresses_of_their_own(world: World) -> None:
	sarah = world.customer()
	own = _subscribe(world, sarah)
	gone = _subscribe(world, sarah, user="somebody.who.left@example.com")

	assert read_calendar(world.ports, own).status == 200
	assert own != gone
	with pytest.raises(NotFound):
		read_calendar(world.ports, gone)


@pytest.mark.parametrize(
	"change",
	[
		lambda file: "",
		lambda file: file.upper(),
		lambda file: file.removesuffix(".ics"),
		lambda file: file[1:],
		lambda file: f"{file}/",
		lambda file: f"../{file}",
		lambda file: f"{'0' * 40}.ics",
		lambda file: f"{'9' * 5000}.ics",
		lambda file: f"' OR 1=1{file}",
		lambda file: f"{file}\n",
	],
)
def test_any_other_address_is_not_there(world: World, change: Callable[[str], str]) -> None:
	file = _subscribe(world, world.customer())
	with pytest.raises(NotFound, match="not any more"):
		read_calendar(world.ports, change(file))


def test_it_ends_when_the_customer_is_not_there_any_more(world: World) -> None:
	sarah = world.customer(phone="", email="")
	file = _subscribe(world, sarah)
	party = Party("Customer", sarah["party"] or "")
	del world.parties.known[party]
	with pytest.raises(NotFound):
		read_calendar(world.ports, file)
	assert world.do(lambda: drop_empty_thread(world.ports, party))
	assert world.database.select("SELECT name FROM `tabThread Calendar`") == []


def test_it_goes_along_when_threads_are_joined(world: World) -> None:
	sarah, other = world.customer(), world.customer(BOB)
	# both are read by whoever reads the one that is left
	file = _subscribe(world, sarah, user=other["party"] or "")
	_plan(world, other)
	world.do(lambda: join_threads(world.ports, sarah["name"], other["name"]))

	assert len(_events(read_calendar(world.ports, file))) == 1


def test_it_is_not_read_without_end(world: World) -> None:
	file = _subscribe(world, world.customer())
	asked: list[tuple[str, tuple[int, int]]] = []

	def within(what: str, most: tuple[int, int]) -> bool:
		asked.append((what, most))
		return len(asked) <= 1

	ports = replace(world.ports, within=within)
	assert read_calendar(ports, file).status == 200
	with pytest.raises(TooMany):
		read_calendar(ports, file)
	assert [most for _what, most in asked] == [CALENDAR_READS] * 2
	assert file.removesuffix(".ics") not in str(asked)


def test_it_is_concealed_where_it_is_quoted(world: World) -> None:
	file = _subscribe(world, world.customer())

	[shown] = conceal(world.ports, f"Look: {PUBLIC}{CALENDARS}{file} !")
	assert shown == f"Look: {PUBLIC}{CALENDARS}….ics !"
	other = f"{PUBLIC}{CALENDARS}{'0' * 40}.ics"
	assert conceal(world.ports, other) == [other]


def test_it_looks_at_the_clock_alone_for_when_it_was_made(world: World) -> None:
	sarah = world.customer()
	_plan(world, sarah)
	file = _subscribe(world, sarah)
	first = read_calendar(world.ports, file)
	world.clock.move(int(timedelta(minutes=5).total_seconds()) * 1_000_000)

	assert read_calendar(world.ports, file).headers["ETag"] == first.headers["ETag"]
