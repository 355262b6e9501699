"""The words of an invitation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.channels import SMS
from customer_thread.domain.errors import BadInput
from customer_thread.domain.invitation import PLACES, around, check_words, invitation
from customer_thread.domain.limits import INVITATION_CHARACTERS
from customer_thread.domain.model import DATA_LIMIT

LINK = "https://portal.example.com/messages/in#abc123"


@pytest.mark.parametrize(
	("text", "said"),
	[
		("Hi {name}, {business}: {link}", f"Hi Sarah Lee, Mike's: {LINK}"),
		("{ name }: { link }", f"Sarah Lee: {LINK}"),
		("See {link}, please.", f"See {LINK}, please."),
		("Come in!", f"Come in! {LINK}"),
		("Come in!\n", f"Come in! {LINK}"),
		("", f" {LINK}"),
	],
)
def test_it_fills_in_what_differs_and_always_has_the_link(text: str, said: str) -> None:
	check_words("The words", text)
	assert invitation(text, "Sarah Lee", "Mike's", LINK) == said


def test_it_fills_nothing_into_what_was_filled_in() -> None:
	assert invitation("{name} {business} {link}", "{link}", "{name}", "L") == "{link} {name} L"


@pytest.mark.parametrize(
	("text", "why"),
	[
		("Hi {first_name}", "“first_name” is filled in nowhere"),
		("Hi {}", "“” is filled in nowhere"),
		("Hi {NAME}", "“NAME” is filled in nowhere"),
		("Hi {name.__class__}", "“name.__class__” is filled in nowhere"),
		("{link} or {link}", "The words has “link” more than once"),
		("x" * (INVITATION_CHARACTERS + 1), "The words may have 480 characters at most"),
	],
)
def test_it_refuses_words_that_cannot_be_filled_in(text: str, why: str) -> None:
	with pytest.raises(BadInput, match=why.replace("{", "{{")):
		check_words("The words", text)


@given(st.text(max_size=INVITATION_CHARACTERS), st.permutations(PLACES))
def test_it_fits_into_one_text(text: str, places: list[str]) -> None:
	words = (text.replace("{", "").replace("}", "") + "".join(f"{{{place}}}" for place in places))[
		-INVITATION_CHARACTERS:
	]
	check_words("The words", words)
	longest = "x" * DATA_LIMIT
	assert SMS.limit is not None
	assert len(invitation(words, longest, longest, LINK.ljust(500, "x"))) <= SMS.limit


@pytest.mark.parametrize(
	("text", "parts"),
	[
		(f"Hi: {LINK}", ("Hi:", LINK, "")),
		(f"Hi: {LINK}\nBye", ("Hi:", LINK, "Bye")),
		(f"https://other.example/x {LINK}", ("https://other.example/x", LINK, "")),
		("No link", ("No link", "", "")),
	],
)
def test_it_knows_what_stands_around_the_link(text: str, parts: tuple[str, str, str]) -> None:
	assert tuple(around(text, "/messages/in")) == parts
