"""How many texts may leave."""

from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.spending import Allowance, Scope, is_nearly_used_up, scopes, used_up

COUNTS = st.builds(Allowance, *[st.integers(0, 50)] * 5)
ALL: tuple[Scope, ...] = ("reply", "sender", "strangers", "thread", "site")


@given(COUNTS, COUNTS, st.integers(1, 20))
def test_it_names_the_first_scope_that_would_be_over(
	spent: Allowance, allowed: Allowance, texts: int
) -> None:
	over = [scope for scope in ALL if 0 < allowed.of(scope) < spent.of(scope) + texts]
	assert used_up(ALL, allowed, spent.of, texts) == (over[0] if over else None)


def test_it_lets_any_number_pass_where_nothing_is_said() -> None:
	assert used_up(ALL, Allowance(0, 0, 0, 0, 0), lambda _scope: 9, 1000) is None


def test_it_counts_what_the_contractor_sends_for_thread_and_site_alone() -> None:
	assert scopes(is_forward=False, is_reply=False, is_stranger=True) == ("thread", "site")
	assert scopes(is_forward=True, is_reply=True, is_stranger=False) == ("reply", "sender", "thread", "site")
	assert scopes(is_forward=True, is_reply=False, is_stranger=True) == (
		"sender",
		"strangers",
		"thread",
		"site",
	)


def test_it_is_nearly_used_up_at_80_percent() -> None:
	assert [is_nearly_used_up(spent, 10) for spent in (7, 8, 10, 11)] == [False, True, True, True]
	assert not is_nearly_used_up(8, 0)
