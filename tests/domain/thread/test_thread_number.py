"""The thread's number: a slip of the finger never names another customer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.thread.thread_number import is_valid, make


@pytest.mark.parametrize("low", [10, 100, 990, 1000, 99_000])
def test_it_notices_every_wrong_digit_and_every_swap(low: int) -> None:
	for number in range(low, low + 90):
		code = make(number)
		assert is_valid(code)
		for place, digit in enumerate(code):
			for other in "0123456789":
				if other != digit:
					assert not is_valid(code[:place] + other + code[place + 1 :])
		for place in range(len(code) - 1):
			swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
			assert swapped == code or not is_valid(swapped)


@given(st.integers(10, 10**8))
def test_it_makes_one_code_of_each_number(number: int) -> None:
	code = make(number)
	assert code[:-1] == str(number)
	assert is_valid(code)
	assert sum(is_valid(f"{number}{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize("code", ["", "x", "-12", "1.2", " 12", "²"])
def test_it_takes_nothing_else_for_a_code(code: str) -> None:
	assert not is_valid(code)
