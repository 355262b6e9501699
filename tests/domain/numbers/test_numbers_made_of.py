"""What waits and questions come to."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clock import NOW

from customer_thread.domain.numbers.answer_times import AnswerTimes, answer_times, share_of
from customer_thread.domain.numbers.confirmations import Asked, Became, what_became
from customer_thread.domain.times import HOUR
from customer_thread.domain.working_time import WORKING_DAYS, WorkingHours

ALWAYS = WorkingHours(
	ZoneInfo("UTC"), end=WorkingHours(ZoneInfo("UTC")).start, days=WORKING_DAYS["Every day"]
)


def test_it_tells_what_waits_from_what_was_answered() -> None:
	waits = [(NOW, NOW + hours * HOUR) for hours in (1, 2, 3, 4, 50)]
	assert answer_times([*waits, (NOW, None)], ALWAYS) == AnswerTimes(6, 5, 3 * HOUR, 50 * HOUR)
	assert answer_times([(NOW, None)], ALWAYS) == AnswerTimes(1, 0, None, None)
	assert answer_times([(NOW, None)], ALWAYS).waiting == 1


@given(st.lists(st.integers(0, 99), min_size=1), st.integers(1, 100))
def test_a_share_is_the_least_value_that_so_many_do_not_exceed(values: list[int], percent: int) -> None:
	found = share_of(sorted(values), percent)
	reached = [
		value for value in values if sum(other <= value for other in values) * 100 >= percent * len(values)
	]
	assert found == min(reached)


@pytest.mark.parametrize(
	("asked", "became"),
	[
		(Asked(NOW + HOUR, NOW, True, True), "yes"),
		(Asked(NOW + HOUR, 0, True, True), "moved"),
		(Asked(NOW + HOUR, 0, False, True), "wrote"),
		(Asked(NOW + HOUR, 0, False, False), "open"),
		(Asked(NOW - HOUR, 0, False, False), "silent"),
		(Asked(0, 0, False, False), "silent"),
	],
)  # fmt: skip
def test_a_question_becomes_one_thing(asked: Asked, became: Became) -> None:
	assert what_became(asked, NOW) == became
