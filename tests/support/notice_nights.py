"""Quiet hours for the model of notices, by looking at the clock on the wall, quarter of an hour after quarter of an hour."""

from datetime import date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

MINUTE_US = 60_000_000
#: half-hour and quarter-hour zones, one without changes, those that change in a month that begins on Mar 8
ZONES = (
	"America/New_York",
	"America/Los_Angeles",
	"America/St_Johns",
	"America/Sao_Paulo",
	"America/Phoenix",
	"Asia/Kathmandu",
	"Asia/Kolkata",
	"Australia/Lord_Howe",
	"Europe/Berlin",
	"Europe/London",
	"Pacific/Chatham",
	"Pacific/Honolulu",
)
#: quiet hours that people choose; the last ones do not exist in one night, or twice, or lie in the day
NIGHTS = (
	("21:00", "08:00"),
	("22:00", "07:00"),
	("23:30", "06:30"),
	("00:00", "06:00"),
	("20:00", "00:00"),
	("21:00", "02:30"),
	("02:30", "09:00"),
	("01:30", "01:45"),
	("12:00", "14:00"),
	("07:00", "07:00"),
)
#: minutes in which no clock is changed: all changes are at a full quarter
_QUARTER = 15
#: quarters looked at around the moment that a time of day would be without any change
_AROUND = 14


def _wall(minute: int, zone: str) -> datetime:
	"""Return what the clocks show, by minutes since 1970 UTC."""
	return datetime.fromtimestamp(minute * 60, ZoneInfo(zone)).replace(tzinfo=None)


def _quarters(day: date, minute_of_day: int, zone: str) -> tuple[datetime, range]:
	"""Return a time on the wall, and the beginnings of the quarters in which it can be."""
	shown = datetime(day.year, day.month, day.day) + timedelta(minutes=minute_of_day)  # noqa: DTZ001 - on the wall
	noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))
	offset = noon.utcoffset() or timedelta()
	middle = int((shown - offset).replace(tzinfo=timezone.utc).timestamp()) // 60 // _QUARTER * _QUARTER
	return shown, range(middle - _AROUND * _QUARTER, middle + _AROUND * _QUARTER, _QUARTER)


@cache
def night(day: date, start: int, end: int, zone: str) -> tuple[int, int]:
	"""Return the first minute and the one after the last of the night that begins on a day, both in µs.

	From the first minute in which the clocks show its start or more, to the last in which they show less than its end.
	"""
	shown, quarters = _quarters(day, start, zone)
	for first in quarters:
		before = (shown - _wall(first, zone)) // timedelta(minutes=1)
		if before < _QUARTER:
			begins = first + max(before, 0)
			break
	shown, quarters = _quarters(day + timedelta(days=int(end < start)), end, zone)
	for last in reversed(quarters):
		before = (shown - _wall(last, zone)) // timedelta(minutes=1)
		if before > 0:
			ends = last + min(before, _QUARTER)
			break
	return begins * MINUTE_US, ends * MINUTE_US


@cache
def _nights(day: date, start: int, end: int, zone: str) -> tuple[tuple[int, int], ...]:
	"""Return the nights around a day."""
	return tuple(night(day + timedelta(days=days), start, end, zone) for days in (-2, -1, 0, 1))


def quiet_until(us: int, start: int, end: int, zone: str) -> int:
	"""Return when the night ends in which a moment lies, µs; 0 if it lies in none. `start`, `end`: minutes of a day."""
	if start == end:
		return 0
	today = datetime.fromtimestamp(us // 1_000_000, ZoneInfo(zone)).date()
	until = us
	for begins, ends in _nights(today, start, end, zone):
		if begins <= until < ends:
			until = ends
	return until if until > us else 0
