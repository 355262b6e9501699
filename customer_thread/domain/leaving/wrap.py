"""Words on lines of a width: greedily, which is linear; a word that is longer than a line is broken."""

from collections.abc import Callable, Iterator


def wrapped(text: str, width_of: Callable[[str], float], limit: float) -> Iterator[str]:
	"""Yield the lines of a text, none wider than `limit`; `width_of`: of one character, in the same unit."""
	for paragraph in text.split("\n"):
		line, used = "", 0.0
		for word in paragraph.replace("\t", " ").split(" "):
			width = sum(width_of(character) for character in word)
			space = width_of(" ") if line else 0.0
			if line and used + space + width > limit:
				yield line
				line, used, space = "", 0.0, 0.0
			if width <= limit:
				line, used = f"{line} {word}" if line else word, used + space + width
				continue
			for character in word:
				if line and used + width_of(character) > limit:
					yield line
					line, used = "", 0.0
				line, used = line + character, used + width_of(character)
		yield line
