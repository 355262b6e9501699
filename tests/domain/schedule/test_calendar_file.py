"""The calendar file, read back by two other programs: whatever is planned, in whichever zone, at whatever hour."""

import io
from datetime import date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import Planned
from customer_thread.domain.schedule.calendar_file import (
	CalendarEntry,
	Publisher,
	calendar_file,
	uid_of,
)
from customer_thread.domain.times import DAY, HOUR, MINUTE, SECOND, to_us, to_utc

NOW = to_us(datetime(2026, 5, 15, 14, tzinfo=timezone.utc))
DAYS = date(2026, 5, 18)
MIKE = Publisher("Mike's Contracting", "(555) 000-3000", "office@mikes.example")
ZONES = (
	"America/New_York",
	"America/St_Johns",
	"Asia/Kolkata",
	"Pacific/Chatham",
	"Africa/Casablanca",
	"Australia/Lord_Howe",
	"Europe/Dublin",
	"UTC",
	"Etc/UTC",
)
MOMENTS = st.integers(
	to_us(datetime(1990, 1, 1, tzinfo=timezone.utc)) // MINUTE,
	to_us(datetime(2060, 1, 1, tzinfo=timezone.utc)) // MINUTE,
).map(lambda minutes: minutes * MINUTE)
#: hours around changes of clocks, in which zones are most easily wrong
NEAR_CHANGES = st.builds(
	lambda day, minutes: to_us(day) + minutes * MINUTE,
	st.sampled_from(
		[
			datetime(2026, month, day, tzinfo=timezone.utc)
			for month, day in ((3, 8), (3, 29), (4, 4), (4, 5), (9, 26), (9, 27), (10, 25), (11, 1))
		]
	),
	st.integers(-24 * 60, 24 * 60),
)
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200)


def _planned(starts_us: int | None = NOW, **more: Any) -> Planned:  # noqa: ANN401
	day = DAYS if starts_us is None else to_utc(starts_us).date()
	return Planned("Appointment", "Open", day, starts_us, **more)


def _entry(
	planned: Planned, uid: str = "u@mikes.example", title: str = "Appointment", **more: int | str
) -> CalendarEntry:
	return CalendarEntry(planned, uid, title, **more)  # type: ignore[arg-type]


def _file(*entries: CalendarEntry, zone: str = "America/New_York", **more: Any) -> bytes:  # noqa: ANN401
	return calendar_file(entries, MIKE, ZoneInfo(zone), NOW, str, **more)


def _event(data: bytes) -> Any:  # noqa: ANN401
	return Calendar.from_ical(data).walk("VEVENT")[0]


def _unfolded(data: bytes) -> list[str]:
	return data.decode().replace("\r\n ", "").split("\r\n")


def _moment(data: bytes, name: str) -> datetime:
	"""Return a time of a file's event by what the file itself says of the zone."""
	lines = _unfolded(data)
	line = next(line for line in lines[lines.index("BEGIN:VEVENT") :] if line.startswith(name))
	written = line.partition(":")[2]
	if "TZID=" not in line:
		return datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
	zone = tzical(io.StringIO(data.decode())).get()
	assert zone is not None
	return datetime.strptime(written, "%Y%m%dT%H%M%S").replace(tzinfo=zone)


@given(st.one_of(MOMENTS, NEAR_CHANGES), st.integers(1, 3 * 24 * 60), st.sampled_from(ZONES))
def test_its_times_are_these_moments_by_what_it_says_of_the_zone(
	starts_us: int, minutes: int, zone: str
) -> None:
	data = _file(_entry(_planned(starts_us, ends_us=starts_us + minutes * MINUTE)), zone=zone)

	assert to_us(_moment(data, "DTSTART")) == starts_us
	assert to_us(_moment(data, "DTEND")) == starts_us + minutes * MINUTE
	event = _event(data)
	assert to_us(event.decoded("dtstart")) == starts_us
	assert to_us(event.decoded("dtend")) == starts_us + minutes * MINUTE
	assert event.decoded("dtstart").utcoffset() in (
		to_utc(starts_us).astimezone(ZoneInfo(zone)).utcoffset(),
		timedelta(),
	)


@given(st.lists(NEAR_CHANGES, min_size=2, max_size=12), st.sampled_from(ZONES))
def test_several_in_one_file_do_not_change_each_others_times(moments: list[int], zone: str) -> None:
	data = _file(*(_entry(_planned(us), f"{number}@x") for number, us in enumerate(moments)), zone=zone)

	told = tzical(io.StringIO(data.decode())).get() if "VTIMEZONE" in data.decode() else None
	for event, us in zip(Calendar.from_ical(data).walk("VEVENT"), moments, strict=True):
		starts = event.decoded("dtstart")
		assert to_us(starts) == us
		if told and event["dtstart"].params.get("TZID"):
			assert to_us(starts.replace(tzinfo=told, fold=0)) == us


@pytest.mark.parametrize(
	("zone", "before", "after"),
	[
		("America/St_Johns", "-0330", "-0230"),
		("Pacific/Chatham", "+1345", "+1245"),
		("America/New_York", "-0500", "-0400"),
	],
)
def test_it_tells_the_hour_of_a_change_by_the_clock_before_it(zone: str, before: str, after: str) -> None:
	lines = _unfolded(_file(_entry(_planned(NOW)), zone=zone))
	at = lines.index(f"TZOFFSETFROM:{before}")

	assert f"TZOFFSETTO:{after}" in lines[at - 3 : at + 3]
	starts = next(line for line in lines[at - 3 : at + 3] if line.startswith("DTSTART"))
	# RFC 5545 §3.6.5: 2:00 is when New York's and Newfoundland's go forward, 3:45 when Chatham's go back
	assert starts.endswith("T034500" if zone == "Pacific/Chatham" else "T020000")


