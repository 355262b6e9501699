"""A delivery's state moves forward only; waits grow; what its sender sees."""

from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.delivery_states import (
	CLAIM_TIMEOUT,
	LATE,
	WAITS,
	Progress,
	has_left,
	moves_forward,
	next_try,
	progress,
	shown,
)
from customer_thread.domain.model import DeliveryState
from customer_thread.domain.times import HOUR, MINUTE, SECOND

STATES: tuple[DeliveryState, ...] = get_args(DeliveryState)
FINAL = {"Delivered", "Failed", "Skipped"}


@given(st.permutations(STATES))
def test_it_never_goes_back(order: list[DeliveryState]) -> None:
	state: DeliveryState = "Queued"
	passed = [state]
	for report in order:
		if moves_forward(state, report):
			state = report
			passed.append(state)
	assert len(set(passed)) == len(passed)
	assert state in FINAL


def test_it_ends_the_same_whatever_order_a_success_is_reported_in() -> None:
	success: list[DeliveryState] = ["Sending", "Sent", "Delivered"]
	for order in permutations(success):
		state: DeliveryState = "Queued"
		for report in order:
			state = report if moves_forward(state, report) else state
		assert state == "Delivered"


@pytest.mark.parametrize("final", sorted(FINAL))
def test_it_leaves_a_final_state_alone(final: DeliveryState) -> None:
	assert not any(moves_forward(final, report) for report in STATES)


def test_it_is_no_news_to_hear_the_same_twice() -> None:
	assert not any(moves_forward(state, state) for state in STATES)


def test_it_waits_as_promised() -> None:
	assert WAITS == (30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR)
	assert [next_try(tries, 0, 200) for tries in range(1, 7)] == [*WAITS, None]


@given(st.integers(1, 5), st.integers(0, 400), st.integers(0, 2**53))
def test_it_spreads_the_waits_by_a_fifth(attempts: int, spread: int, now: int) -> None:
	due = next_try(attempts, now, spread)
	assert due is not None
	assert 0.8 * WAITS[attempts - 1] <= due - now <= 1.2 * WAITS[attempts - 1]


@pytest.mark.parametrize(
	("states", "seen", "is_out"),
	[
		([], "sent", False),
		(["Skipped"], "sent", False),
		(["Queued"], "sending", False),
		(["Sending"], "sending", False),
		(["Sent"], "sent", True),
		(["Delivered"], "delivered", True),
		(["Failed"], "sent", False),
		(["Delivered", "Sent"], "sent", True),
		(["Delivered", "Queued"], "sending", False),
		(["Delivered", "Failed"], "sent", False),
		(["Queued", "Failed"], "sending", False),
		(["Delivered", "Skipped"], "delivered", True),
	],
)
def test_it_shows_the_slowest_part(states: list[DeliveryState], seen: str, is_out: bool) -> None:
	sent: list[Progress] = [(state, 0 if state == "Queued" else 1) for state in states]
	assert shown(sent) == shown(reversed(sent)) == seen
	assert has_left(sent) is is_out


@pytest.mark.parametrize("waiting", [("Queued", 1), ("Sending", 2), ("Queued", 5), ("Failed", 6)])
def test_what_was_tried_in_vain_is_not_on_its_way(waiting: Progress) -> None:
	others: tuple[list[Progress], ...] = ([], [("Delivered", 1)])
	for beside in others:
		assert shown([waiting, *beside]) == "sent"
		assert not has_left([waiting, *beside])


@pytest.mark.parametrize(
	("state", "tries", "after", "seen"),
	[
		("Queued", 0, 0, "sending"),
		("Queued", 0, LATE, "sending"),
		("Queued", 0, LATE + 1, "sent"),
		("Sending", 1, CLAIM_TIMEOUT, "sending"),
		("Sending", 1, CLAIM_TIMEOUT + 1, "sent"),
		("Sent", 1, 10 * CLAIM_TIMEOUT, "sent"),
		("Delivered", 1, 10 * CLAIM_TIMEOUT, "delivered"),
	],
)
def test_it_waits_for_a_first_try_only_so_long(
	state: DeliveryState, tries: int, after: int, seen: str
) -> None:
	due = claimed = 1_778_850_000_000_000
	come = progress(state, tries, due, claimed, due + after)
	assert shown([come]) == seen
	assert has_left([come]) is (state in ("Sent", "Delivered"))


def test_it_waits_for_a_provider_that_is_still_asked() -> None:
	now = 1_778_850_000_000_000
	assert shown([progress("Sending", 1, now + LATE, now - 10 * CLAIM_TIMEOUT, now)]) == "sending"
