"""How large a picture is, from its head alone."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from customer_thread.domain.limits import PICTURE_HEAD_BYTES
from customer_thread.domain.model import Attachment
from customer_thread.domain.thread.pictures import PICTURES
from customer_thread.service.thread.picture_size import UNKNOWN, Size, picture_size

FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}


def size(content_type: str, data: bytes) -> Size:
	"""Return what is found of these bytes."""
	return picture_size(Attachment("a picture", content_type, data))


def picture(content_type: str, width: int, height: int, **options: object) -> bytes:
	"""Return a picture."""
	out = BytesIO()
	Image.new("RGB", (width, height), "#806040").save(out, FORMATS[content_type], **options)
	return out.getvalue()


@pytest.mark.parametrize("content_type", sorted(PICTURES))
def test_it_has_the_size_it_was_made_with(content_type: str) -> None:
	data = picture(content_type, 640, 301)

	assert size(content_type, data) == (640, 301)
	for cut in range(0, 60, 7):
		assert size(content_type, data[:cut]) in (UNKNOWN, (640, 301))


@pytest.mark.parametrize(
	"options", [{"lossless": True}, {"exif": Image.Exif().tobytes()}], ids=["lossless", "extended"]
)
def test_webp_has_three_heads(options: dict[str, object]) -> None:
	assert size("image/webp", picture("image/webp", 123, 45, **options)) == (123, 45)


def test_a_phone_held_upright_makes_upright_pictures() -> None:
	exif = Image.Exif()
	exif[0x0112] = 6

	assert size("image/jpeg", picture("image/jpeg", 640, 301, exif=exif)) == (301, 640)


def test_what_is_no_picture_has_no_size() -> None:
	assert size("application/pdf", picture("image/png", 9, 9)) == UNKNOWN
	assert size("image/jpeg", picture("image/png", 9, 9)) == UNKNOWN
	assert size("image/png", b"") == UNKNOWN


def test_a_head_without_end_is_not_read_to_its_end() -> None:
	empty = struct.pack(">I", 0) + b"tEXt" + struct.pack(">I", 0)
	data = picture("image/png", 640, 301)
	slow = data[:33] + empty * (3 * PICTURE_HEAD_BYTES // len(empty)) + data[33:]

	assert size("image/png", slow) in (UNKNOWN, (640, 301))


def test_a_picture_that_claims_to_be_huge_takes_no_room() -> None:
	data = picture("image/png", 1, 1)
	head = struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)

	assert size("image/png", data[:16] + head + data[29:]) in (UNKNOWN, (2**31 - 1, 2**31 - 1))


@given(st.sampled_from(sorted(PICTURES)), st.binary(max_size=200), st.integers(0, 64))
def test_nothing_is_too_broken(content_type: str, noise: bytes, keep: int) -> None:
	width, height = size(content_type, picture(content_type, 7, 5)[:keep] + noise)

	assert 0 <= width < 2**31
	assert 0 <= height < 2**31
