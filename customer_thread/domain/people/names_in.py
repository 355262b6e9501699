"""Names that somebody gives of themselves in what they write: under a mail, or at the beginning of a text."""

import re
from collections.abc import Iterable

#: of the last lines, where a mail is signed
_SIGNED_IN = 6
_MOST = 4
#: 2 to 4 words with a capital letter each: "Sarah Lee", "Ana-María O'Neil Jr."
_WORD = r"[^\W\d_][\w'’-]*\.?"
_NAME = re.compile(rf"(?:{_WORD})(?: (?:{_WORD})){{1,3}}")
_INTRODUCED = re.compile(
	rf"(?:\bthis is|\bit['’]?s|\bmy name is|\bI am|\bI['’]?m|\bsoy|\bme llamo|\bje suis|\bje m['’]appelle) "
	rf"({_WORD}(?: {_WORD}){{1,2}})",
	re.IGNORECASE,
)
#: what a mail program or habit puts there, which is no name
_NO_NAMES = {
	*(
		"best regards",
		"kind regards",
		"best wishes",
		"warm regards",
		"many thanks",
		"thank you",
		"with thanks",
	),
	*("yours truly", "yours sincerely", "sent from my", "talk soon", "take care", "get outlook", "un saludo"),
}


def names_in(texts: Iterable[str]) -> list[str]:
	"""Return the names that these texts may give of who wrote them, each once, a few at most."""
	found: list[str] = []
	for text in texts:
		found += [name for name in (_introduced(text), *_signed(text)) if name]
	return list(dict.fromkeys(found))[:_MOST]


def as_name(text: str) -> str:
	"""Return a text as a name of two to four words, or an empty string if it cannot be one."""
	words = " ".join(text.strip(" -–—~*,\t").split())
	if len(words) > 60 or not _NAME.fullmatch(words) or words.lower() in _NO_NAMES:
		return ""
	if any(words.lower().startswith(said) for said in _NO_NAMES):
		return ""
	return words if all(word[0].isupper() for word in words.split()) else ""


def _introduced(text: str) -> str:
	match = _INTRODUCED.search(text[:300])
	if match is None:
		return ""
	words = match[1].split()
	# "this is Sarah Lee from next door": what has no capital letter is no part of it
	while words and not words[-1][0].isupper():
		words.pop()
	return as_name(" ".join(words).rstrip(".")) if words else ""


def _signed(text: str) -> list[str]:
	lines = [line for line in text.splitlines() if line.strip()]
	return [as_name(line) for line in lines[1:][-_SIGNED_IN:]]
