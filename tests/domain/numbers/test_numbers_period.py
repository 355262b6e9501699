"""Which days numbers are of, and in which steps."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clock import NOW

from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import NUMBERS_DAYS
from customer_thread.domain.numbers.period import Period, period_of
from customer_thread.domain.times import DAY, HOUR, to_utc

NEW_YORK = ZoneInfo("America/New_York")


def test_it_is_thirty_days_unless_asked_for_others_by_the_clocks_of_the_business() -> None:
	today = to_utc(NOW).astimezone(NEW_YORK).date()
	usual = period_of("", "", NEW_YORK, NOW)
	assert (usual.last, (usual.last - usual.first).days) == (today, 29)
	late = period_of("", "", ZoneInfo("Pacific/Kiritimati"), NOW)
	assert late.last == to_utc(NOW + 14 * HOUR).date()
	assert period_of("2026-01-05", "2026-01-05", NEW_YORK, NOW).steps == [date(2026, 1, 5)]


@pytest.mark.parametrize(
	("first", "last"),
	[
		("2026-02-01", "2026-01-31"),
		("2025-01-01", "2026-01-02"),
		("soon", "2026-01-31"),
		("2026-02-30", ""),
		("0001-01-01", "0001-01-02"),
		("", "9999-12-31"),
	],
)
def test_it_refuses_what_are_no_days_or_too_many(first: str, last: str) -> None:
	with pytest.raises(BadInput):
		period_of(first, last, NEW_YORK, NOW)


@pytest.mark.parametrize(
	("first", "last", "step", "begins"),
	[
		("2026-05-01", "2026-05-31", "day", "2026-05-01 2026-05-02"),
		# a Friday
		("2026-05-01", "2026-06-01", "week", "2026-05-01 2026-05-04 2026-05-11"),
		("2025-11-20", "2026-06-01", "month", "2025-11-20 2025-12-01 2026-01-01"),
	],
)
def test_the_longer_it_is_the_larger_are_its_steps(first: str, last: str, step: str, begins: str) -> None:
	period = period_of(first, last, NEW_YORK, NOW)
	assert period.step == step
	found = [day.isoformat() for day in period.steps]
	assert found[: len(begins.split())] == begins.split()


def test_a_day_on_which_the_clocks_change_is_a_day() -> None:
	[spring] = period_of("2026-03-08", "2026-03-08", NEW_YORK, NOW).begins_us
	assert period_of("2026-03-08", "2026-03-08", NEW_YORK, NOW).upto_us - spring == DAY - HOUR


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, NUMBERS_DAYS - 1))
def test_every_moment_is_in_one_step(first: date, days: int) -> None:
	period = Period(first, date.fromordinal(first.toordinal() + days), NEW_YORK)
	begins = period.begins_us
	assert begins == sorted(set(begins))
	assert begins[-1] < period.upto_us
	assert period.steps[0] == first
