"""Who is alerted that a customer waits too long, and when: once a wait, in working hours, one after the other."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.times import DAY, HOUR, MINUTE, to_us
from customer_thread.domain.too_long import (
	ASSIGNEE,
	MANAGERS,
	NOBODY,
	look_us,
	next_us,
	not_before_us,
	who_is_next,
)
from customer_thread.domain.working_time import (
	WORKING_DAYS,
	WorkingHours,
	opening_us,
	working_end_us,
	working_us,
)

NEW_YORK = ZoneInfo("America/New_York")
OFFICE = WorkingHours(NEW_YORK)

clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30, 59]))
offices = st.builds(
	WorkingHours,
	st.sampled_from(["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca"]).map(
		ZoneInfo
	),
	clocks,
	clocks,
	st.sampled_from(list(WORKING_DAYS.values())),
)
#: around a change of clocks, and anywhere
moments = st.integers(
	to_us(datetime(2026, 3, 6, tzinfo=NEW_YORK)), to_us(datetime(2026, 11, 9, tzinfo=NEW_YORK))
)


def us(day: str, clock: str) -> int:
	return to_us(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=NEW_YORK))


@pytest.mark.parametrize(
	("asked", "alerted"),
	[
		(("2026-06-10", "10:00"), ("2026-06-10", "12:00")),
		(("2026-06-10", "06:00"), ("2026-06-10", "10:00")),
		(("2026-06-10", "16:00"), ("2026-06-11", "09:00")),
		(("2026-06-12", "16:30"), ("2026-06-15", "09:30")),
		# the clocks change on the Sunday between
		(("2026-10-30", "16:00"), ("2026-11-02", "09:00")),
		(("2026-03-06", "16:00"), ("2026-03-09", "09:00")),
	],
)  # fmt: skip
def test_it_is_two_working_hours(asked: tuple[str, str], alerted: tuple[str, str]) -> None:
	due = us(*alerted)
	assert not_before_us(OFFICE, due - 1, us(*asked), NOBODY) == due
	assert not_before_us(OFFICE, due, us(*asked), NOBODY) == due
	assert next_us(OFFICE, due) == working_end_us(OFFICE, due, 2 * HOUR)


@given(offices, moments, st.integers(1, 5 * DAY))
def test_it_ends_when_so_much_has_passed_and_no_sooner(
	hours: WorkingHours, start_us: int, amount: int
) -> None:
	end_us = working_end_us(hours, start_us, amount)
	assert working_us(hours, start_us, end_us) == amount
	assert working_us(hours, start_us, end_us - 1) == amount - 1


@given(offices, moments)
def test_it_opens_at_the_first_moment_of_work(hours: WorkingHours, now_us: int) -> None:
	opens_us = opening_us(hours, now_us)
	assert opens_us >= now_us
	assert working_us(hours, now_us, opens_us) == 0
	assert working_us(hours, opens_us, opens_us + 1) == 1


@given(offices, moments, st.booleans(), st.lists(st.integers(1, 3 * DAY), max_size=40))
def test_each_is_told_once_in_working_hours_with_time_between(
	hours: WorkingHours, waiting_us: int, is_someones: bool, sleeps: list[int]
) -> None:
	"""As the job goes about it, however long the machine sleeps between two looks."""
	alerted, alert_us, now_us, heard = NOBODY, look_us(waiting_us), waiting_us, list[tuple[str, int]]()
	for slept in [*sleeps, 30 * DAY, MINUTE, 30 * DAY]:
		now_us += slept
		if not 0 < alert_us <= now_us:
			continue
		later_us = not_before_us(hours, now_us, waiting_us, alerted)
		if later_us > now_us:
			alert_us = later_us
			continue
		who = who_is_next(alerted, is_someones=is_someones)
		assert who
		heard.append((who, now_us))
		alerted, alert_us = (ASSIGNEE, next_us(hours, now_us)) if who == "assignee" else (MANAGERS, 0)
	assert len({who for who, _at in heard}) == len(heard)
	assert [who for who, _at in heard] == ["assignee", "managers"][0 if is_someones else 1 :][: len(heard)]
	before_us = waiting_us
	for _who, at_us in heard:
		assert working_us(hours, at_us, at_us + 1) == 1
		assert working_us(hours, before_us, at_us) >= 2 * HOUR
		before_us = at_us


def test_nobody_is_told_of_who_does_not_wait() -> None:
	assert look_us(0) == 0
	assert who_is_next(MANAGERS, is_someones=True) is None
