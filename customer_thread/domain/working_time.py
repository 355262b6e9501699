"""The hours in which the business works, and how much of them lies between two moments."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.civil_time import civil_us, day_of

#: of each choice of the settings, which weekdays, Monday 0
WORKING_DAYS = {
	"Monday to Friday": range(5),
	"Monday to Saturday": range(6),
	"Every day": range(7),
}


@dataclass(frozen=True)
class WorkingHours:
	"""From when to when the business works, on which days, by its own clocks."""

	zone: ZoneInfo
	start: time = time(8)
	#: not after `start`: until that time of the next day; the same: around the clock
	end: time = time(17)
	days: range = WORKING_DAYS["Monday to Friday"]


def working_us(hours: WorkingHours, start_us: int, end_us: int) -> int:
	"""Return how much working time lies between two moments, µs; 0 if the second is the earlier.

	Nights, weekends and the hour that clocks jump over are none.
	"""
	if end_us <= start_us:
		return 0
	# what began the day before may go on past midnight
	day, last = day_of(start_us, hours.zone) - timedelta(days=1), day_of(end_us, hours.zone)
	found = 0
	for ordinal in range(day.toordinal(), last.toordinal() + 1):
		opens_us, closes_us = _open(hours, ordinal)
		found += max(0, min(end_us, closes_us) - max(start_us, opens_us))
	return found


def working_end_us(hours: WorkingHours, start_us: int, amount_us: int) -> int:
	"""Return when so much working time has passed since a moment, µs: the first moment of which `working_us` says so."""
	ordinal, left_us = day_of(start_us, hours.zone).toordinal() - 1, amount_us
	while True:
		opens_us, closes_us = _open(hours, ordinal)
		begins_us = max(start_us, opens_us)
		if closes_us - begins_us >= left_us:
			return begins_us + left_us
		left_us -= max(0, closes_us - begins_us)
		ordinal += 1


def opening_us(hours: WorkingHours, now_us: int) -> int:
	"""Return when it is working time next, µs: now, if it is now."""
	return working_end_us(hours, now_us, 1) - 1


@lru_cache(maxsize=2048)
def _open(hours: WorkingHours, ordinal: int) -> tuple[int, int]:
	"""Return when work begins on a day and ends, µs; the same twice on a day off."""
	day = date.fromordinal(ordinal)
	opens_us = civil_us(day, hours.start, hours.zone)
	if day.weekday() not in hours.days:
		return opens_us, opens_us
	closing_day = day if hours.start < hours.end else day + timedelta(days=1)
	return opens_us, civil_us(closing_day, hours.end, hours.zone)
