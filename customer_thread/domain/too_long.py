"""Who is alerted that a customer waits too long for an answer, and when."""

from typing import Literal

from customer_thread.domain.limits import ALERT_AFTER_HOURS
from customer_thread.domain.times import HOUR
from customer_thread.domain.working_time import WorkingHours, opening_us, working_end_us

Alerted = Literal["assignee", "managers"]
#: what is kept with a thread of how far that has come: nobody was alerted yet, whose turn it is was, the managers were
NOBODY, ASSIGNEE, MANAGERS = 0, 1, 2
_AFTER = ALERT_AFTER_HOURS * HOUR


def look_us(waiting_us: int) -> int:
	"""Return when to look for the first time, µs: never later than `first_us`, in whatever hours."""
	return waiting_us + _AFTER if waiting_us else 0


def first_us(hours: WorkingHours, waiting_us: int) -> int:
	"""Return when whoever is first is alerted of somebody who waits since then, µs."""
	return working_end_us(hours, waiting_us, _AFTER)


def next_us(hours: WorkingHours, alerted_us: int) -> int:
	"""Return when the next one is alerted after somebody was, µs."""
	return working_end_us(hours, alerted_us, _AFTER)


def who_is_next(alerted: int, *, is_someones: bool) -> Alerted | None:
	"""Return who is alerted next, the one whose turn it is before the managers; None once these were."""
	if alerted == NOBODY and is_someones:
		return "assignee"
	return "managers" if alerted < MANAGERS else None


def not_before_us(hours: WorkingHours, now_us: int, waiting_us: int, alerted: int) -> int:
	"""Return the moment before which nobody is alerted, µs; not after now: somebody is alerted now.

	A machine that was asleep finds all of it past: then one is alerted, and the next is given their time. Nobody is alerted
	at night.
	"""
	due_us = first_us(hours, waiting_us) if alerted == NOBODY else now_us
	return max(due_us, opening_us(hours, now_us))
