"""What the contractor can write: `#174 on my way`, `#174 note gate code 4711`, `#174 ?`, `1`, `help`."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Literal

Verb = Literal["say", "note", "lines", "help"]

#: emoji of a # or digit in a square, as phones offer them
_KEYCAPS = re.compile("(?:[#0-9]\ufe0f?\u20e3\\s*)+")
_SQUARE = re.compile("[\ufe0f\u20e3]")
_BETWEEN = r"[\s:,\-–—]*"
#: what begins so names a number, right or wrong
_MARKED = re.compile(rf"[#\uff03\ufe5f]\s*(\d\w*)[.)]?{_BETWEEN}(.*)", re.DOTALL)
#: alone any number is one; before words, what may be a thread number
_ALONE = re.compile(r"(\d+)[.)!]*()", re.DOTALL)
_UNMARKED = re.compile(rf"(\d{{1,9}})[.)]?(?=[\s:,–—?]){_BETWEEN}(.*)", re.DOTALL)
#: wherever it stands: a text that was forwarded ends with one, and so does what a phone says of it, such as “Liked …”
_MENTIONED = re.compile(r"[#\uff03\ufe5f]\s?(\d{3,9})(?!\d)")
#: of one text
_MOST_MENTIONED = 5
_NOTE = re.compile(rf"note\b{_BETWEEN}(.*)", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"[\W_]*(?:help|list)[\W_]*", re.IGNORECASE)
#: what may stand before a number
_BEFORE = "#\uff03\ufe5f \n\t\xa0"
_SIGNS = re.compile("[#\uff03\ufe5f\\s]+")
_QUESTION = re.compile(r"[\s!-/:-@\[-`{-~¿¡…？؟⸮]*[?？؟⸮][\s!-/:-@\[-`{-~¿¡…？؟⸮]*")


@dataclass(frozen=True)
class Command:
	"""How a message can be read."""

	verb: Verb
	#: what is to be said or noted
	text: str
	#: the digits it begins with, or an empty string
	number: str = ""
	#: whether a # says that they are a thread number; else they are one only if there is such a thread
	is_marked: bool = False
	#: how it is read if there is no such thread
	whole: str = ""
	whole_verb: Verb = "say"

	@property
	def is_bare(self) -> bool:
		"""Return whether it is a number and nothing else."""
		return bool(self.number) and self.verb == "say" and not self.text


def read_command(text: str) -> Command:
	"""Return how a message, which is cleaned, is to be read."""
	whole = _seen(text.strip())
	if _asks(whole):
		return Command("help", "", whole=whole)
	head = _KEYCAPS.match(whole)
	said = _SQUARE.sub("", head[0]) + whole[head.end() :] if head else whole
	note = _NOTE.fullmatch(said)
	if note:
		number, is_marked, rest = _number(_seen(note[1]))
		return Command("note", rest.strip(), number, is_marked, note[1].strip(), "note")
	number, is_marked, rest = _number(said)
	if not number:
		return Command("say", whole, whole=whole)
	rest = rest.strip()
	if _asks(rest):
		return Command("lines", "", number, is_marked, whole)
	note = _NOTE.fullmatch(_seen(rest))
	if note:
		return Command("note", note[1].strip(), number, is_marked, whole)
	return Command("say", rest, number, is_marked, whole)


def mentioned(text: str) -> list[str]:
	"""Return the numbers with a # that stand anywhere in a text, the first few."""
	plain = "".join(sign for sign in text if not _is_unseen(sign))
	found = (_digits(match[1]) for match in _MENTIONED.finditer(plain))
	return list(islice(dict.fromkeys(found), _MOST_MENTIONED))


def _asks(text: str) -> bool:
	"""Return whether it is one of the words that no customer ever gets."""
	seen = "".join(sign for sign in text if not _is_unseen(sign))
	return any(form.fullmatch(seen) for form in (_WORD, _QUESTION, _SIGNS))


def _seen(text: str) -> str:
	"""Return the text without what is not seen before its first word, such as the marks of those who write to the left."""
	head = "".join(takewhile(lambda sign: _is_unseen(sign) or sign.isdecimal() or sign in _BEFORE, text))
	return ("".join(sign for sign in head if not _is_unseen(sign)) + text[len(head) :]).strip()


def _is_unseen(sign: str) -> bool:
	return unicodedata.category(sign) == "Cf"


def _number(text: str) -> tuple[str, bool, str]:
	"""Return the number a text begins with, whether it is marked as one, and the rest."""
	marked = _MARKED.fullmatch(text)
	match = marked or _ALONE.fullmatch(text) or _UNMARKED.fullmatch(text)
	if match is None:
		return "", False, text
	return _digits(match[1]), marked is not None, match[2]


def _digits(text: str) -> str:
	return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
