"""A picture as a picture message carries it: small, upright, of a kind every phone shows; and nothing that explodes."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from support.pictures import drawn

from customer_thread.domain.limits import MMS_PICTURE_BYTES
from customer_thread.domain.model import Attachment
from customer_thread.service.reading.small_picture import can_be_small, small_picture


def _small(data: bytes, kind: str = "image/png") -> Attachment | None:
	return small_picture(Attachment("deck", kind, data))


@pytest.mark.parametrize(
	("form", "kind"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif")]
)
def test_it_leaves_alone_what_is_small(form: str, kind: str) -> None:
	data = drawn(40, 30, form)
	assert _small(data, "image/x-whatever-was-said") == Attachment("deck", kind, data)


@pytest.mark.parametrize(
	("form", "mode"),
	[("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "L"), ("PNG", "P"), ("WEBP", "RGB")],
)
def test_it_makes_a_jpeg_of_what_is_large_or_of_another_kind(form: str, mode: str) -> None:
	made = _small(drawn(1500, 1000, form, noise=True, mode=mode))
	assert made is not None
	assert (made.name, made.content_type) == ("deck.jpg", "image/jpeg")
	assert len(made.data) <= MMS_PICTURE_BYTES
	picture = Image.open(BytesIO(made.data))
	assert picture.format == "JPEG"
	assert abs(picture.width / picture.height - 1.5) < 0.02


def test_it_turns_a_photo_as_it_was_held_and_leaves_out_where_that_was() -> None:
	exif = Image.Exif()
	exif[0x0112] = 6
	exif[0x010F] = "camera"
	out = BytesIO()
	Image.open(BytesIO(drawn(1500, 1000, noise=True))).save(out, "JPEG", quality=95, exif=exif)
	made = _small(out.getvalue(), "image/jpeg")
	assert made is not None
	picture = Image.open(BytesIO(made.data))
	assert picture.width < picture.height
	assert dict(picture.getexif()) == {}


def test_what_shows_through_is_white() -> None:
	large = Image.open(BytesIO(drawn(1200, 900, noise=True))).convert("RGBA")
	large.paste((0, 0, 0, 0), (0, 0, 400, 400))
	out = BytesIO()
	large.save(out, "PNG")
	made = _small(out.getvalue())
	assert made is not None
	pixel = Image.open(BytesIO(made.data)).convert("RGB").getpixel((50, 50))
	assert isinstance(pixel, tuple)
	assert min(pixel) > 240


def _bomb(side: int) -> bytes:
	"""Return a PNG that says it has so many pixels a side and is padded beyond what goes as it is."""

	def chunk(kind: bytes, data: bytes) -> bytes:
		return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

	head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
	pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
	return b"\x89PNG\r\n\x1a\n" + head + chunk(b"tEXt", b"x\0" + b"y" * MMS_PICTURE_BYTES) + pixels


@pytest.mark.parametrize("side", [6_000, 20_000, 60_000])
def test_it_decodes_nothing_that_explodes(side: int) -> None:
	assert not can_be_small(_bomb(side))
	assert _small(_bomb(side)) is None


def test_a_large_animation_is_none() -> None:
	frames = [Image.open(BytesIO(drawn(600, 400, noise=True))).rotate(turn) for turn in range(4)]
	out = BytesIO()
	frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
	assert len(out.getvalue()) > MMS_PICTURE_BYTES
	assert not can_be_small(out.getvalue())


@given(
	st.binary(max_size=300), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF"])
)
def test_it_takes_what_is_no_picture_for_none(data: bytes, head: bytes) -> None:
	found = _small(head + data)
	assert found is None or len(found.data) <= MMS_PICTURE_BYTES


def test_it_takes_a_torn_picture_for_none_or_for_what_is_seen_of_it() -> None:
	# Frappe lets Pillow load what is cut short, for the whole process
	made = _small(drawn(1500, 1000, "JPEG", noise=True)[:-600_000])
	assert made is None or (made.content_type == "image/jpeg" and len(made.data) <= MMS_PICTURE_BYTES)
