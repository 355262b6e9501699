"""Whether a text is nothing but a few emoji."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.emoji import is_emoji_alone

EMOJI = [
	*(
		"👍",
		"👍🏽",
		"❤️",
		"❤",
		"😀",
		"👩‍👩‍👧‍👦",
		"👩🏾‍🔧",
		"🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
		"🇺🇸",
	),
	*("1️⃣", "☀️", "✅", "™️", "🏳️‍🌈"),
]


@pytest.mark.parametrize("text", [*EMOJI, "👍👍", "👍 🎉 ❤️", "👍🏽\n🇺🇸"])
def test_emoji_alone(text: str) -> None:
	assert is_emoji_alone(text)


@pytest.mark.parametrize(
	"text",
	["", " ", "ok 👍", "👍👍👍👍", "1", "12", "#", "…", "—", "™", "日本", "→", ":)", "a\ufe0f", "\u200d"],
)
def test_words(text: str) -> None:
	assert not is_emoji_alone(text)


@given(st.lists(st.sampled_from(EMOJI), min_size=1, max_size=6))
def test_it_counts_them(emoji: list[str]) -> None:
	assert is_emoji_alone(" ".join(emoji)) == (len(emoji) <= 3)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P"]), min_size=1))
def test_no_letters_are_emoji(text: str) -> None:
	assert not is_emoji_alone(text)
