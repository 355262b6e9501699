"""Whom a note means by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.thread.mentions import mentioned

TEAM = [
	("ann@mikes.example", "Ann"),
	("ann.lee@mikes.example", "Ann Lee"),
	("bea@mikes.example", "Béa O’Neil"),
	("bob1@mikes.example", "Bob"),
	("bob2@mikes.example", "Bob"),
]


@pytest.mark.parametrize(
	("text", "users"),
	[
		("@Ann please call her", ["ann@mikes.example"]),
		("ask @ann lee, or @Ann", ["ann.lee@mikes.example", "ann@mikes.example"]),
		("(@Ann\n Lee)", ["ann.lee@mikes.example"]),
		("@Ann @Ann", ["ann@mikes.example"]),
		("@béa o’neil!", ["bea@mikes.example"]),
		("@ann.lee@mikes.example", ["ann.lee@mikes.example"]),
		("@Bob", ["bob1@mikes.example", "bob2@mikes.example"]),
		("@Anne, write to x@Ann", []),
		("Ann", []),
		("@", []),
		("@.*", []),
	],
)
def test_it_is_whose_name_stands_behind_an_at(text: str, users: list[str]) -> None:
	assert mentioned(text, TEAM) == users


def test_where_nobody_is_there_nobody_is_meant() -> None:
	assert mentioned("@Ann", []) == []
	assert mentioned("@ hello", [("", "")]) == []


@given(st.text(), st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=4))
def test_it_finds_nobody_else(text: str, people: list[tuple[str, str]]) -> None:
	found = mentioned(text, people)
	assert set(found) <= {user for user, _name in people}
	assert len(set(found)) == len(found)
