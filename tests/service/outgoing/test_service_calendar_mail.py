"""Mails about an appointment carry it for the reader's calendar, as it is when the mail is put together."""

from datetime import datetime, timezone
from email.message import EmailMessage
from typing import Any

import pytest
from icalendar import Calendar
from support.clock import NOW
from support.notified import PUBLIC, mails, say, work
from support.persons import SARAH
from support.world import World

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.limits import CALENDAR_IN_MAIL
from customer_thread.domain.model import Attachment
from customer_thread.domain.outbound import OutboundMail
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import Planned, State
from customer_thread.domain.times import DAY, HOUR, MINUTE, to_utc
from customer_thread.gateways.mail.message import build
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.outgoing.send_message import send_message
from customer_thread.store import scheduled_messages
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


def _write(world: World, thread: ThreadRow, doctype: str = "Appointment", name: str = "APP-1") -> int:
	"""Write an automated message about a document, as it is written when it is due, and queue its mail."""
	world.clock.move(MINUTE)
	key = f"reminder {world.clock.us}"

	def send() -> int:
		text = "See you tomorrow."
		entry = send_message(world.ports, thread, text, channel="email", automated=True).entry
		values: dict[str, object] = {
			"automation": "Reminder",
			"thread": thread["name"],
			"reference_doctype": doctype,
			"reference_name": name,
			"occurrence": "once",
			"due_us": world.clock.us,
			"planned_us": world.clock.us,
			"valid_until_us": world.clock.us + DAY,
			"creation_us": world.clock.us,
			"source_key": key,
			"computed_from": "",
			"reason": "",
		}
		row = scheduled_messages.add(world.database, values)
		assert scheduled_messages.send(world.database, row, entry, Phrase("sent"))
		return entry

	return world.do(send)


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
	_plan(world, sarah)
	_card(world, sarah, "scheduled")
	world.mailbox.messages.clear()
	_write(world, sarah)
	_plan(world, sarah, NOW + 2 * DAY)
	work(world)

	mail = next(mail for mail in mails(world) if "See you tomorrow." in mail.as_string())
	event = _event(mail)
	assert event.decoded("dtstart").timestamp() == (NOW + 2 * DAY) / 1e6
	assert event["sequence"] == 0


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
	_write(world, sarah, doctype, name)
	say(world, sarah, "Hi Sarah", channel="email")
	world.clock.move(HOUR)
	work(world)

	assert len(mails(world)) == 2
	assert [_parts(mail) for mail in mails(world)] == [[], []]


def test_what_is_over_is_left_out_and_what_was_called_off_is_not(world: World, sarah: ThreadRow) -> None:
	_plan(world, sarah, NOW - DAY)
	_write(world, sarah)
	work(world)
	assert _parts(mails(world)[-1]) == []
	_plan(world, sarah, NOW - DAY, state="Cancelled")
	_write(world, sarah)
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
	_write(world, sarah, "Event", "EV-1")
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
