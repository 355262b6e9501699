"""The days that numbers are of, and the steps in which they are shown."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.civil_time import civil_us, day_of
from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import NUMBERS_DAYS, NUMBERS_DAYS_BY_DAY, NUMBERS_DAYS_BY_WEEK

Step = Literal["day", "week", "month"]
#: of nobody's asking: these and today
USUAL_DAYS = 30


@dataclass(frozen=True)
class Period:
	"""Whole days, by the clocks of the business."""

	first: date
	last: date
	zone: ZoneInfo

	@property
	def begins_us(self) -> list[int]:
		"""Return when each of its steps begins, µs."""
		return [civil_us(day, time(), self.zone) for day in self.steps]

	@property
	def upto_us(self) -> int:
		"""Return when it is over, µs; that moment is none of it."""
		return civil_us(self.last + timedelta(days=1), time(), self.zone)

	@property
	def step(self) -> Step:
		"""Return in which steps it is shown: the shorter it is, the smaller they are."""
		days = (self.last - self.first).days + 1
		if days <= NUMBERS_DAYS_BY_DAY:
			return "day"
		return "week" if days <= NUMBERS_DAYS_BY_WEEK else "month"

	@cached_property
	def steps(self) -> list[date]:
		"""Return the day with which each step begins; the first not before the period."""
		days = (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))
		return [day for day in days if self._begin(day) == day]

	def _begin(self, day: date) -> date:
		if self.step == "week":
			day -= timedelta(days=day.weekday())
		elif self.step == "month":
			day = day.replace(day=1)
		return max(day, self.first)


def period_of(first: str, last: str, zone: ZoneInfo, now_us: int) -> Period:
	"""Return the period from one day to another; empty: until today, and 30 days. Raise BadInput."""
	end = _day(last) if last else day_of(now_us, zone)
	begin = _day(first) if first else end - timedelta(days=USUAL_DAYS - 1)
	if begin > end:
		raise BadInput("The last day is before the first.")
	if (end - begin).days >= NUMBERS_DAYS:
		raise BadInput("Ask for {0} days at most.", NUMBERS_DAYS)
	return Period(begin, end, zone)


def _day(text: str) -> date:
	try:
		day = date.fromisoformat(text.strip())
	except ValueError:
		day = date.min
	# the years that databases and clocks agree on
	if not 1970 < day.year < 9000:
		raise BadInput("“{0}” is no day. Write it like 2026-05-15.", text)
	return day
