"""Whose words something is: never a guess."""

from itertools import product

import pytest

from customer_thread.domain.people.identity import owner_of_mail, owner_of_sms, without_tag


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
	("referenced", "known", "trusted", "last"),
	list(
		product(
			[[], ["a"], ["r"], ["r", "a"]], [[], ["a"], ["a", "b"]], [[], ["a"], ["a", "b"]], ["", "b", "c"]
		)
	),
)
def test_it_knows_whose_a_mail_is(
	referenced: list[str], known: list[str], trusted: list[str], last: str
) -> None:
	trusted = [thread for thread in trusted if thread in known]
	owner = owner_of_mail(referenced, known, trusted, last)
	if "a" in referenced and "a" in known:
		assert owner.thread == "a"
	elif referenced:
		assert owner.thread == "", "the reference of a mail to somebody else proves nothing"
	elif len(trusted) == 1:
		assert owner.thread == trusted[0]
	else:
		assert owner.thread == (last if last in trusted else "")
	assert owner.reason


def test_it_says_why_nobody_owns_a_mail() -> None:
	reasons = {
		owner_of_mail(referenced, known, trusted).reason
		for referenced, known, trusted in (
			([], ["a"], []),
			([], ["a", "b"], ["a", "b"]),
			([], [], []),
			(["r"], [], []),
			(["r"], ["a"], ["a"]),
		)
	}
	assert len(reasons) == 5


def test_what_stands_behind_a_plus_leads_to_the_same_mailbox() -> None:
	assert without_tag("office+deck@mikes.example") == "office@mikes.example"
