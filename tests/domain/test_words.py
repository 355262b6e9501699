"""Words: cleaned, folded, cut and linked."""

import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain import words
from customer_thread.domain.errors import BadInput, TooLarge
from customer_thread.domain.limits import MESSAGE_CHARACTERS


@pytest.mark.parametrize(
	("text", "clean"),
	[
		("  hi \r\nyou\r ", "hi \nyou"),
		("a\x00b\x07c\x1bd\x7f", "abcd"),
		("a\tb\nc", "a\tb\nc"),
		("\ud83d", "?"),
		("🏠‍♀️ é 中", "🏠‍♀️ é 中"),
		(" \n\t ", ""),
	],
)
def test_it_cleans_words(text: str, clean: str) -> None:
	assert words.clean(text) == clean


@given(st.text(st.characters(codec=None)))
def test_it_cleans_anything_once_and_for_all(text: str) -> None:
	cleaned = words.clean(text)
	cleaned.encode()
	assert words.clean(cleaned) == cleaned
	assert "\r" not in cleaned
	assert "\0" not in cleaned


def test_it_takes_a_message_up_to_the_limit() -> None:
	assert words.message(" CONFIRM ") == "CONFIRM"
	assert len(words.message("x" * MESSAGE_CHARACTERS)) == MESSAGE_CHARACTERS
	for empty in ("", "  \n", "\x00\x01"):
		with pytest.raises(BadInput):
			words.message(empty)
	with pytest.raises(TooLarge, match="20,000"):
		words.message("x" * (MESSAGE_CHARACTERS + 1))


@given(st.text())
def test_it_folds_to_something_folded(text: str) -> None:
	folded = words.fold(text)
	assert words.fold(folded) == folded
	assert not any(map(unicodedata.combining, folded))
	assert folded == folded.strip()
	assert "  " not in folded


@given(st.text(), st.integers(1, 20))
def test_it_previews_on_one_line(text: str, limit: int) -> None:
	line = words.preview(text, limit)
	assert len(line) <= limit
	assert "\n" not in line
	assert line == line.strip()


def test_it_marks_a_cut() -> None:
	assert words.preview("one two three", 8) == "one two…"
	assert words.preview("one two", 7) == "one two"
	assert words.preview("x" * 141) == "x" * 139 + "…"


@pytest.mark.parametrize(
	("name", "letters"),
	[
		("Mike's Contracting", "MC"), ("Sarah", "S"), ("Sarah Jane van der Lee", "SL"), ("Anne-Marie", "AM"), ("", "?"),
		("(555) 010-0001", "00"), ("  éva  ö ", "ÉÖ"), ("🏠 House", "H"), ("ß", "SS"),
	],
)  # fmt: skip
def test_it_makes_initials(name: str, letters: str) -> None:
	assert words.initials(name) == letters


@given(st.text("ab \n", max_size=80), st.integers(1, 12))
def test_it_splits_without_losing_a_word(text: str, limit: int) -> None:
	text = text.strip()
	parts = words.split(text, limit)
	assert all(0 < len(part) <= limit for part in parts)
	assert "".join("".join(parts).split()) == "".join(text.split())


@given(
	st.lists(
		st.sampled_from(
			[
				"a",
				" ",
				"\n",
				"e\u0301",
				"👩🏽‍🚒",
				"🇩🇪",
				"한",
				"\u1112\u1161\u11ab",
				"नि",
				"\r\n",
				"👍",
				"x" * 30,
			]
		)
	).map("".join),
	st.integers(15, 60),
)
def test_it_splits_nothing_that_is_seen_as_one(text: str, limit: int) -> None:
	parts = words.split(text, limit)

	assert all(0 < words.text_length(part) <= limit for part in parts)
	seen = [found for part in parts for found in regex.findall(r"\X", part) if not found.isspace()]
	assert seen == [found for found in regex.findall(r"\X", text) if not found.isspace()]


def test_it_splits_what_is_seen_as_one_only_where_it_alone_is_too_long() -> None:
	assert words.split("e" + "\u0301" * 9, 4) == ["e\u0301\u0301\u0301", "\u0301" * 4, "\u0301" * 2]
	assert words.split("😀😀😀", 5) == ["😀😀", "😀"]


def test_it_counts_characters_as_a_text_message_does() -> None:
	assert [words.text_length(text) for text in ("", "ab", "é", "€", "😀")] == [0, 2, 1, 1, 2]


def test_it_splits_between_words() -> None:
	assert words.split("aaa bbb ccc", 7) == ["aaa bbb", "ccc"]
	assert words.split("aaaaaaaaaa", 4) == ["aaaa", "aaaa", "aa"]
	assert words.split("short", 10) == ["short"]
	assert words.split("", 10) == []
	# a blank near the beginning is no place to cut
	assert words.split("a " + "b" * 9, 8) == ["a bbbbbb", "bbb"]
