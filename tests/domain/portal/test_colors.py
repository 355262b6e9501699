"""Text on the business's colour can be read, whatever colour it is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from customer_thread.domain.portal.colors import accents, contrast, text_on

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
#: between white and black: the worst there is
GREY = "#757575"


@given(COLORS)
@example(GREY)
@example("#777777")
@example("#000000")
@example("#ffffff")
@example("#0000ff")
@example("#ff0000")
def test_it_writes_readable_text_on_every_colour(color: str) -> None:
	assert contrast(color, text_on(color)) >= 4.5
	made = accents(color)
	assert made["accent"] == color
	assert contrast(made["accent"], made["on_accent"]) >= 4.5
	assert contrast(made["accent_dark"], made["on_accent_dark"]) >= 4.5


@given(COLORS)
def test_it_keeps_the_accent_apart_from_a_dark_page(color: str) -> None:
	assert contrast(accents(color)["accent_dark"], "#000000") >= 3


@given(COLORS, COLORS)
def test_it_measures_contrast_either_way_round(one: str, other: str) -> None:
	assert 1 <= contrast(one, other) <= 21.01
	assert contrast(one, other) == contrast(other, one)
	assert contrast(one, one) == pytest.approx(1)


def test_it_knows_the_ends_of_the_scale() -> None:
	assert contrast("#fff", "#000") == pytest.approx(21)
	assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("color", ["", "red", "#12", "#gggggg", "url(x)", "#1f5fbf; }", "rgb(1,2,3)"])
def test_it_makes_the_default_of_what_is_no_colour(color: str) -> None:
	assert accents(color) == accents("#1f5fbf")


@pytest.mark.parametrize("color", ["#AA3300", "aa3300", " #aa3300 ", "#a30"])
def test_it_reads_a_colour_however_it_is_written(color: str) -> None:
	assert accents(color)["accent"] == "#aa3300"
