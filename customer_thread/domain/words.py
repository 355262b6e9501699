"""What is done to words before they are kept, compared or shown."""

import re
import unicodedata

import regex

from customer_thread.domain.errors import BadInput, TooLarge
from customer_thread.domain.limits import MESSAGE_CHARACTERS
from customer_thread.domain.model import DATA_LIMIT

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(text: str) -> str:
	"""Return the text without control characters, lone surrogates and outer blanks; newlines are LF."""
	text = text.encode("utf-8", "replace").decode("utf-8")
	return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def message(text: str) -> str:
	"""Return what a person typed, cleaned. Raise BadInput if nothing is left, TooLarge if it is too long."""
	cleaned = clean(text)
	if not cleaned:
		raise BadInput("Please type a message first.")
	if len(cleaned) > MESSAGE_CHARACTERS:
		raise TooLarge("This message is too long: at most {0:,} characters, please.", MESSAGE_CHARACTERS)
	return cleaned


def shown(text: str) -> tuple[str, bool]:
	"""Return as much of a text as one bubble shows, and whether that leaves anything out."""
	if len(text) <= MESSAGE_CHARACTERS:
		return text, False
	return f"{text[: MESSAGE_CHARACTERS - 1].rstrip()}…", True


def fold(text: str) -> str:
	"""Return the text as search compares it: case-folded, accents off, blanks as one."""
	if text.isascii():
		return " ".join(text.casefold().split())
	# folded after it is taken apart: 𝕬 is a capital A only then
	decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
	bare = "".join(char for char in decomposed if not unicodedata.combining(char))
	return " ".join(bare.split())


def preview(text: str, limit: int = DATA_LIMIT) -> str:
	"""Return the text on one line of at most `limit` characters."""
	line = " ".join(text.split())
	return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def initials(name: str) -> str:
	"""Return at most two letters for an avatar: "Mike's Contracting" gives MC."""
	parts = [part for part in re.split(r"[\s\-]+", name) if part and part[0].isalnum()]
	picked = parts[:1] + parts[-1:] if len(parts) > 1 else parts
	return "".join(part[0] for part in picked).upper() or "?"


def text_length(text: str) -> int:
	"""Return how many characters a text message counts: UTF-16 units, of which most emoji are two."""
	return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
	"""Return the text in parts that count as at most `limit` characters, see `text_length`.

	They are cut between words where there are any, and never inside what is seen as one character (UAX 29), unless
	it alone is longer than a part.
	"""
	parts = []
	while text_length(text) > limit:
		cut = _cut(text, limit)
		parts.append(text[:cut].rstrip())
		text = text[cut:].lstrip()
	return [*parts, text] if text else parts


def _cut(text: str, limit: int) -> int:
	"""Return where to cut a text that is longer than `limit`."""
	most = len(text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore"))
	# the last of them may be cut short by the slice, and ends beyond `most` then
	ends = [found.end() for found in regex.finditer(r"\X", text[: most + 1]) if found.end() <= most]
	blanks = [end for end in ends if end > most // 2 and text[end : end + 1].isspace()]
	return max(blanks or ends or [most]) or 1
