"""A picture as a picture message carries it: of a kind that every phone shows, and small."""

from io import BytesIO

from PIL import Image, ImageOps

from customer_thread.domain.limits import MMS_PICTURE_BYTES, PICTURE_PIXELS
from customer_thread.domain.model import Attachment

#: what Twilio fits to the phone (https://www.twilio.com/docs/messaging/guides/accepted-mime-types)
_SENT = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
_READ = (*_SENT, "WEBP")
#: pixels of the longer side and quality, tried in this order
_SIZES = ((1600, 85), (1600, 70), (1200, 70), (800, 70), (600, 60))


def can_be_small(data: bytes) -> bool:
	"""Return whether these bytes are a picture that can be sent. Only their head is read: nothing is decoded."""
	try:
		picture = Image.open(BytesIO(data), formats=_READ)
		fits = len(data) <= MMS_PICTURE_BYTES
		is_small = picture.width * picture.height <= PICTURE_PIXELS
		return (fits and picture.format in _SENT) or (is_small and not getattr(picture, "is_animated", False))
	except Exception:
		# whatever Pillow makes of a file that is none
		return False


def small_picture(attachment: Attachment) -> Attachment | None:
	"""Return the picture as it is if it is small, else as a smaller JPEG; None for what is none, or too large a one."""
	data = attachment.data
	if not can_be_small(data):
		return None
	try:
		picture = Image.open(BytesIO(data), formats=_READ)
		kind = _SENT.get(picture.format or "")
		if kind and len(data) <= MMS_PICTURE_BYTES:
			return Attachment(attachment.name, kind, data)
		# a JPEG is decoded no larger than it is needed
		picture.draft("RGB", (_SIZES[0][0], _SIZES[0][0]))
		upright = on_white(ImageOps.exif_transpose(picture))
		for side, quality in _SIZES:
			out = BytesIO()
			ImageOps.contain(upright, (min(side, upright.width), min(side, upright.height))).save(
				out, "JPEG", quality=quality, optimize=True
			)
			if out.tell() <= MMS_PICTURE_BYTES:
				return Attachment(f"{attachment.name}.jpg", "image/jpeg", out.getvalue())
	except Exception:
		return None
	return None


def on_white(picture: Image.Image) -> Image.Image:
	"""Return it without anything that shows through, which a JPEG has not."""
	if picture.mode not in ("RGBA", "LA", "P", "PA"):
		return picture.convert("RGB")
	layer = picture.convert("RGBA")
	ground = Image.new("RGB", layer.size, "#ffffff")
	ground.paste(layer, mask=layer)
	return ground
