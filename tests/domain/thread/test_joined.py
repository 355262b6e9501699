"""Two threads become one: nobody is forgotten, and what was done does not come back."""

from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.thread.joined import done_upto, snoozed_us

ENTRIES = st.dictionaries(st.integers(1, 30), st.booleans(), max_size=8)


@given(entries=ENTRIES, done=st.integers(0, 30), done_there=st.integers(0, 30))
def test_nobody_is_forgotten_and_nothing_done_is_before_what_waits(
	entries: dict[int, bool], done: int, done_there: int
) -> None:
	came = {entry for entry, is_theirs in entries.items() if is_theirs}
	upto = done_upto(entries, came, done, done_there)
	waits = {entry for entry in entries if entry > (done_there if entry in came else done)}
	waits_then = {entry for entry in entries if entry > upto}
	assert waits <= waits_then
	assert min(waits_then, default=0) == min(waits, default=0)
	assert done_upto(entries, set(), upto, 0) == upto


def test_it_comes_back_when_the_first_of_both_does() -> None:
	now = 100
	assert snoozed_us([(0, 0), (0, 0)], now) == 0
	assert snoozed_us([(150, 50), (0, 0)], now) == 150
	assert snoozed_us([(150, 50), (0, 60)], now) == 0
	assert snoozed_us([(150, 50), (120, 0)], now) == 120
	# one is over
	assert snoozed_us([(90, 0), (120, 0)], now) == 120
	assert snoozed_us([(90, 50), (120, 0)], now) == 0