def test_kolkata_never_changes_its_clocks() -> None:
	data = _file(
		_entry(_planned(NOW)), _entry(_planned(NOW + 200 * DAY), "v@x"), zone="Asia/Kolkata"
	).decode()

	assert data.count("BEGIN:STANDARD") == 1
	assert "DTSTART;TZID=Asia/Kolkata:20260515T193000" in data


def test_a_time_that_clocks_show_twice_is_told_in_utc() -> None:
	first = to_us(datetime(2026, 11, 1, 5, 30, tzinfo=timezone.utc))

	assert "DTSTART;TZID=America/New_York:20261101T013000" in _file(_entry(_planned(first))).decode()
	assert "DTSTART:20261101T063000Z" in _file(_entry(_planned(first + HOUR))).decode()


@given(WORDS, WORDS, WORDS)
def test_words_come_back_as_they_are(name: str, title: str, path: str) -> None:
	publisher = Publisher(f"A{name}", "(555) 000-3000")
	entry = _entry(_planned(), title=f"B{title}", url="https://mikes.example/schedule")
	data = calendar_file([entry], publisher, ZoneInfo("Asia/Kolkata"), NOW, str)

	said = str(_event(data)["summary"])
	assert said == str(vobject.readOne(data.decode()).vevent.summary.value)
	for words in (f"A{name}", f"B{title}"):
		wanted = " ".join(words.split())
		assert wanted in said or len(said) >= 140
	assert (
		str(_event(data)["description"]) == "Questions? Call (555) 000-3000.\nhttps://mikes.example/schedule"
	)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_nothing_in_it_can_add_a_line(name: str, title: str, phone: str) -> None:
	entry = _entry(_planned(), title=title)
	data = calendar_file([entry], Publisher(name, phone, "a@b.example"), ZoneInfo("UTC"), NOW, str)

	names = [line.partition(":")[0].partition(";")[0] for line in _unfolded(data) if line]
	assert names.count("BEGIN") == names.count("END") == 2
	assert set(names) <= {
		"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "DTSTAMP", "SEQUENCE", "DTSTART",
		"SUMMARY", "STATUS", "DESCRIPTION", "ORGANIZER",
	}  # fmt: skip
	for line in data.split(b"\r\n"):
		assert len(line) <= 75
		assert b"\n" not in line
		assert b"\r" not in line


@pytest.mark.parametrize("last_day", [None, DAYS, DAYS + timedelta(days=2), DAYS - timedelta(days=1)])
def test_a_whole_day_is_a_date_and_ends_before_the_next(last_day: date | None) -> None:
	event = _event(_file(_entry(_planned(None, last_day=last_day))))

	assert event.decoded("dtstart") == DAYS
	assert event.decoded("dtend") == max(last_day or DAYS, DAYS) + timedelta(days=1)
	assert event["transp"] == "TRANSPARENT"
	assert b"VTIMEZONE" not in _file(_entry(_planned(None)))


@pytest.mark.parametrize("ends_us", [None, NOW, NOW - HOUR])
def test_no_end_is_made_up(ends_us: int | None) -> None:
	assert "dtend" not in _event(_file(_entry(_planned(ends_us=ends_us))))


def test_it_says_what_came_of_it_and_how_often_it_changed() -> None:
	entry = _entry(_planned(), sequence=3, revised_us=NOW - 5 * SECOND, url="https://mikes.example/schedule")
	lines = _unfolded(_file(entry))

	for line in (
		"METHOD:PUBLISH",
		"UID:u@mikes.example",
		"SEQUENCE:3",
		"DTSTAMP:20260515T140000Z",
		"LAST-MODIFIED:20260515T135955Z",
		"DTSTART;TZID=America/New_York:20260515T100000",
		"STATUS:CONFIRMED",
		"SUMMARY:Mike's Contracting: Appointment",
		"URL:https://mikes.example/schedule",
	):
		assert line in lines
	assert "REFRESH-INTERVAL" not in "".join(lines)


def test_what_is_called_off_is_cancelled() -> None:
	cancelled = Planned("Visit", "Cancelled", DAYS)

	assert _event(_file(_entry(cancelled)))["status"] == "CANCELLED"


def test_who_subscribes_hears_how_often_to_look() -> None:
	lines = _unfolded(_file(refreshed_every=timedelta(hours=1)))

	assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
	assert "X-PUBLISHED-TTL:PT1H" in lines
	assert "X-WR-CALNAME:Mike's Contracting" in lines


def test_an_id_is_of_one_document_of_one_business_and_names_neither() -> None:
	document, host = Reference("Appointment", "APP-0001"), "mikes.example"
	uids = {
		uid_of(document, None, host),
		uid_of(document, DAYS, host),
		uid_of(document, None, "annes.example"),
		uid_of(document, None, ""),
		uid_of(Reference("Event", "APP-0001"), None, host),
		uid_of(Reference("Appointment", "APP-0002"), None, host),
	}

	assert len(uids) == 6
	assert uid_of(document, None, host) == uid_of(Reference("Appointment", "APP-0001"), None, host)
	assert not any("APP" in uid for uid in uids)
	assert all(uid.partition("@")[2] for uid in uids)
