"""Which words a search of the inbox asks for, and which of them a database's index of words can look up."""

import re
from dataclasses import dataclass

from customer_thread.domain.limits import SEARCH_TERMS
from customer_thread.domain.words import fold

#: `innodb_ft_min_token_size` and `innodb_ft_max_token_size`, as MariaDB has them: what is shorter or longer is not
#: in its index
_SHORTEST, _LONGEST = 3, 84
#: `INFORMATION_SCHEMA.INNODB_FT_DEFAULT_STOPWORD`, those of three letters or more: not in it either
_STOP_WORDS = frozenset(
	[
		"about",
		"are",
		"com",
		"for",
		"from",
		"how",
		"that",
		"the",
		"this",
		"was",
		"what",
		"when",
		"where",
		"who",
		"will",
		"with",
		"und",
		"www",
	]
)


@dataclass(frozen=True)
class SaidWords:
	"""What must have been said, in one message."""

	#: folded, as they were asked for: each is in it somewhere
	parts: tuple[str, ...] = ()
	#: of these what can be looked up: a word of the message begins so. Letters, digits and _ alone
	beginnings: tuple[str, ...] = ()


def said_words(query: str) -> SaidWords:
	"""Return what a search asks for, ten words at most; nothing for a search without words."""
	parts = tuple(dict.fromkeys(fold(query).split()))[:SEARCH_TERMS]
	words = [word for part in parts for word in re.findall(r"\w+", part) if _is_indexed(word)]
	return SaidWords(parts, tuple(dict.fromkeys(words)))


def _is_indexed(word: str) -> bool:
	return _SHORTEST <= len(word) <= _LONGEST and word not in _STOP_WORDS
