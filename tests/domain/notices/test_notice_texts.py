"""The words of a notice are cut at words' ends and fit where they must."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.notices.texts import cut, in_one_line, notice_text, segments

LINK = "https://messages.mikescontracting.example/messages/in#" + "a" * 40


@pytest.mark.parametrize(
	("text", "limit", "found"),
	[
		("short", 10, "short"),
		("one two three", 9, "one two…"),
		("one two, three", 9, "one two…"),
		("unbreakable", 5, "unbr…"),
		("  blanks  ", 10, "blanks"),
		("a", 0, ""),
	],
)
def test_it_cuts_at_a_words_end(text: str, limit: int, found: str) -> None:
	assert cut(text, limit) == found


@given(st.text(), st.integers(1, 60))
def test_it_is_never_longer_than_asked(text: str, limit: int) -> None:
	assert len(cut(text, limit)) <= limit


@pytest.mark.parametrize(
	("text", "count"),
	[("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("—" * 70, 1), ("—" * 71, 2), ("😀" * 35, 1), ("😀" * 36, 2),
	 # an emoji, or an escape with what it escapes, stays in one segment
	 ("😀" * 66, 2), ("😀" * 67, 3), ("€" * 152, 2), ("€" * 153, 3)],
)  # fmt: skip
def test_it_counts_segments_as_phones_do(text: str, count: int) -> None:
	assert segments(text) == count


def test_it_is_one_segment_with_its_link() -> None:
	text = notice_text("Mike’s Contracting", ["Invoice #2041 sent — $4,200"], 1, LINK, str)
	assert text == f"Mike's Contracting: Invoice #2041 sent - $4,200 {LINK}"
	assert segments(text) == 1


def test_it_names_what_fits_and_counts_the_rest() -> None:
	lines = [f"Invoice #{number} sent" for number in range(1, 6)]
	text = notice_text("Mike", lines, 12, LINK, str)
	assert text == f"Mike: Invoice #1 sent; Invoice #2 sent and 10 more {LINK}"
	assert segments(text) == 1


def test_a_locked_screen_says_how_many_more_there_are() -> None:
	lines = [f"Invoice #{number} sent" for number in range(1, 6)]
	assert in_one_line(lines, 5, 100, str) == "; ".join(lines)
	assert in_one_line(lines, 12, 60, str) == "Invoice #1 sent; Invoice #2 sent; Invoice #3 sent and 9 more"
	assert in_one_line(["word " * 40], 3, 40, str).endswith("word… and 2 more")


@given(st.lists(st.text(), min_size=1, max_size=5), st.integers(0, 30), st.integers(40, 200))
def test_a_locked_screens_line_fits(lines: list[str], more: int, limit: int) -> None:
	assert len(in_one_line(lines, len(lines) + more, limit, str)) <= limit


@given(st.text(min_size=1, max_size=40), st.lists(st.text(), min_size=1, max_size=5), st.integers(0, 30))
def test_it_always_has_its_link(sender: str, lines: list[str], more: int) -> None:
	text = notice_text(sender, lines, len(lines) + more, LINK, str)
	assert text.endswith(LINK)
	assert segments(text) <= 4
