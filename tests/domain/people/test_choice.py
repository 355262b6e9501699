"""Whose thread a user reads who speaks for several customers."""

import pytest

from customer_thread.domain.people.choice import choice_of, chosen, labels

SARAH, BOB = "sarah@example.com", "bob@example.com"
MINE = ["Lee Homes", "Lee Rentals"]


def test_it_needs_no_choice_for_one() -> None:
	assert chosen(["Lee Homes"], SARAH, "") == "Lee Homes"
	assert chosen(["Lee Homes"], SARAH, choice_of(SARAH, "Lee Rentals")) == "Lee Homes"


@pytest.mark.parametrize("name", MINE)
def test_it_goes_on_with_the_one_he_chose(name: str) -> None:
	assert chosen(MINE, SARAH, choice_of(SARAH, name)) == name


@pytest.mark.parametrize(
	"kept",
	[
		"",
		"Lee Homes",
		choice_of(SARAH, "Somebody Else"),
		choice_of(BOB, "Lee Homes"),
		choice_of(SARAH, "Lee Homes").upper(),
	],
	ids=["nothing", "a name", "not his", "another user's", "nearly"],
)
def test_it_is_nobodys_thread_until_he_chooses(kept: str) -> None:
	assert chosen(MINE, SARAH, kept) is None


def test_it_keeps_no_name_in_the_browser() -> None:
	kept = choice_of(SARAH, "Lee Homes")
	assert len(kept) == 16
	assert kept.isalnum()
	assert len({choice_of(user, name) for user in (SARAH, BOB) for name in MINE}) == 4


def test_it_tells_apart_two_of_one_name() -> None:
	named = [("C-1", "Lee"), ("C-2", "Lee"), ("C-3", "Rentals")]
	assert labels(named) == [("C-1", "Lee (C-1)"), ("C-2", "Lee (C-2)"), ("C-3", "Rentals")]
