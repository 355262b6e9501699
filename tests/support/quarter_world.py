"""What surrounds the messages of the quarter, read from its plan: zones, nights, a worker that sleeps, providers that are down."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

from support.notice_nights import quiet_until
from support.notice_plan import HOME, HOUR, MINUTE, NOBODY, Plan

SECOND = 1_000_000
#: minutes of a day
_EVENING, _MORNING = 21 * 60, 8 * 60
#: until when the business writes what is promotional
_CLOSES = 20 * 60
#: from the first try to the last that a provider gets within a day, longer than it is ever down
RETRIED = 9 * HOUR
FAR = 2**62


class Surrounding:
	"""All that a plan says besides the documents."""

	def __init__(self, plan: Plan) -> None:
		self._sleeps = [(step.at_us, step.values["until_us"]) for step in plan.steps if step.kind == "sleep"]
		self.outages = [(step.at_us, step.values["until_us"]) for step in plan.steps if step.kind == "outage"]
		self._zones: dict[int, list[tuple[int, str]]] = {
			person.index: [(0, person.zone)] for person in plan.people
		}
		for step in plan.steps:
			if step.kind == "zone" and step.customer != NOBODY:
				self._zones[step.customer].append((step.at_us, step.values["zone"]))

	def zone(self, who: int, us: int) -> str:
		"""Return where a customer is."""
		known = self._zones[who]
		return known[bisect_right(known, (us, "~")) - 1][1]

	def awake(self, us: int) -> int:
		"""Return when the worker works next."""
		for begins, ends in self._sleeps:
			if begins <= us < ends:
				return self.awake(ends)
		return us

	def night_ends(self, who: int, us: int) -> int:
		"""Return when the quiet hours of a customer end, 0 if it is none."""
		return quiet_until(us, _EVENING, _MORNING, self.zone(who, us))

	def leaves(self, who: int, us: int, is_urgent: Callable[[int], bool], promotional: bool = False) -> int:
		"""Return when what is due then leaves, if nothing changes meanwhile."""
		return self.looked_at(who, us, FAR, is_urgent, promotional)[0]

	def looked_at(
		self, who: int, us: int, valid_us: int, is_urgent: Callable[[int], bool], promotional: bool = False
	) -> tuple[int, bool]:
		"""Return when the worker sends what is due then, or sees that it cannot while it is of use; and which."""
		while True:
			us = self.awake(us)
			ends = 0 if is_urgent(us) else self.held_until(who, us, promotional)
			if us >= valid_us or ends >= valid_us:
				return us, False
			if not ends:
				return us, True
			us = ends

	def held_until(self, who: int, us: int, promotional: bool) -> int:
		"""Return when it may leave that is held in the night, or while the business does not write such things."""
		evening = _CLOSES if promotional else _EVENING
		return quiet_until(us, evening, _MORNING, self.zone(who, us))

	def is_down(self, us: int) -> bool:
		"""Return whether no provider answers."""
		return any(begins <= us < ends for begins, ends in self.outages)

	def was_down(self, from_us: int, until_us: int) -> bool:
		"""Return whether some provider did not answer for some of that time."""
		return any(begins <= until_us and ends > from_us for begins, ends in self.outages)


def is_soon(start_us: int, us: int) -> bool:
	"""Return whether something takes place later on this day where the business is, or within twelve hours."""
	here, then = (datetime.fromtimestamp(each // SECOND, ZoneInfo(HOME)) for each in (us, start_us))
	wall = then.replace(tzinfo=None) - here.replace(tzinfo=None)
	return wall > timedelta() and (here.date() == then.date() or wall <= timedelta(hours=12))


def day_there(us: int, zone: str) -> date:
	"""Return which day it is."""
	return datetime.fromtimestamp(us // SECOND, ZoneInfo(zone)).date()


@cache
def wall_us(day: date, hour: int, minute: int, zone: str) -> int:
	"""Return the first minute in which the clocks show this on a day; if none does, that long after midnight.

	Found by looking at every minute of the day.
	"""
	begin = datetime(day.year, day.month, day.day, tzinfo=timezone.utc) - timedelta(hours=15)
	first = int(begin.timestamp()) // 60
	midnight = 0
	for look in range(first, first + 56 * 60):
		shown = datetime.fromtimestamp(look * 60, ZoneInfo(zone))
		if shown.date() != day:
			continue
		midnight = midnight or look
		if (shown.hour, shown.minute) == (hour, minute):
			return look * MINUTE
	return (midnight + hour * 60 + minute) * MINUTE


def shown(us: int, zone: str) -> str:
	"""Return a time as people write it: "Thu May 15, 10:00am"."""
	local = datetime.fromtimestamp(us // SECOND, ZoneInfo(zone))
	return f"{local:%a %b} {local.day}, {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
