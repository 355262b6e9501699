"""The business's accent colour, with text on it that can be read (WCAG 2.2 §1.4.3, 4.5:1)."""

import colorsys
import re
from typing import TypedDict

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_FALLBACK = "1f5fbf"
#: below this luminance an accent cannot be told from the dark page
_DARK_PAGE = 0.12


class Accents(TypedDict):
	"""The accent and the text on it, for the light and the dark page, as "#rrggbb"."""

	accent: str
	on_accent: str
	accent_dark: str
	on_accent_dark: str


def _rgb(color: str) -> tuple[float, float, float]:
	match = _HEX.fullmatch(color.strip())
	digits = match[1] if match else _FALLBACK
	if len(digits) == 3:
		digits = "".join(digit * 2 for digit in digits)
	red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
	return red, green, blue


def _hex(rgb: tuple[float, float, float]) -> str:
	return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def _luminance(rgb: tuple[float, float, float]) -> float:
	linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
	return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
	"""Return the contrast of two colours, 1 to 21."""
	light, dark = sorted((_luminance(_rgb(first)), _luminance(_rgb(second))), reverse=True)
	return (light + 0.05) / (dark + 0.05)


def text_on(color: str) -> str:
	"""Return white or black, whichever reads better on this colour."""
	return max(("#ffffff", "#000000"), key=lambda text: contrast(color, text))


def accents(color: str) -> Accents:
	"""Return the colours of a page; a bad one becomes the default."""
	rgb = _rgb(color)
	dark = rgb
	while _luminance(dark) < _DARK_PAGE:
		hue, lightness, saturation = colorsys.rgb_to_hls(*dark)
		dark = colorsys.hls_to_rgb(hue, lightness + 0.03, saturation)
	light_hex, dark_hex = _hex(rgb), _hex(dark)
	return {
		"accent": light_hex,
		"on_accent": text_on(light_hex),
		"accent_dark": dark_hex,
		"on_accent_dark": text_on(dark_hex),
	}
