"""A time zone as a calendar file describes it (RFC 5545 §3.6.5): the changes of its clocks, as far as they are asked for.

`icalendar` can describe one too, but tells the hour of a change by the clock after it, where RFC 5545 has the one before.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

#: how far back a change is looked for, and in which steps: no zone's clocks change there and back between two
_REACH = timedelta(days=371)
_STEP = timedelta(days=7)
_SECOND = timedelta(seconds=1)


def described(zone: ZoneInfo, moments: Iterable[datetime]) -> Timezone:
	"""Return what says how the zone's clocks stand at these moments, which are aware."""
	described = Timezone()
	described.add("tzid", zone.key)
	changes = {_change_before(zone, moment.astimezone(timezone.utc)) for moment in moments}
	for change in sorted(changes):
		before, after = _offset(zone, change - _SECOND), _offset(zone, change)
		is_summer = bool(change.astimezone(zone).dst())
		observance = TimezoneDaylight() if is_summer else TimezoneStandard()
		observance.add("dtstart", (change + before).replace(tzinfo=None))
		observance.add("tzoffsetfrom", before)
		observance.add("tzoffsetto", after)
		observance.add("tzname", change.astimezone(zone).tzname() or zone.key)
		described.add_component(observance)
	return described


def is_second_showing(moment: datetime) -> bool:
	"""Return whether a clock shows this time a second time, so that a local time alone would say another moment."""
	return moment.fold == 1 and moment.utcoffset() != moment.replace(fold=0).utcoffset()


def _change_before(zone: ZoneInfo, moment: datetime) -> datetime:
	"""Return when the clocks were last changed, UTC; where that is long ago, the beginning of the moment's year."""
	here, late = _offset(zone, moment), moment
	early = moment - _REACH
	while late > early:
		step = max(late - _STEP, early)
		if _offset(zone, step) != here:
			return _between(zone, step, late)
		late = step
	return datetime(moment.year, 1, 1, tzinfo=timezone.utc)


def _between(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
	"""Return the second from which the clocks stand as at `late`, and do not at `early`."""
	here = _offset(zone, late)
	early, late = early.replace(microsecond=0), late.replace(microsecond=0)
	while late - early > _SECOND:
		middle = (early + (late - early) // 2).replace(microsecond=0)
		if _offset(zone, middle) == here:
			late = middle
		else:
			early = middle
	return late


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
	return moment.astimezone(zone).utcoffset() or timedelta()
