"""Which attachments are pictures, and how large they are shown."""

from dataclasses import dataclass

#: what a browser may show itself: anything else is saved, never opened, as it could carry a script
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

#: in pixels: as high as a picture is shown, as small as one can be tapped, and one of unknown size
_HIGHEST = 320
_SMALLEST = 44
_TILE = (240, 180)


@dataclass(frozen=True)
class Shown:
	"""How large a picture is shown where there is room, in pixels; if cropped, not in its own proportions."""

	width: int
	height: int
	is_cropped: bool


def is_picture(content_type: str | None) -> bool:
	"""Return whether an attachment of this MIME type is shown where it stands, rather than linked to."""
	return (content_type or "") in PICTURES


def shown_size(width: int, height: int) -> Shown:
	"""Return how large a picture of this size is shown."""
	if not width or not height:
		return Shown(*_TILE, is_cropped=True)
	scale = min(1, _HIGHEST / height)
	fitting = (round(width * scale), round(height * scale))
	# no screen is wider; what is too long or too thin for that loses its ends
	lowest = 2000 * height / width
	is_cropped = min(*fitting, lowest) < _SMALLEST
	return Shown(max(fitting[0], _SMALLEST), max(fitting[1], _SMALLEST), is_cropped)
