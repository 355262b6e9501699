"""Which words a search of the inbox asks for, and how the words of many messages are kept to be asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from customer_thread.domain.limits import SEARCH_TERMS
from customer_thread.domain.words import fold

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class SaidWords:
	"""What must have been said, in one message."""

	#: folded, as they were asked for: each is in it somewhere
	parts: tuple[str, ...] = ()
	#: the words of these, letters and digits alone: of each the message has one that begins so
	beginnings: tuple[str, ...] = ()


def said_words(query: str) -> SaidWords:
	"""Return what a search asks for, ten words at most; nothing for a search without words."""
	parts = tuple(dict.fromkeys(fold(query).split()))[:SEARCH_TERMS]
	return SaidWords(parts, tuple(dict.fromkeys(_words(parts)))[:SEARCH_TERMS])


def kept_words(texts: Iterable[str]) -> dict[int, str]:
	"""Return the words of folded texts, each once, in order, a blank before each, by the code of their first sign."""
	kept: dict[int, str] = {}
	for word in sorted(set(_words(texts))):
		kept[ord(word[0])] = f"{kept.get(ord(word[0]), '')} {word}"
	return kept


def asked_of(words: SaidWords) -> dict[int, list[str]]:
	"""Return what must stand in `kept_words`, by the same codes."""
	asked: dict[int, list[str]] = {}
	for beginning in words.beginnings:
		asked.setdefault(ord(beginning[0]), []).append(f" {beginning}")
	return asked


def _words(texts: Iterable[str]) -> Iterable[str]:
	return (word for text in texts for word in _WORD.findall(text))
