"""Whose words something is: never a guess."""

from itertools import product

import pytest

from customer_thread.domain.people.identity import owner_of_mail, owner_of_sms


@pytest.mark.parametrize(
	("known", "talked_last", "thread"),
	[
		([], "", ""), (["a"], "", "a"), (["a"], "b", "a"), (["a", "b"], "", ""), (["a", "b"], "b", "b"),
		(["a", "b"], "c", ""), (["a", "b", "c"], "a", "a"),
	],
)  # fmt: skip
def test_it_knows_whose_a_text_is(known: list[str], talked_last: str, thread: str) -> None:
	owner = owner_of_sms(known, talked_last)
	assert owner.thread == thread
	assert owner.reason


@pytest.mark.parametrize(
	("token", "reference", "known", "proven"),
	list(product(["", "t"], ["", "a", "r"], [[], ["a"], ["a", "b"]], [False, True])),
)
def test_it_knows_whose_a_mail_is(token: str, reference: str, known: list[str], proven: bool) -> None:
	owner = owner_of_mail(token, reference, known, proven)
	if token:
		assert owner.thread == token
	elif reference and (not known or reference in known):
		assert owner.thread == reference
	elif reference:
		assert owner.thread == ""
		assert "another's address" in owner.reason
	elif known == ["a"] and proven:
		assert owner.thread == "a"
	else:
		assert owner.thread == ""
	assert owner.reason


def test_it_says_why_nobody_owns_a_mail() -> None:
	reasons = {
		owner_of_mail("", "", known, proven).reason
		for known, proven in ((["a"], False), (["a", "b"], True), ([], True))
	}
	assert len(reasons) == 3
