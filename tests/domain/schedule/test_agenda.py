"""Appointments and visits: whose they are, which are shown, in which order, in which words."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule import agenda
from customer_thread.domain.schedule.agenda import (
	Booking,
	Planned,
	is_accepted,
	is_with,
	split,
	through_contacts,
)
from customer_thread.domain.schedule.agenda_words import day_words, kind_words, state_words, time_words
from customer_thread.domain.schedule.recurrence import Repetition, days
from customer_thread.domain.times import to_us
from customer_thread.domain.wording import Reader

SARAH = Party("Customer", "Sarah Lee")
GUEST = Booking(
	status="Open",
	owner="Guest",
	customer_email="sarah@example.com",
	is_made_by_staff=False,
	is_changed_by_staff=False,
	has_card=False,
)


def _at(*when: int, zone: str = "America/New_York") -> int:
	return to_us(datetime(*when, tzinfo=ZoneInfo(zone)))  # type: ignore[misc,arg-type]


#: Thu May 15, 11:00am
NOW = _at(2025, 5, 15, 11, 0)


def _reader(zone: str = "America/New_York", locale: str = "en_US") -> Reader:
	return Reader(ZoneInfo(zone), locale, str, NOW)


def _timed(*when: int, minutes: int = 0, name: str = "A") -> Planned:
	us = _at(*when)
	day = datetime(*when).date()  # type: ignore[arg-type]  # noqa: DTZ001
	ends = us + minutes * 60_000_000 if minutes else None
	return Planned("Appointment", "Open", day, us, ends, reference=Reference("Appointment", name))


def _whole_day(*when: int, last: date | None = None) -> Planned:
	return Planned("Visit", "Open", date(*when), last_day=last)


@pytest.mark.parametrize(
	("change", "is_shown"),
	[
		({}, False),
		({"is_made_by_staff": True, "owner": "mike@example.com"}, True),
		({"owner": "sarah@example.com"}, True),
		({"owner": "bob@example.com"}, False),
		({"owner": "Guest", "customer_email": "Guest"}, False),
		({"is_changed_by_staff": True}, True),
		({"is_changed_by_staff": True, "status": "Closed"}, False),
		({"has_card": True, "status": "Closed"}, True),
		({"has_card": True, "status": "Unverified"}, False),
		({"is_made_by_staff": True, "status": "Closed"}, True),
	],
)
def test_it_shows_no_booking_that_a_guest_made_in_anothers_name(
	change: dict[str, object], is_shown: bool
) -> None:
	assert is_accepted(replace(GUEST, **change)) is is_shown  # type: ignore[arg-type]


@pytest.mark.parametrize(
	("participants", "is_his"),
	[
		([("Customer", "Sarah Lee")], True),
		([("Employee", "HR-1"), ("Customer", "Sarah Lee"), ("Customer", "Bob")], True),
		([("Customer", "Bob"), ("Customer", "Sarah Lee")], True),
		([("Customer", "Sarah Lee"), ("Lead", "CRM-LEAD-1")], False),
		([("Contact", "Sarah Lee")], False),
		([], False),
	],
)
def test_it_takes_an_event_for_each_of_its_customers(
	participants: list[tuple[str, str]], is_his: bool
) -> None:
	assert is_with(SARAH, participants) is is_his


@pytest.mark.parametrize(
	("status", "facts", "state"),
	[
		("Open", {}, "Open"),
		("Open", {"is_changed_before": True}, "Open"),
		("Closed", {}, "Closed"),
		("Closed", {"is_changed_before": True}, "Cancelled"),
		("Closed", {"has_cancelled_card": True}, "Cancelled"),
		("Open", {"has_cancelled_card": True}, "Open"),
		("Open", {"is_event_cancelled": True}, "Cancelled"),
		("Closed", {"is_event_cancelled": True}, "Cancelled"),
		("Open", {"is_event_gone": True}, "Open"),
		("Open", {"is_event_gone": True, "has_cancelled_card": True}, "Cancelled"),
	],
)
def test_it_knows_an_appointment_that_is_called_off(status: str, facts: dict[str, bool], state: str) -> None:
	booking = replace(GUEST, status=status, **facts)  # type: ignore[arg-type]
	assert agenda.state_of_appointment(booking) == state


def test_it_takes_a_contact_for_whose_it_is_after_those_who_are_named() -> None:
	contacts = {"Sarah": SARAH, "Newcomer": Party("Lead", "CRM-LEAD-1")}
	assert through_contacts([("Contact", "Sarah"), ("Customer", "Bob"), ("Contact", "Nobody")], contacts) == [
		(1, ("Customer", "Bob")),
		(2, ("Contact", "Nobody")),
		(0, ("Customer", "Sarah Lee")),
	]
	assert through_contacts([("Contact", "Newcomer")], contacts) == [(0, ("Lead", "CRM-LEAD-1"))]


def test_it_puts_the_nearest_first_and_the_newest_of_the_past() -> None:
	tomorrow, tonight = _timed(2025, 5, 16, 8), _timed(2025, 5, 15, 20)
	now, over = _timed(2025, 5, 15, 10, 30, minutes=60), _timed(2025, 5, 15, 9, minutes=60)
	today, yesterday, older = _whole_day(2025, 5, 15), _whole_day(2025, 5, 14), _timed(2024, 1, 1, 8)
	coming, past = split([tomorrow, older, over, tonight, yesterday, today, now], _reader())
	assert coming == [today, now, tonight, tomorrow]
	assert past == [over, yesterday, older]


def test_it_keeps_what_takes_several_days_until_the_last() -> None:
	trip = _whole_day(2025, 5, 13, last=date(2025, 5, 15))
	assert split([trip], _reader())[0] == [trip]
	assert split([replace(trip, last_day=date(2025, 5, 14))], _reader())[0] == []


def test_it_shows_the_nearest_of_very_many() -> None:
	many = [_timed(2025, 5, 16, 8, name=str(number)) for number in range(80)]
	first = _timed(2025, 5, 15, 20)
	coming, _past = split([*many, first], _reader())
	assert len(coming) == agenda.LIMIT
	assert coming[0] == first


@pytest.mark.parametrize(
	("planned", "day", "time"),
	[
		(_timed(2025, 5, 15, 13, 30), "Today — Thu May 15", "1:30pm"),
		(_timed(2025, 5, 16, 8, minutes=60), "Tomorrow — Fri May 16", "8:00am – 9:00am"),
		(_timed(2025, 5, 14, 8), "Yesterday — Wed May 14", "8:00am"),
		(_timed(2025, 5, 20, 22, minutes=180), "Tue May 20", "10:00pm – Wed May 21, 1:00am"),
		(_timed(2026, 1, 7, 8), "Wed Jan 7, 2026", "8:00am"),
		(_whole_day(2025, 5, 20), "Tue May 20", ""),
		(_whole_day(2025, 5, 20, last=date(2025, 5, 22)), "Tue May 20 – Thu May 22", ""),
		(replace(_timed(2025, 5, 16, 8), ends_us=_at(2025, 5, 16, 8)), "Tomorrow — Fri May 16", "8:00am"),
	],
)
def test_it_says_day_and_time(planned: Planned, day: str, time: str) -> None:
	assert day_words(planned, _reader()) == day
	assert time_words(planned, _reader()) == time


def test_it_says_the_time_in_the_readers_zone() -> None:
	late = _timed(2025, 5, 15, 22)
	assert (day_words(late, _reader("Europe/Berlin")), time_words(late, _reader("Europe/Berlin"))) == (
		"Tomorrow — Fri May 16",
		"4:00am",
	)
	# a day without a time is the business's day, wherever it is read
	assert day_words(_whole_day(2025, 5, 20), _reader("Pacific/Auckland")) == "Tue May 20"


@pytest.mark.parametrize(
	("state", "is_coming", "words"),
	[
		("Open", True, "Scheduled"),
		("Open", False, "Was scheduled"),
		("Done", False, "Done"),
		("Partly Done", False, "Partly done"),
		("Closed", True, "Closed"),
		("Cancelled", True, "Cancelled"),
	],
)
def test_it_says_the_state(state: agenda.State, is_coming: bool, words: str) -> None:
	planned = replace(_timed(2025, 5, 16, 8), state=state)
	assert state_words(planned, _reader(), is_coming=is_coming) == words


def test_it_knows_the_states_of_erpnexts_documents() -> None:
	assert [agenda.state_of_event(status) for status in ("Open", "Completed", "Closed", "Cancelled")] == [
		"Open", "Done", "Done", "Cancelled"
	]  # fmt: skip
	assert agenda.state_of_visit("Fully Completed", 1) == "Done"
	assert agenda.state_of_visit("Partially Completed", 1) == "Partly Done"
	assert agenda.state_of_visit("Fully Completed", 2) == "Cancelled"


def test_it_calls_both_by_their_names() -> None:
	assert kind_words(_timed(2025, 5, 16, 8), _reader()) == "Appointment"
	assert kind_words(_whole_day(2025, 5, 16), _reader()) == "Visit"


@pytest.mark.parametrize(
	("repetition", "found"),
	[
		(Repetition("Daily", date(2025, 5, 30)), ["05-30", "05-31", "06-01", "06-02", "06-03"]),
		(Repetition("Daily", date(2025, 1, 1), till=date(2025, 5, 29)), ["05-28", "05-29"]),
		(Repetition("Weekly", date(2025, 5, 1), weekdays=(0, 4)), ["05-30", "06-02"]),
		(Repetition("Weekly", date(2025, 5, 1)), ["05-29"]),
		(Repetition("Monthly", date(2025, 1, 31)), ["05-31"]),
		(Repetition("Monthly", date(2025, 1, 2)), ["06-02"]),
		(Repetition("Yearly", date(2020, 6, 3)), ["06-03"]),
		(Repetition("Yearly", date(2020, 7, 3)), []),
		(Repetition("Daily", date(2025, 7, 1)), []),
	],
)
def test_it_knows_the_days_of_what_repeats(repetition: Repetition, found: list[str]) -> None:
	since = date(2025, 5, 28)
	assert [f"{day:%m-%d}" for day in days(repetition, since, since + timedelta(days=6))] == found


def test_it_repeats_on_the_last_day_of_a_shorter_month() -> None:
	rent = Repetition("Monthly", date(2024, 12, 31))
	assert days(rent, date(2025, 2, 1), date(2025, 4, 30)) == [
		date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)
	]  # fmt: skip
	birthday = Repetition("Yearly", date(2024, 2, 29))
	assert days(birthday, date(2025, 1, 1), date(2025, 12, 31)) == [date(2025, 2, 28)]
