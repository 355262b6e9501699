"""The icons of the installed page, drawn from the business's logo; without one, a bubble on its colour."""

import hashlib
from functools import lru_cache
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw, ImageOps

from customer_thread.domain.limits import LOGO_BYTES, LOGO_PIXELS
from customer_thread.domain.portal.colors import accents

Kind = Literal["192", "512", "maskable", "180"]
#: of each kind its pixels a side, and how much of that the logo may take; what is masked keeps a margin
#: (https://www.w3.org/TR/appmanifest/#icon-masks)
KINDS: dict[Kind, tuple[int, float]] = {
	"192": (192, 1.0),
	"512": (512, 1.0),
	"maskable": (512, 0.56),
	"180": (180, 0.8),
}
#: kinds whose corners are the phone's to cut: nothing shows through
_FULL = frozenset({"maskable", "180"})
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_KEPT = 16


def version(accent: str, logo: bytes) -> str:
	"""Return a name for the icons, another one when logo or colour change."""
	return hashlib.sha256(accents(accent)["accent"].encode() + logo).hexdigest()[:12]


@lru_cache(_KEPT)
def icon(kind: Kind, accent: str, logo: bytes) -> bytes:
	"""Return an icon as PNG. What is no picture, or too large a one, is as no logo."""
	side, share = KINDS[kind]
	picture = _opened(logo, round(side * share))
	if picture is None:
		made = _bubble(side, accent, is_full=kind in _FULL)
	else:
		made = Image.new("RGBA", (side, side), "#ffffff" if kind in _FULL else "#ffffff00")
		place = ((side - picture.width) // 2, (side - picture.height) // 2)
		made.paste(picture, place, picture)
	out = BytesIO()
	made.save(out, "PNG", optimize=True)
	return out.getvalue()


def _opened(logo: bytes, side: int) -> Image.Image | None:
	"""Return the logo in a square of this side, or None. Its size is looked at before it is decoded."""
	if not logo or len(logo) > LOGO_BYTES:
		return None
	try:
		picture = Image.open(BytesIO(logo), formats=_FORMATS)
		if picture.width * picture.height > LOGO_PIXELS:
			return None
		upright = ImageOps.exif_transpose(picture).convert("RGBA")
		return ImageOps.contain(upright, (side, side), Image.Resampling.LANCZOS)
	except Exception:
		# whatever Pillow makes of a file that is none, its page has an icon
		return None


def _bubble(side: int, accent: str, *, is_full: bool) -> Image.Image:
	"""Return a speech bubble; drawn four times as large, so that its edges are smooth."""
	colors = accents(accent)
	large = side * 4
	made = Image.new("RGBA", (large, large), "#ffffff00")
	draw = ImageDraw.Draw(made)
	draw.rounded_rectangle(
		(0, 0, large - 1, large - 1), 0 if is_full else large * 0.22, fill=colors["accent"]
	)
	left, top, right, bottom = (large * part for part in (0.26, 0.29, 0.74, 0.63))
	draw.rounded_rectangle((left, top, right, bottom), large * 0.09, fill=colors["on_accent"])
	tail = [(large * 0.35, bottom - 1), (large * 0.35, large * 0.74), (large * 0.49, bottom - 1)]
	draw.polygon(tail, fill=colors["on_accent"])
	return made.resize((side, side), Image.Resampling.LANCZOS)
