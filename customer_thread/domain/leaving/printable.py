"""Words as a font can print them that has not every character of the world."""

import unicodedata
from collections.abc import Container

#: what only changes the look of the character before: variation selectors, a skin's tone, joiners
_UNPRINTED = {0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF, *range(0x1F3FB, 0x1F400)}
#: a picture that stands for words
_SIGNS = ("So", "Sk", "Sm")
_NONE = "□"


def printable(text: str, known: Container[int]) -> str:
	"""Return the text with what the font does not know by its name, “[thumbs up sign]”; `known`: its code points.

	A letter of a script that the font does not have becomes “□”.
	"""
	return "".join(
		character if ord(character) in known or character in "\n\t" else _instead(character)
		for character in text
	)


def _instead(character: str) -> str:
	if ord(character) in _UNPRINTED or unicodedata.category(character) in ("Cc", "Cf", "Mn"):
		return ""
	name = unicodedata.name(character, "")
	if unicodedata.category(character) in _SIGNS and name:
		return f"[{name.lower()}]"
	return _NONE
