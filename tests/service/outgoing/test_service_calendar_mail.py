"""Mails about an appointment carry it for the reader's calendar, as it is when the mail is put together."""

from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar
from support.automated import CANCELLED, REMINDER, SCHEDULED, Visit, at, automate, pass_time
from support.clock import NOW
from support.notified import PUBLIC, mails, say, work
from support.persons import SARAH
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.limits import CALENDAR_IN_MAIL
from customer_thread.domain.model import Attachment
from customer_thread.domain.outbound import OutboundMail
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import Planned, State
from customer_thread.domain.times import DAY, HOUR, MINUTE, to_us, to_utc
from customer_thread.gateways.mail.message import build
from customer_thread.service.cards.record_event import record_event
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

VISIT = Reference("Appointment", "APP-1")


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return Sarah's thread, whom mails alone reach."""
	world.set(public_url=PUBLIC, quiet_start="08:00", quiet_end="08:00", notice_delay_minutes=0)
	return world.customer(SARAH, phone="")


def _plan(world: World, thread: ThreadRow, starts_us: int = NOW + DAY, state: State = "Open") -> None:
	party = party_of(thread)
	assert party
	day = to_utc(starts_us).date()
	world.documents.known[party, VISIT] = Planned("Appointment", state, day, starts_us, reference=VISIT)


def _card(
	world: World, thread: ThreadRow, what: str, doctype: str = "Appointment", name: str = "APP-1"
) -> int:
	world.clock.move(MINUTE)
	event = NewEvent(
		event_type=f"Appointment {what}",
		title=f"Appointment {what}",
		occurred_us=world.clock.us,
		source_key=f"{name} {what} {world.clock.us}",
		reference_doctype=doctype,
		reference_name=name,
		notify=True,
	)
	return world.do(lambda: record_event(world.ports, thread, event)).entry


def _parts(mail: EmailMessage) -> list[EmailMessage]:
	return [part for part in mail.iter_attachments() if isinstance(part, EmailMessage)]


def _event(mail: EmailMessage) -> Any:  # noqa: ANN401
	[part] = _parts(mail)
	assert part.get_content_type() == "text/calendar"
	assert part.get_param("method") == "PUBLISH"
	assert part.get_param("charset") == "utf-8"
	assert part.get_filename() == "appointment.ics"
	data = part.get_payload(decode=True)
	assert isinstance(data, bytes)
	[event] = Calendar.from_ical(data).walk("VEVENT")
	return event


def test_a_message_the_system_wrote_carries_it_as_it_is_by_then(world: World, sarah: ThreadRow) -> None:
	for automation in (SCHEDULED, REMINDER, CANCELLED):
		automate(world, **automation)
	visit, day = Visit(world, sarah), at("2025-05-20 10:00")
	_plan(world, sarah, to_us(day))
	visit.schedule(day)
	pass_time(world, at("2025-05-15 10:20"))
	_plan(world, sarah, to_us(day + timedelta(days=1)))
	visit.move(day + timedelta(days=1))
	pass_time(world, at("2025-05-20 09:01"), timedelta(hours=1))
	_plan(world, sarah, to_us(day + timedelta(days=1)), "Cancelled")
	visit.cancel()
	pass_time(world, at("2025-05-20 12:00"), timedelta(minutes=5))

	written = [mail for mail in mails(world) if "Automated" in mail.as_string()]
	events = [_event(mail) for mail in written]
	assert [event.decoded("dtstart") for event in events] == [day, *[day + timedelta(days=1)] * 2]
	assert [event["status"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
	assert len({event["uid"] for event in events}) == 1
	assert [event["sequence"] for event in events] == [0, 1, 2]


def test_cards_carry_one_entry_that_is_moved_and_then_cancelled(world: World, sarah: ThreadRow) -> None:
	seen = []
	changes: dict[str, State] = {"scheduled": "Open", "rescheduled": "Open", "cancelled": "Cancelled"}
	for number, (what, state) in enumerate(changes.items()):
		_plan(world, sarah, NOW + (number + 1) * DAY, state=state)
		_card(world, sarah, what)
		world.clock.move(HOUR)
		work(world)
		seen.append(_event(mails(world)[-1]))

	assert len({event["uid"] for event in seen}) == 1
	assert [event["sequence"] for event in seen] == [0, 1, 2]
	assert [event["status"] for event in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
	assert [event.decoded("dtstart").timestamp() * 1e6 for event in seen] == [
		NOW + number * DAY for number in (1, 2, 3)
	]


@pytest.mark.parametrize(
	("doctype", "name"), [("Sales Invoice", "APP-1"), ("Appointment", "APP-7"), ("", "")]
)
def test_other_messages_carry_nothing(world: World, sarah: ThreadRow, doctype: str, name: str) -> None:
	_plan(world, sarah)
	_card(world, sarah, "scheduled", doctype, name)
	say(world, sarah, "Hi Sarah", channel="email")
	world.clock.move(HOUR)
	work(world)

	assert len(mails(world)) == 2
	assert [_parts(mail) for mail in mails(world)] == [[], []]


def test_what_is_over_is_left_out_and_what_was_called_off_is_not(world: World, sarah: ThreadRow) -> None:
	_plan(world, sarah, NOW - DAY)
	_card(world, sarah, "changed")
	world.clock.move(HOUR)
	work(world)
	assert _parts(mails(world)[-1]) == []
	_plan(world, sarah, NOW - DAY, state="Cancelled")
	_card(world, sarah, "changed")
	world.clock.move(HOUR)
	work(world)
	assert _event(mails(world)[-1])["status"] == "CANCELLED"


def test_of_many_days_a_mail_carries_the_next_ones(world: World, sarah: ThreadRow) -> None:
	party, meeting = party_of(sarah), Reference("Event", "EV-1")
	assert party
	for number in range(60):
		starts = NOW + (60 - number) * DAY
		world.documents.known[party, Reference("EV-1", str(number))] = Planned(
			"Appointment", "Open", to_utc(starts).date(), starts, planned_by=meeting, is_one_of_several=True
		)
	_card(world, sarah, "scheduled", "Event", "EV-1")
	world.clock.move(HOUR)
	work(world)

	[part] = _parts(mails(world)[-1])
	data = part.get_payload(decode=True)
	assert isinstance(data, bytes)
	events = Calendar.from_ical(data).walk("VEVENT")
	assert len(events) == CALENDAR_IN_MAIL
	assert min(event.decoded("dtstart").timestamp() for event in events) == (NOW + DAY) / 1e6


def test_files_from_outside_say_no_more_of_themselves_than_before() -> None:
	files = (
		Attachment("a.html", "text/html; name=x; method=REQUEST; charset=utf-8\r\nX-Evil: 1", b"x"),
		Attachment("b", "multipart/mixed; boundary=x", b"x"),
		Attachment("c", "text/calendar; charset=utf-8; method=PUBLISH", b"x"),
	)
	mail = OutboundMail(
		"<a@b.example>", "a@b.example", "A", "c@d.example", "", "S", "T", "", attachments=files
	)
	first, second, third = _parts(build(mail, datetime(2026, 5, 15, tzinfo=timezone.utc)))

	assert first["Content-Type"].params.get("name") is None
	assert "Evil" not in str(first)
	assert second.get_content_type() == "application/octet-stream"
	assert dict(third["Content-Type"].params) == {"charset": "utf-8", "method": "PUBLISH"}
