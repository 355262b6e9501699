"""How large a picture is."""

from collections.abc import Callable
from io import BytesIO

from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from customer_thread.domain.limits import PICTURE_HEAD_BYTES
from customer_thread.domain.model import Attachment

#: width and height in pixels
Size = tuple[int, int]
UNKNOWN: Size = (0, 0)

#: what a viewer turns by a quarter: values of Exif's Orientation
_ORIENTATION = 0x0112
_TURNED = range(5, 9)
#: bytes of a WebP that say its size
_WEBP_HEAD = 30


def picture_size(item: Attachment) -> Size:
	"""Return width and height, upright; zeros for what is no picture or does not say.

	Only the head is read: nothing is decoded, however large the picture claims to be.
	"""
	measure = _MEASURES.get(item.content_type)
	if measure is None:
		return UNKNOWN
	try:
		return measure(item.data[:PICTURE_HEAD_BYTES])
	except Exception:
		# a file that is not what it says it is
		return UNKNOWN


def _jpeg(head: bytes) -> Size:
	picture = JpegImageFile(BytesIO(head))
	width, height = picture.size
	return (height, width) if picture.getexif().get(_ORIENTATION) in _TURNED else (width, height)


def _png(head: bytes) -> Size:
	return PngImageFile(BytesIO(head)).size


def _gif(head: bytes) -> Size:
	return GifImageFile(BytesIO(head)).size


def _webp(head: bytes) -> Size:
	"""Return what the header says (RFC 9649 §2.7): Pillow's reader makes room for the whole picture."""
	if len(head) < _WEBP_HEAD or head[:4] != b"RIFF" or head[8:12] != b"WEBP":
		return UNKNOWN
	form = head[12:16]
	if form == b"VP8X":
		return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
	if form == b"VP8L":
		bits = int.from_bytes(head[21:25], "little")
		return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
	if form == b"VP8 ":
		sides = (int.from_bytes(head[place : place + 2], "little") & 0x3FFF for place in (26, 28))
		return next(sides), next(sides)
	return UNKNOWN


_MEASURES: dict[str, Callable[[bytes], Size]] = {
	"image/jpeg": _jpeg,
	"image/png": _png,
	"image/gif": _gif,
	"image/webp": _webp,
}
