"""“The day before at nine” is nine on the clocks of whoever is reminded, on every day of every year."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.automations.civil_time import begin_us, civil_us, day_of, end_us, planned_us
from customer_thread.domain.times import HOUR, to_us, to_utc

SITE = ZoneInfo("America/New_York")
ZONES = st.sampled_from(
	[
		ZoneInfo(name)
		for name in (
			*("America/New_York", "America/St_Johns", "America/Phoenix", "Asia/Kolkata", "Pacific/Chatham"),
			*("Australia/Lord_Howe", "Europe/Berlin", "Pacific/Apia", "Africa/Casablanca", "UTC"),
		)
	]
)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def shown(us: int, zone: ZoneInfo) -> str:
	return f"{to_utc(us).astimezone(zone):%Y-%m-%d %H:%M}"


@given(day=DAYS, zone=ZONES, minutes=st.integers(0, 24 * 60 - 1))
def test_the_clocks_show_it_unless_they_jump_over_it(day: date, zone: ZoneInfo, minutes: int) -> None:
	clock = time(minutes // 60, minutes % 60)
	us = civil_us(day, clock, zone)
	wall = datetime.combine(day, clock)
	local = to_utc(us).astimezone(zone).replace(tzinfo=None)
	assert local == wall or timedelta(0) < local - wall <= timedelta(hours=1)
	# of a time that they show twice, the first
	assert to_utc(us - HOUR).astimezone(zone).replace(tzinfo=None) != wall


@pytest.mark.parametrize(
	("zone", "day", "clock", "shows", "in_utc"),
	[
		("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08 03:30", "2026-03-08 07:30"),
		("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01 01:30", "2026-11-01 05:30"),
		("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04 02:45", "2026-10-03 15:45"),
		("Pacific/Chatham", date(2026, 9, 27), time(3, 0), "2026-09-27 04:00", "2026-09-26 14:15"),
		("America/St_Johns", date(2026, 3, 8), time(9, 0), "2026-03-08 09:00", "2026-03-08 11:30"),
		("Asia/Kolkata", date(2026, 5, 14), time(9, 0), "2026-05-14 09:00", "2026-05-14 03:30"),
	],
)
def test_nights_on_which_the_clocks_change(
	zone: str, day: date, clock: time, shows: str, in_utc: str
) -> None:
	us = civil_us(day, clock, ZoneInfo(zone))
	assert shown(us, ZoneInfo(zone)) == shows
	assert shown(us, ZoneInfo("UTC")) == in_utc


def test_a_whole_day_is_over_at_its_end_whatever_time_it_has() -> None:
	begins = "2026-05-14 09:00:00"
	assert end_us(begins, SITE, SITE) == civil_us(date(2026, 5, 14), time(9), SITE)
	assert end_us(begins, SITE, SITE, all_day=True) == civil_us(date(2026, 5, 15), time(), SITE)


@given(zone=ZONES, day=DAYS, minutes=st.integers(0, 24 * 60 - 1))
def test_the_day_before_at_nine_is_before_it_on_the_day_before_there(
	zone: ZoneInfo, day: date, minutes: int
) -> None:
	begins = to_us(datetime.combine(day, time(minutes // 60, minutes % 60), SITE))
	due = planned_us(begins, -1440, "09:00", zone)
	assert day_of(due, zone) == day_of(begins, zone) - timedelta(days=1) or zone.key == "Pacific/Apia"
	assert shown(due, zone).endswith("09:00") or zone.key == "Pacific/Apia"
	assert due < begins


@pytest.mark.parametrize(
	("zone", "due"),
	[
		# the appointment is at 8:00 on the Sunday on which New York's clocks went forward in the night
		("America/New_York", "2026-03-07 09:00"),
		("America/St_Johns", "2026-03-07 09:00"),
		("Asia/Kolkata", "2026-03-07 09:00"),
		# there it is Monday already
		("Pacific/Chatham", "2026-03-08 09:00"),
	],
)
def test_where_it_is_another_day_already(zone: str, due: str) -> None:
	begins = begin_us("2026-03-08 08:00:00", SITE, ZoneInfo(zone))
	assert begins is not None
	assert shown(planned_us(begins, -1440, "09:00", ZoneInfo(zone)), ZoneInfo(zone)) == due


def test_minutes_after_are_minutes_whatever_the_clocks_do() -> None:
	begins = begin_us("2026-03-07 12:00:00", SITE, SITE)
	assert begins is not None
	assert shown(planned_us(begins, 1440, "", SITE), SITE) == "2026-03-08 13:00"
	assert shown(planned_us(begins, 1440, "12:00", SITE), SITE) == "2026-03-08 12:00"


def test_a_day_is_a_day_wherever_she_lives() -> None:
	chatham = ZoneInfo("Pacific/Chatham")
	begins = begin_us(date(2026, 5, 14), SITE, chatham)
	assert begins is not None
	assert shown(begins, chatham) == "2026-05-14 00:00"
	assert shown(end_us("2026-05-14", SITE, chatham) or 0, chatham) == "2026-05-15 00:00"
	assert begin_us("2026-05-14 00:00:00", SITE, chatham, all_day=True) == begins
	assert begin_us("soon", SITE, chatham) is None
	assert end_us(None, SITE, chatham) is None
