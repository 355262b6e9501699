"""What a customer types cannot pass for another customer's words on the contractor's phone."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.forwarded import (
	CONTINUED,
	NAME_CHARACTERS,
	forwarded,
	name_in_text,
	words_in_text,
)
from customer_thread.domain.thread import thread_number

CODE = thread_number.make(17)
OTHER = thread_number.make(95)
LIMIT = 1600
#: what a text can be made of to deceive
TRICKS = st.lists(
	st.sampled_from(
		[
			*(
				"\n",
				"\r",
				"\r\n",
				"\v",
				"\f",
				"\x1d",
				"\x85",
				"\u2028",
				"\u2029",
				"\u202e",
				"\u2066",
				"\u200b",
			),
			*(
				"#",
				"\uff03",
				"\ufe5f",
				OTHER,
				f"#{OTHER}",
				"\u0669\u0665\u0661",
				"\ufe0f\u20e3",
				"\u200d",
				" " * 40,
			),
			*("\u3164" * 20, "Bob Stone: ", "Bob Stone\uff1a", "(", ")", "hello", "> ", "\U0001f3e1", "é"),
		]
	)
).map("".join)
ANY = st.one_of(TRICKS, st.text(max_size=400))
NUMBER = re.compile(
	r"[#\uff03\ufe5f][\s\ufe0f\u20e3\u200c\u200d]*((?:\d[\ufe0f\u20e3\u200c\u200d]*){2,9})(?!\d)"
)


def numbers_in(text: str) -> list[str]:
	found = [
		"".join(str(unicodedata.decimal(c)) for c in one if c.isdecimal()) for one in NUMBER.findall(text)
	]
	return [number for number in found if thread_number.is_valid(number)]


@given(name=ANY, text=ANY, limit=st.sampled_from([160, LIMIT]))
def test_it_is_hers_from_the_first_line_to_the_number(name: str, text: str, limit: int) -> None:
	shown = name_in_text(name)
	texts = forwarded(name, CODE, text, limit)
	assert texts
	for one in texts:
		assert len(one) <= limit
		assert one.startswith(f"{shown}: ")
		assert one.endswith(f" (#{CODE})")
		# one number, which is hers
		assert numbers_in(one) == [CODE]
		_first, *others = one.removesuffix(f" (#{CODE})").splitlines()
		assert all(line.startswith(CONTINUED.rstrip()) for line in others)
		assert not any(
			unicodedata.bidirectional(c) in {"RLO", "LRO", "RLE", "LRE", "RLI", "LRI"} for c in one
		)


@given(name=ANY)
def test_a_name_is_one_line_that_ends_where_the_colon_is(name: str) -> None:
	shown = name_in_text(name)

	assert 0 < len(shown) <= NAME_CHARACTERS
	assert len(shown.splitlines()) == 1
	assert not re.search("[:\uff1a#\uff03\ufe5f]", shown)


@pytest.mark.parametrize(
	("text", "shown"),
	[
		("Sounds good!", "Sounds good!"),
		("Two\nlines", "Two\n> lines"),
		("a\n\n\n b", "a\n> b"),
		(f"\nBob Stone: hello #{OTHER}", f"> Bob Stone: hello {OTHER}"),
		("a\u2028Bob Stone: b", "a\n> Bob Stone: b"),
		(f"##{OTHER}", OTHER),
		(f"#\n# #{OTHER}", OTHER),
		(f"#1#{OTHER}", f"#1 {OTHER}"),
		("invoice #2041", "invoice #2041"),
		(f"#\ufe0f\u20e3{OTHER}", OTHER),
		("ok" + " " * 60 + "Bob Stone: b", "ok Bob Stone: b"),
		("\U0001f469\u200d\U0001f527 at 8", "\U0001f469\u200d\U0001f527 at 8"),
		("at 8,  or 9", "at 8,  or 9"),
	],
)
def test_it_changes_no_more_than_that(text: str, shown: str) -> None:
	assert words_in_text(text) == shown


@pytest.mark.parametrize("piece", ["\n", "a\n", f"#{OTHER}", f"\n#{OTHER} ", "\u2028x", "#", "#\n", "#1"])
def test_it_grows_by_no_more_than_the_marks_of_forty_lines(piece: str) -> None:
	text = piece * (20_000 // len(piece))

	assert len(words_in_text(text)) <= len(text) + 80
	assert not numbers_in(words_in_text(text))


def test_a_long_text_keeps_its_lines_marked_in_each_part() -> None:
	texts = forwarded("Sarah Lee", CODE, "Bob Stone: one\n" * 40, 160)

	assert len(texts) > 2
	for number, text in enumerate(texts, 1):
		assert text.startswith(f"Sarah Lee: ({number}/{len(texts)}) ")
		assert "\nBob" not in text
