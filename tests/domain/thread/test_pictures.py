"""How large a picture is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.thread.pictures import shown_size


@pytest.mark.parametrize(
	("size", "shown"),
	[
		((1600, 1200), (427, 320, False)),
		((600, 1600), (120, 320, False)),
		((100, 80), (100, 80, False)),
		((10, 8), (44, 44, True)),
		((20_000, 30), (20_000, 44, True)),
		((30, 20_000), (44, 320, True)),
		((0, 0), (240, 180, True)),
	],
)
def test_it_is_shown(size: tuple[int, int], shown: tuple[int, int, bool]) -> None:
	found = shown_size(*size)

	assert (found.width, found.height, found.is_cropped) == shown


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_it_is_never_higher_than_320_and_can_be_tapped(width: int, height: int) -> None:
	shown = shown_size(width, height)

	assert 44 <= shown.height <= 320
	assert shown.width >= 44
	if not shown.is_cropped:
		# so little that a screen does not show it
		assert abs(shown.width * height / width - shown.height) <= 0.5 * max(1, height / width) + 0.5
