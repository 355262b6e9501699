"""A customer's words as the contractor's phone shows them: nothing in them can pass for somebody else's.

"Sarah Lee: …" begins a text and "(#957)" ends it. What she types cannot look like either: it has no line that
begins as a text does, no thread number, and nothing that changes the order in which it is read.
"""

import re
import unicodedata

from customer_thread.domain.limits import FORWARDED_CHARACTERS
from customer_thread.domain.phrase import Translate
from customer_thread.domain.thread import thread_number
from customer_thread.domain.words import split, text_length

#: characters of a name
NAME_CHARACTERS = 60
#: room for "(12/34) " and the like
_ROOM = 20
#: lines beyond the first that keep their own; what stands in more goes on in the last
_LINES = 40
#: begins every line of theirs but the first
CONTINUED = "> "
#: whatever some phone shows as a new line
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: joins emoji, and letters of Persian and Indic scripts: it belongs to the words
_JOINERS = "\u200c\u200d"
#: is seen as nothing, or as a blank, and is no space to Unicode
_BLANK_LETTERS = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
#: enough blanks to push what follows onto the phone's next line
_GAP = re.compile(r"[^\S\n]{3,}")
_NOT_IN_A_NAME = re.compile("[#\uff03\ufe5f:\uff1a\u02d0\u02f8\u2236\ua789\ufe13\ufe55\u05c3\u0589]")
_BETWEEN = "\ufe0f\u20e3\u200c\u200d"
#: of several signs in a row the last is enough: taken away, it must not leave another behind
_SIGNS = re.compile(rf"[#\uff03\ufe5f][\s{_BETWEEN}]*(?=[#\uff03\ufe5f])")
_NUMBERED = re.compile(rf"[#\uff03\ufe5f][\s{_BETWEEN}]*((?:\d[{_BETWEEN}]*){{2,9}})(?!\d)")


def forwarded(name: str, number: str, text: str, limit: int) -> list[str]:
	"""Return the texts, each counting as at most `limit` characters, that bring these words to the contractor."""
	before, after = f"{name_in_text(name)}: ", f" (#{number})"
	parts = split(words_in_text(text), limit - text_length(before) - text_length(after) - _ROOM) or [""]
	if len(parts) == 1:
		return [f"{before}{parts[0]}{after}"]
	return [f"{before}({n}/{len(parts)}) {part}{after}" for n, part in enumerate(parts, 1)]


def beginning(text: str, translate: Translate) -> str:
	"""Return how a reply begins whose whole goes by mail, and that it does."""
	_ = translate
	[first, *_rest] = split(text, FORWARDED_CHARACTERS)
	return f"{first}… {_('(the rest is in your mail)')}"


def name_in_text(name: str) -> str:
	"""Return a customer's name on one line, without what ends a name or begins a thread number."""
	line = " ".join(_NOT_IN_A_NAME.sub(" ", _plain(name)).split())
	return line[:NAME_CHARACTERS].rstrip() or "?"


def words_in_text(text: str) -> str:
	"""Return a customer's words with their lines marked and no thread number in them.

	They grow by no more than the marks of `_LINES`: a text costs by its length.
	"""
	first, *others = (
		line.strip() for line in _NUMBERED.sub(_bare, _SIGNS.sub("", _GAP.sub(" ", _plain(text)))).split("\n")
	)
	written = [line for line in others if line]
	marked = "".join(f"\n{CONTINUED}{line}" for line in written[:_LINES])
	return " ".join([first + marked, *written[_LINES:]]).strip()


def _plain(text: str) -> str:
	"""Return the text with one kind of line end and without what is not seen or turns the order of reading."""
	lines = _BLANK_LETTERS.sub(" ", _LINE_ENDS.sub("\n", text))
	return "".join(
		character
		for character in lines
		if character in _JOINERS or character == "\n" or unicodedata.category(character) not in ("Cf", "Cc")
	)


def _bare(match: re.Match[str]) -> str:
	digits = "".join(str(unicodedata.decimal(character)) for character in match[1] if character.isdecimal())
	if not thread_number.is_valid(digits):
		return match[0]
	before = match.string[max(match.start() - 1, 0) : match.start()]
	# two numbers stay two
	return f" {digits}" if before and (before.isdecimal() or before in _BETWEEN) else digits
