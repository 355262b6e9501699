"""Times by what the clocks on the wall show where somebody lives."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from customer_thread.domain.cards.values import moment_of
from customer_thread.domain.times import MINUTE, to_us, to_utc

_DAY_MINUTES = 24 * 60


def civil_us(day: date, clock: time, zone: ZoneInfo) -> int:
	"""Return when the clocks show this on that day, µs.

	Of a time that they show twice the first; one that they jump over is as much later as they jump (PEP 495).
	"""
	return to_us(datetime.combine(day, clock, zone))


def day_of(us: int, zone: ZoneInfo) -> date:
	"""Return which day it is there."""
	return to_utc(us).astimezone(zone).date()


def begin_us(value: object, site_zone: ZoneInfo, zone: ZoneInfo, *, all_day: bool = False) -> int | None:
	"""Return when a document's date begins, µs; None if the field holds none.

	A time is the site's own, a day without one is the customer's.
	"""
	moment = moment_of(value)
	if isinstance(moment, datetime) and not all_day:
		return to_us(moment.replace(tzinfo=moment.tzinfo or site_zone))
	if isinstance(moment, datetime):
		moment = moment.date()
	return None if moment is None else civil_us(moment, time(), zone)


def end_us(value: object, site_zone: ZoneInfo, zone: ZoneInfo, *, all_day: bool = False) -> int | None:
	"""Return after when a document's date is over, µs: a time is at once, a day at its end."""
	moment = moment_of(value)
	if moment and (all_day or not isinstance(moment, datetime)):
		# of a date that has a time the day alone
		day = date(moment.year, moment.month, moment.day)
		return civil_us(day + timedelta(days=1), time(), zone)
	return begin_us(value, site_zone, zone)


def planned_us(begins_us: int, offset_minutes: int, at_time: str, zone: ZoneInfo) -> int:
	"""Return when a message is due, µs: so many minutes after, or that many days later at a time of the day there."""
	if not at_time:
		return begins_us + offset_minutes * MINUTE
	day = day_of(begins_us, zone) + timedelta(days=offset_minutes // _DAY_MINUTES)
	return civil_us(day, time.fromisoformat(at_time), zone)
