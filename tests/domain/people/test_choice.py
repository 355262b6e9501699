"""Whose thread a user reads who speaks for several customers."""

import pytest
from support.persons import BOB, SARAH

from customer_thread.domain.people.choice import choice_of, chosen, labels

MINE = ["Lee Homes", "Lee Rentals"]


def test_it_needs_no_choice_for_one() -> None:
	assert chosen(["Lee Homes"], SARAH.email, "") == "Lee Homes"
	assert chosen(["Lee Homes"], SARAH.email, choice_of(SARAH.email, "Lee Rentals")) == "Lee Homes"


@pytest.mark.parametrize("name", MINE)
def test_it_goes_on_with_the_one_he_chose(name: str) -> None:
	assert chosen(MINE, SARAH.email, choice_of(SARAH.email, name)) == name


@pytest.mark.parametrize(
	"kept",
	[
		"",
		"Lee Homes",
		choice_of(SARAH.email, "Somebody Else"),
		choice_of(BOB.email, "Lee Homes"),
		choice_of(SARAH.email, "Lee Homes").upper(),
	],
	ids=["nothing", "a name", "not theirs", "another user's", "nearly"],
)
def test_it_is_nobodys_thread_until_he_chooses(kept: str) -> None:
	assert chosen(MINE, SARAH.email, kept) is None


def test_it_keeps_no_name_in_the_browser() -> None:
	kept = choice_of(SARAH.email, "Lee Homes")
	assert len(kept) == 16
	assert kept.isalnum()
	assert len({choice_of(user, name) for user in (SARAH.email, BOB.email) for name in MINE}) == 4


def test_it_tells_apart_two_of_one_name() -> None:
	named = [("C-1", "Lee"), ("C-2", "Lee"), ("C-3", "Rentals")]
	assert labels(named) == [("C-1", "Lee (C-1)"), ("C-2", "Lee (C-2)"), ("C-3", "Rentals")]
