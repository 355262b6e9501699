"""How much working time lies between two moments, beside a second model that walks from minute to minute."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from customer_thread.domain.times import HOUR, MINUTE, to_us, to_utc
from customer_thread.domain.working_time import WORKING_DAYS, WorkingHours, working_us
from customer_thread.service.settings import Settings

NEW_YORK = ZoneInfo("America/New_York")
OFFICE = WorkingHours(NEW_YORK)
NIGHT_SHIFT = WorkingHours(NEW_YORK, time(20), time(4))


def us(day: str, clock: str, zone: ZoneInfo = NEW_YORK) -> int:
	return to_us(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone))


@pytest.mark.parametrize(
	("asked", "answered", "hours"),
	[
		(("2026-06-10", "10:00"), ("2026-06-10", "11:30"), 1.5),
		# before work, and after it
		(("2026-06-10", "06:00"), ("2026-06-10", "08:30"), 0.5),
		(("2026-06-10", "16:00"), ("2026-06-10", "22:00"), 1),
		(("2026-06-10", "21:00"), ("2026-06-10", "22:00"), 0),
		# over a night, and over a weekend
		(("2026-06-10", "16:00"), ("2026-06-11", "09:00"), 2),
		(("2026-06-12", "16:30"), ("2026-06-15", "08:30"), 1),
		(("2026-06-13", "10:00"), ("2026-06-14", "10:00"), 0),
		# the clocks change on the Sunday between
		(("2026-10-30", "16:00"), ("2026-11-02", "09:00"), 2),
		(("2026-06-11", "10:00"), ("2026-06-10", "10:00"), 0),
	],
)  # fmt: skip
def test_nights_and_weekends_are_no_working_time(
	asked: tuple[str, str], answered: tuple[str, str], hours: float
) -> None:
	assert working_us(OFFICE, us(*asked), us(*answered)) == hours * HOUR


def test_a_night_shift_goes_on_into_the_next_day_also_into_the_weekend() -> None:
	assert working_us(NIGHT_SHIFT, us("2026-06-12", "00:00"), us("2026-06-14", "00:00")) == (4 + 4 + 4) * HOUR


def test_the_same_time_twice_is_around_the_clock() -> None:
	always = WorkingHours(NEW_YORK, time(8), time(8), WORKING_DAYS["Every day"])
	assert working_us(always, us("2026-06-10", "03:00"), us("2026-06-17", "03:00")) == 7 * 24 * HOUR


def test_the_settings_say_when_and_what_they_cannot_mean_is_as_usual() -> None:
	set_up = Settings(
		default_timezone="Europe/Berlin", work_start="7:30", work_end="16:00", working_days="Every day"
	)
	assert set_up.working_hours == WorkingHours(ZoneInfo("Europe/Berlin"), time(7, 30), time(16), range(7))
	assert Settings(work_start="soon", work_end="", working_days="?").working_hours == OFFICE


CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
HOURS = st.builds(
	WorkingHours,
	st.sampled_from([NEW_YORK, ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu")]),
	CLOCKS.filter(lambda clock: clock.hour not in (2, 3)),
	CLOCKS.filter(lambda clock: clock.hour not in (1, 2, 3)),
	st.sampled_from([*WORKING_DAYS.values()]),
)


def by_walking(hours: WorkingHours, start_us: int, end_us: int) -> int:
	"""Count each quarter of an hour in which the clock on the wall shows a working time."""
	return sum(
		15 * MINUTE
		for moment in range(start_us, end_us, 15 * MINUTE)
		if is_at_work(hours, to_utc(moment).astimezone(hours.zone))
	)


def is_at_work(hours: WorkingHours, now: datetime) -> bool:
	today, clock = now.weekday() in hours.days, now.time()
	yesterday = (now.date() - timedelta(days=1)).weekday() in hours.days
	if hours.start < hours.end:
		return today and hours.start <= clock < hours.end
	return (today and clock >= hours.start) or (yesterday and clock < hours.end)


@settings(max_examples=40, deadline=None)
@example(OFFICE, to_us(datetime(2026, 3, 6, 20, tzinfo=NEW_YORK)) // (15 * MINUTE), 500)
@given(HOURS, st.integers(1_970_000, 1_980_000), st.integers(0, 400))
def test_it_is_what_a_walk_through_the_time_counts(hours: WorkingHours, start: int, quarters: int) -> None:
	start_us = start * 15 * MINUTE
	end_us = start_us + quarters * 15 * MINUTE
	assert working_us(hours, start_us, end_us) == by_walking(hours, start_us, end_us)
