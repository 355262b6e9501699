"""Which bubbles belong together."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.thread.groups import GROUP_WITHIN, Line, group_places, is_group
from customer_thread.domain.times import MINUTE

FIRST = Line(
	id=1,
	is_message=True,
	names_channel=True,
	author="contractor",
	channel="sms",
	day="2025-05-15",
	occurred_us=1_747_300_000_000_000,
)
SECOND = replace(FIRST, id=2, occurred_us=FIRST.occurred_us + MINUTE)

LINES = st.lists(
	st.builds(
		Line,
		id=st.integers(1, 10**6),
		is_message=st.booleans(),
		names_channel=st.booleans(),
		author=st.sampled_from(["contractor", "automated", "customer"]),
		channel=st.sampled_from(["sms", "email", "portal"]),
		day=st.sampled_from(["2025-05-14", "2025-05-15"]),
		occurred_us=st.integers(0, 3 * GROUP_WITHIN),
	),
	max_size=12,
	unique_by=lambda line: line.id,
).map(lambda lines: sorted(lines, key=lambda line: (line.day, line.occurred_us, line.id)))


def test_what_one_says_within_five_minutes_is_a_group() -> None:
	assert is_group(FIRST, SECOND)


@pytest.mark.parametrize(
	"other",
	[
		{"author": "automated"},
		{"channel": "email"},
		{"day": "2025-05-16"},
		{"is_message": False},
		{"occurred_us": FIRST.occurred_us + GROUP_WITHIN},
	],
	ids=str,
)
def test_it_ends_with(other: dict[str, Any]) -> None:
	assert not is_group(FIRST, replace(SECOND, **other))


def test_the_five_minutes_are_counted_from_the_bubble_before() -> None:
	third = replace(SECOND, id=3, occurred_us=SECOND.occurred_us + GROUP_WITHIN - 1000)

	places = group_places([FIRST, SECOND, third])

	assert [(place["continues"], place["continued"]) for place in places] == [
		(False, True),
		(True, True),
		(True, False),
	]


def test_a_line_between_two_ends_it() -> None:
	places = group_places([FIRST, SECOND], parted={2})

	assert [(place["continues"], place["continued"]) for place in places] == [(False, False)] * 2


def test_a_channel_is_named_once_a_day_and_where_it_changes() -> None:
	card = replace(SECOND, id=3, is_message=False, channel="")
	email = replace(SECOND, id=4, channel="email")
	text = replace(SECOND, id=5, author="customer")
	next_day = replace(text, id=6, day="2025-05-16")

	places = group_places([FIRST, card, SECOND, email, text, next_day])

	assert [place["same_channel"] for place in places] == [False, False, True, False, False, False]


def test_a_channel_that_was_not_named_is_named_with_the_next() -> None:
	theirs = replace(FIRST, author="customer", names_channel=False)
	later = replace(SECOND, id=3, occurred_us=SECOND.occurred_us + GROUP_WITHIN)

	places = group_places([theirs, SECOND, later])

	assert [place["same_channel"] for place in places] == [False, False, True]


def test_a_group_names_its_channel_if_it_is_another_than_before() -> None:
	last = replace(SECOND, id=3, occurred_us=SECOND.occurred_us + MINUTE)
	later = replace(last, id=4, occurred_us=last.occurred_us + GROUP_WITHIN)

	places = group_places([FIRST, SECOND, last, later])

	assert [place["same_channel"] for place in places] == [False, False, False, True]


@given(LINES)
def test_it_begins_and_ends_once(lines: list[Line]) -> None:
	places = group_places(lines)

	assert len(places) == len(lines)
	assert sum(not place["continues"] for place in places) == sum(not place["continued"] for place in places)
	together = zip(pairwise(lines), pairwise(places), strict=True)
	for (before, after), (one, other) in together:
		assert one["continued"] == other["continues"] == is_group(before, after)
		if other["continues"]:
			assert other["same_channel"] == one["same_channel"]
