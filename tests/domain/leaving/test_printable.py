"""Whatever somebody wrote can be printed, and no line is wider than the paper."""

from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.leaving.printable import printable
from customer_thread.domain.leaving.wrap import wrapped

ASCII = frozenset(range(32, 127))


def test_what_the_font_does_not_know_is_said() -> None:
	assert printable("Nice 👍🏽!", ASCII) == "Nice [thumbs up sign]!"
	assert printable("❤️ 中", ASCII) == "[heavy black heart] □"
	assert printable("a\u200db\x07\nc", ASCII) == "ab\nc"


@given(st.text())
def test_nothing_is_left_that_the_font_does_not_know(text: str) -> None:
	assert set(printable(text, ASCII)) <= {*map(chr, ASCII), "\n", "\t", "□"}


def test_lines_break_between_words_and_long_words_within() -> None:
	assert list(wrapped("one two three", lambda _character: 1.0, 8)) == ["one two", "three"]
	assert list(wrapped("a bbbbbbbb c\n\nd", lambda _character: 1.0, 3)) == [
		"a",
		"bbb",
		"bbb",
		"bb",
		"c",
		"",
		"d",
	]


@given(st.text(alphabet="ab \n", max_size=200), st.integers(1, 20))
def test_no_line_is_too_wide_and_no_letter_is_lost(text: str, limit: int) -> None:
	lines = list(wrapped(text, lambda _character: 1.0, float(limit)))
	assert all(len(line) <= limit for line in lines if line.strip())
	assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
