"""Quiet hours: from a time of day to another, in a zone, by what the clock on the wall says there."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from customer_thread.domain.times import to_us, to_utc

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class QuietHours:
	"""One night after the other. Where start and end are the same there are none."""

	start: time
	end: time
	zone: ZoneInfo

	def end_us(self, now_us: int) -> int | None:
		"""Return when the night ends that it is now, µs; None if it is none."""
		now = to_utc(now_us)
		today = now.astimezone(self.zone).date()
		until = now
		# one that began two days ago may go on where a day was left out (Pacific/Apia, 2011); where the clocks jump
		# over the time between two, they are one
		for day in (today - 2 * _DAY, today - _DAY, today, today + _DAY):
			night = _night(self, day)
			if night and night[0] <= until < night[1]:
				until = night[1]
		return to_us(until) if until > now else None

	def begin_us(self, now_us: int) -> int | None:
		"""Return when the next night begins after now, µs; None if there are none."""
		now = to_utc(now_us)
		today = now.astimezone(self.zone).date()
		nights = [_night(self, today + days * _DAY) for days in (-1, 0, 1, 2)]
		begins = [night[0] for night in nights if night and night[0] > now]
		return to_us(min(begins)) if begins else None


@lru_cache(maxsize=4096)
def _night(hours: QuietHours, day: date) -> tuple[datetime, datetime] | None:
	"""Return the night that begins on a day. What the clocks show twice is within it, and one night."""
	if hours.start == hours.end:
		return None
	last_day = day if hours.start < hours.end else day + _DAY
	begins = _instant(hours.zone, day, hours.start, is_last=False)
	return begins, _instant(hours.zone, last_day, hours.end, is_last=True)


def _instant(zone: ZoneInfo, day: date, clock: time, *, is_last: bool) -> datetime:
	"""Return when the clocks show this: the first or the last time, or when they jump over it."""
	wall = datetime.combine(day, clock, zone)
	first, last = (wall.replace(fold=fold).astimezone(timezone.utc) for fold in (0, 1))
	if first <= last:
		return last if is_last else first
	# in a gap, fold 1 lies before it and fold 0 behind it (PEP 495)
	while first - last > _MINUTE:
		middle = last + (first - last) / 2
		if middle.astimezone(zone).replace(tzinfo=None) >= wall.replace(tzinfo=None):
			first = middle
		else:
			last = middle
	return first.replace(second=0, microsecond=0)
