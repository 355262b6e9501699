"""Icons of every size, of any logo and of none."""

import zlib
from io import BytesIO
from struct import pack

import pytest
from PIL import Image

from customer_thread.domain.limits import LOGO_BYTES, LOGO_PIXELS
from customer_thread.service.portal.app_icon import KINDS, Kind, icon, version

ACCENT = "#1f5fbf"
PLAIN = {kind: icon(kind, ACCENT, b"") for kind in KINDS}


def opened(data: bytes) -> Image.Image:
	return Image.open(BytesIO(data)).convert("RGBA")


def png(width: int, height: int) -> bytes:
	"""Return the beginning of a PNG of this size, whose pixels are not there."""

	def chunk(kind: bytes, data: bytes) -> bytes:
		return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

	head = pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
	return (
		b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
	)


def logo(width: int, height: int, kind: str = "PNG") -> bytes:
	out = BytesIO()
	Image.new("RGB", (width, height), "#d03030").save(out, kind)
	return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_logo_it_is_a_bubble_on_the_accent(kind: Kind) -> None:
	side, _share = KINDS[kind]
	made = opened(PLAIN[kind])
	assert made.size == (side, side)
	assert made.getpixel((side // 2, side // 8)) == (0x1F, 0x5F, 0xBF, 255)
	assert made.getpixel((side // 2, side // 2)) == (255, 255, 255, 255)


@pytest.mark.parametrize("kind", ["maskable", "180"])
def test_what_a_phone_cuts_has_no_hole(kind: Kind) -> None:
	for data in (PLAIN[kind], icon(kind, ACCENT, logo(40, 400))):
		assert opened(data).getchannel("A").getextrema() == (255, 255)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_logo_keeps_its_proportions(kind: str) -> None:
	made = opened(icon("192", ACCENT, logo(400, 100, kind)))
	seen = made.getchannel("A")
	assert (seen.getpixel((96, 96)), seen.getpixel((96, 20))) == (255, 0)


#: frappe.utils.image
CUT_OFF = pytest.mark.embedded("Frappe lets Pillow read a picture whose end is missing")


@pytest.mark.parametrize(
	"wrong",
	[
		b"none",
		b"<svg xmlns='http://www.w3.org/2000/svg'/>",
		png(30_000, 30_000),
		png(LOGO_PIXELS + 1, 1),
		pytest.param(png(200, 200), marks=CUT_OFF),
		pytest.param(logo(50, 50)[:60], marks=CUT_OFF),
		b"\x89PNG" + b"x" * LOGO_BYTES,
	],
)
def test_what_is_no_logo_is_as_none(wrong: bytes) -> None:
	assert icon("192", ACCENT, wrong) == PLAIN["192"]


def test_its_version_follows_logo_and_colour() -> None:
	assert len({version(ACCENT, b""), version(ACCENT, b"x"), version("#ff0000", b"")}) == 3
