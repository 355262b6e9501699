"""The token of an unsubscribe address is one thread's and one reader's."""

import re

from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.notices.mail_token import is_same, mail_token, number_in

SECRET = "s" * 32
NUMBERS = st.integers(1, 10**9).map(str)


@given(NUMBERS, st.text(max_size=40), st.text(max_size=40))
def test_it_is_of_one_thread_and_reader(number: str, user: str, other: str) -> None:
	token = mail_token(number, SECRET, user)
	assert re.fullmatch(r"[0-9]+-[0-9a-f]{32}", token)
	assert number_in(token) == number
	assert is_same(token, mail_token(number, SECRET, user))
	assert is_same(token, mail_token(number, SECRET, other)) == (user == other)
	assert not is_same(token, mail_token(number, SECRET[1:], user))


@given(st.text(max_size=60))
def test_it_finds_no_number_in_what_is_none(text: str) -> None:
	assert number_in(text) == "" or re.fullmatch(r"\d{1,12}-[0-9a-f]{32}", text)
