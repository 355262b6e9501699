"""The days of an Event that repeats (`repeat_on` of Frappe's Event)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Repetition:
	"""How an Event repeats."""

	#: Daily, Weekly, Monthly or Yearly
	every: str
	first: date
	#: the last day on which it may take place; None: it goes on
	till: date | None = None
	#: of a week: 0 is Monday
	weekdays: Collection[int] = ()


def days(repetition: Repetition, since: date, until: date) -> list[date]:
	"""Return the days on which it takes place from `since` to `until`, both included."""
	start = max(since, repetition.first)
	end = min(until, repetition.till or until)
	span = (end - start).days + 1
	every_day = (start + timedelta(days=number) for number in range(span))
	return [day for day in every_day if _planned_time(repetition, day)]


def _planned_time(repetition: Repetition, day: date) -> bool:
	if repetition.every == "Weekly":
		return day.weekday() in (repetition.weekdays or (repetition.first.weekday(),))
	if repetition.every == "Monthly":
		return _is_same_day_of_month(repetition.first, day)
	if repetition.every == "Yearly":
		return day.month == repetition.first.month and _is_same_day_of_month(repetition.first, day)
	return True


def _is_same_day_of_month(first: date, day: date) -> bool:
	"""Return whether it is the first one's day of the month, or the month's last if it has no such day."""
	is_last = (day + timedelta(days=1)).month != day.month
	return day.day == first.day or (is_last and day.day < first.day)
