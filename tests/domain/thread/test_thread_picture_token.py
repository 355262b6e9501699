"""The token in the address of a message's pictures: of this message, until then, and of nobody else's making."""

import re

from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.thread.picture_token import picture_token, read_token
from customer_thread.domain.times import MINUTE

SECRET = "s" * 32
UNTIL = 29_660_000 * MINUTE


def test_it_says_what_it_was_made_of_and_stands_in_any_address() -> None:
	token = picture_token("278", SECRET, 812, UNTIL)

	assert read_token(token.value) == token
	assert re.fullmatch(r"278-812-29660000-[a-z2-7]{26}", token.value)
	assert token.is_signed_with(SECRET)
	assert not token.is_signed_with("")


def test_it_ends_with_its_minute() -> None:
	assert not picture_token("278", SECRET, 812, UNTIL).has_ended(UNTIL - 1)
	assert picture_token("278", SECRET, 812, UNTIL).has_ended(UNTIL)
	assert not picture_token("278", SECRET, 812, UNTIL + 1).has_ended(UNTIL + 1)


@given(st.integers(0, 60), st.sampled_from("0123456789abcdefghijklmnopqrstuvwxyzA-_٣"))
def test_no_other_word_is_it(place: int, put: str) -> None:
	value = picture_token("278", SECRET, 812, UNTIL).value
	place %= len(value)
	other = value[:place] + put + value[place + 1 :]

	token = read_token(other)
	assert other == value or token is None or not token.is_signed_with(SECRET)


@given(st.text(max_size=80))
def test_it_reads_what_is_none(value: str) -> None:
	token = read_token(value)
	assert token is None or token.value == value or not token.is_signed_with(SECRET)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_no_two_messages_have_the_same(entry: int, more: int) -> None:
	one, other = (picture_token("278", SECRET, number, UNTIL) for number in (entry, entry + more))
	assert one.mac != other.mac
	assert one.mac != picture_token("278", SECRET, entry, UNTIL + MINUTE).mac
	assert one.mac != picture_token("279", SECRET, entry, UNTIL).mac
