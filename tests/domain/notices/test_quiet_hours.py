"""When a night is, by the clocks of a zone."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.notices.quiet_hours import QuietHours
from customer_thread.domain.times import DAY, HOUR, MINUTE, to_us, to_utc

NINE, EIGHT = time(21), time(8)
#: whole, half and quarter hours, both halves of the year, half an hour of summer time, days left out, none
ZONES = (
	"America/New_York", "Asia/Kolkata", "America/St_Johns", "Pacific/Chatham", "Australia/Lord_Howe",
	"Pacific/Apia", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Casablanca", "UTC",
)  # fmt: skip
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
MOMENTS = st.integers(to_us(datetime(2000, 1, 1, tzinfo=timezone.utc)) // MINUTE, 2 * 10**9 // 60).map(
	lambda minutes: minutes * MINUTE
)


def _us(text: str, zone: str, fold: int = 0) -> int:
	return to_us(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold))


def _end(night: QuietHours, now_us: int) -> str | None:
	until = night.end_us(now_us)
	return None if until is None else to_utc(until).astimezone(night.zone).strftime("%m-%d %H:%M%z")


@pytest.mark.parametrize(
	("start", "end", "at", "ends"),
	[
		(NINE, EIGHT, "2026-05-14 20:59", None),
		(NINE, EIGHT, "2026-05-14 21:00", "05-15 08:00-0400"),
		(NINE, EIGHT, "2026-05-15 00:00", "05-15 08:00-0400"),
		(NINE, EIGHT, "2026-05-15 07:59", "05-15 08:00-0400"),
		(NINE, EIGHT, "2026-05-15 08:00", None),
		(time(12), time(14), "2026-05-15 13:00", "05-15 14:00-0400"),
		(time(12), time(14), "2026-05-15 11:59", None),
		(time(12), time(14), "2026-05-15 14:00", None),
		(time(0), time(23, 59), "2026-05-15 12:00", "05-15 23:59-0400"),
		(time(8), time(8), "2026-05-15 08:00", None),
		(time(0), time(0), "2026-05-15 03:00", None),
		(time(22), time(0), "2026-05-15 23:00", "05-16 00:00-0400"),
		# clocks go from 2:00 to 3:00
		(NINE, EIGHT, "2026-03-08 01:59", "03-08 08:00-0400"),
		(NINE, time(2, 30), "2026-03-08 01:59", "03-08 03:00-0400"),
		(NINE, time(2, 30), "2026-03-08 03:00", None),
		(time(2, 30), EIGHT, "2026-03-08 01:59", None),
		(time(2, 30), EIGHT, "2026-03-08 03:00", "03-08 08:00-0400"),
		(time(2, 10), time(2, 50), "2026-03-08 03:00", None),
	],
)
def test_a_night_ends_by_the_clock_on_the_wall(start: time, end: time, at: str, ends: str | None) -> None:
	night = QuietHours(start, end, ZoneInfo("America/New_York"))
	assert _end(night, _us(at, "America/New_York")) == ends


@pytest.mark.parametrize(
	("start", "end", "at", "fold", "ends"),
	[
		# clocks go from 2:00 back to 1:00
		(NINE, time(1, 30), "2026-11-01 01:29", 0, "11-01 01:30-0500"),
		(NINE, time(1, 30), "2026-11-01 01:45", 0, "11-01 01:30-0500"),
		(NINE, time(1, 30), "2026-11-01 01:29", 1, "11-01 01:30-0500"),
		(NINE, time(1, 30), "2026-11-01 01:30", 1, None),
		(time(1, 30), EIGHT, "2026-11-01 01:29", 0, None),
		(time(1, 30), EIGHT, "2026-11-01 01:30", 0, "11-01 08:00-0500"),
		(time(1, 30), EIGHT, "2026-11-01 01:15", 1, "11-01 08:00-0500"),
	],
)
def test_what_the_clocks_show_twice_is_one_night(
	start: time, end: time, at: str, fold: int, ends: str | None
) -> None:
	night = QuietHours(start, end, ZoneInfo("America/New_York"))
	assert _end(night, _us(at, "America/New_York", fold)) == ends


def test_a_day_that_was_left_out_is_part_of_the_night() -> None:
	"""Samoa had no December 30, 2011."""
	night = QuietHours(NINE, EIGHT, ZoneInfo("Pacific/Apia"))
	assert _end(night, _us("2011-12-29 23:00", "Pacific/Apia")) == "12-31 08:00+1400"
	assert _end(night, _us("2011-12-31 03:00", "Pacific/Apia")) == "12-31 08:00+1400"


@given(CLOCKS, CLOCKS, st.sampled_from(ZONES), MOMENTS)
def test_a_night_ends_later_and_is_over_then(start: time, end: time, zone: str, now: int) -> None:
	night = QuietHours(start, end, ZoneInfo(zone))
	until = night.end_us(now)
	if until is None:
		return
	assert now < until <= now + 2 * DAY + HOUR
	again = night.end_us(until)
	# one may end where the next begins only if the clocks jump over the time between
	assert again is None or start == end or (again > until and night.end_us(until - MINUTE) == until)
	assert night.end_us((now + until) // 2 // MINUTE * MINUTE) == until


@given(CLOCKS, CLOCKS, st.sampled_from(ZONES), MOMENTS)
def test_on_a_day_without_a_change_it_is_what_the_wall_says(
	start: time, end: time, zone: str, now: int
) -> None:
	local = to_utc(now).astimezone(ZoneInfo(zone))
	offsets = {(local + timedelta(hours=hours)).astimezone(timezone.utc).astimezone(ZoneInfo(zone)).utcoffset()
		for hours in range(-72, 73)}  # fmt: skip
	if len(offsets) > 1:
		return
	wall = local.time()
	within = start <= wall < end if start <= end else wall >= start or wall < end
	until = QuietHours(start, end, ZoneInfo(zone)).end_us(now)
	assert (until is not None) == within
	if until is not None:
		assert to_utc(until).astimezone(ZoneInfo(zone)).time() == end
