"""Pictures that a browser and Pillow can read, of any size."""

import random
from io import BytesIO

from PIL import Image

from customer_thread.domain.model import Attachment


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


def small(name: str = "deck.png") -> Attachment:
	"""Return a picture that goes as it is."""
	return Attachment(name, "image/png", drawn(40, 30))
