"""Pictures that a browser and Pillow can read, of any size."""

import random
from io import BytesIO

from PIL import Image

from customer_thread.domain.model import Attachment

PHONE_MAKER = "Fairphone of Sarah"


def drawn(width: int, height: int, form: str = "PNG", *, noise: bool = False, mode: str = "RGB") -> bytes:
	"""Return a picture; `noise`: one that no format makes small."""
	if noise:
		size = (width, height)
		made = Image.frombytes("RGB", size, random.Random(7).randbytes(width * height * 3)).convert(mode)
	else:
		made = Image.new(mode, (width, height), 0 if mode in ("P", "L") else (120, 30, 30, 128)[: len(mode)])
	out = BytesIO()
	made.save(out, form, quality=95)
	return out.getvalue()


def photo(name: str = "deck.jpg", *, width: int = 1500, height: int = 1000) -> Attachment:
	"""Return a photo as a phone takes it, larger than a picture message carries."""
	return Attachment(name, "image/jpeg", drawn(width, height, "JPEG", noise=True))


def from_a_phone(width: int = 600, height: int = 400) -> bytes:
	"""Return a photo as a phone stores it that is held upright: lying, with a word that turns it and where it was taken."""
	out, exif = BytesIO(), Image.Exif()
	exif[0x0112] = 6
	exif[0x010F] = PHONE_MAKER
	exif.get_ifd(0x8825)[1] = "N"
	Image.new("RGB", (width, height), (120, 30, 30)).save(
		out, "JPEG", exif=exif, comment=PHONE_MAKER.encode(), quality=95
	)
	return out.getvalue()


def small(name: str = "deck.png") -> Attachment:
	"""Return a picture that goes as it is."""
	return Attachment(name, "image/png", drawn(40, 30))
