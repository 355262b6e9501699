"""What staff chose, as customers get it: a picture upright, without what a phone wrote into it, no larger than is looked at."""

import mimetypes
from io import BytesIO
from pathlib import PurePath

from PIL import Image, ImageOps, UnidentifiedImageError

from customer_thread.domain.errors import BadInput, ThreadError, TooLarge
from customer_thread.domain.limits import PICTURE_PIXELS, UPLOAD_BYTES, UPLOAD_PIXELS, UPLOAD_SIDE
from customer_thread.domain.model import Attachment
from customer_thread.domain.words import clean, preview
from customer_thread.service.reading.small_picture import on_white

_READ = ("JPEG", "PNG", "GIF", "WEBP")
_QUALITY = 85
#: bytes beyond which a drawing is kept as a photo is
_DRAWING_BYTES = 3_000_000
#: how HEIC, HEIF and AVIF begin (ISO/IEC 14496-12): phones of another maker do not show these, and they say where they were taken
_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


def prepare_upload(given: Attachment) -> Attachment:
	"""Return what is kept of it. Raise BadInput for a picture that cannot be read, TooLarge."""
	if len(given.data) > UPLOAD_BYTES:
		raise TooLarge("This file is too large: at most {0} MB, please.", UPLOAD_BYTES >> 20)
	if not given.data:
		raise BadInput("This file is empty.")
	name = preview(clean(PurePath(given.name.replace("\\", "/")).name)) or "attachment"
	try:
		return _picture(name, given.data)
	except UnidentifiedImageError:
		kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
		if "image/" in (kind + given.content_type) or _is_of_phone(given.data):
			raise _unreadable() from None
		return Attachment(name, kind, given.data)
	except ThreadError:
		raise
	except Exception:
		# whatever Pillow makes of a picture that is broken
		raise _unreadable() from None


def _picture(name: str, data: bytes) -> Attachment:
	picture = Image.open(BytesIO(data), formats=_READ)
	most = UPLOAD_PIXELS if picture.format == "JPEG" else PICTURE_PIXELS
	if picture.width * picture.height > most:
		raise BadInput("This picture is too large: at most {0} million pixels, please.", most // 1_000_000)
	if picture.format == "GIF" and getattr(picture, "is_animated", False):
		return Attachment(name, "image/gif", data)
	is_drawing = picture.format in ("PNG", "GIF")
	# a photo is decoded no larger than it is needed
	picture.thumbnail((UPLOAD_SIDE, UPLOAD_SIDE))
	upright = ImageOps.exif_transpose(picture)
	colors = upright.info.get("icc_profile") if upright.mode in ("RGB", "RGBA") else None
	# where it was taken, by whom, and with what
	upright.info = {key: value for key, value in upright.info.items() if key == "transparency"}
	if is_drawing:
		out = BytesIO()
		upright.save(out, "PNG", optimize=True, icc_profile=colors)
		if out.tell() <= _DRAWING_BYTES:
			return Attachment(_named(name, ".png"), "image/png", out.getvalue())
	out = BytesIO()
	on_white(upright).save(out, "JPEG", quality=_QUALITY, optimize=True, icc_profile=colors)
	return Attachment(_named(name, ".jpg", ".jpeg"), "image/jpeg", out.getvalue())


def _named(name: str, *endings: str) -> str:
	return name if name.lower().endswith(endings) else f"{PurePath(name).stem}{endings[0]}"


def _is_of_phone(data: bytes) -> bool:
	return data[4:8] == b"ftyp" and data[8:12] in _BRANDS


def _unreadable() -> BadInput:
	return BadInput("This picture cannot be read. Please send it as JPEG or PNG.")
