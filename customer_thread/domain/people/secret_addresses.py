"""The secret addresses in a text: found in whatever spelling mail programs give them, and replaced.

A reply token is 40 hexadecimal digits. A mail that quotes one may have broken it over a line, written it in
capitals, percent-encoded it in a link or escaped it in HTML. Everything here takes time in proportion to the text.
"""

import re
from collections.abc import Collection, Iterator
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from customer_thread.domain.limits import SECRETS_IN_TEXT

#: digits of a reply token (`Ids.token`)
DIGITS = 40
#: in more places no program breaks an address: what has more is a dump of bytes
GAPS = 3

# no two of these begin alike: there is one way to read a text
_DIGIT = (
	r"(?:[0-9a-f]|[%=](?:3[0-9]|[46][1-6])"
	r"|&\#(?:4[89]|5[0-7]|6[5-9]|70|9[7-9]|10[0-2]|x(?:3[0-9]|[46][1-6]));)"
)
_BREAK = (
	r"(?:[\s>|\u00ad\u200b-\u200d\u2060\ufeff]|=(?=\r?\n)|</?[a-z][^<>\n]{0,40}>"
	r"|&(?:shy|zwnj|zwj|zerowidthspace);)"
)
_GAP = f"{_BREAK}{{0,60}}"
_FLAGS = re.IGNORECASE | re.ASCII
_RUN = re.compile(f"{_DIGIT}(?:{_DIGIT}|{_BREAK})*", _FLAGS)
_PART = re.compile(f"({_DIGIT})|{_BREAK}+", _FLAGS)
#: what GAPS leave whole of a token at least
_WHOLE = re.compile(f"{_DIGIT}{{{DIGITS // (GAPS + 1)}}}", _FLAGS)
#: an encoded character that is neither letter nor digit
_MARK = "(?:[02][0-9a-f]|3[a-f]|40|5[b-f]|60|7[b-f])"
_START = re.compile(rf"(?<![0-9a-z])|(?<=[%=]{_MARK})|(?<=[%=]25{_MARK})", _FLAGS)


def _spelt(character: str) -> str:
	code = ord(character)
	return rf"(?:{re.escape(character)}|[%=](?:25)?{code:02x}|&\#{code};|&\#x{code:x};)"


_REPLY = "".join(_spelt(letter) for letter in "reply")
_PLUS = rf"(?:{_spelt('+')}|&plus;)"
_AT = rf"(?:{_spelt('@')}|&commat;)"
_BEFORE = re.compile(rf"{_REPLY}{_GAP}{_PLUS}{_GAP}\Z", _FLAGS)
#: characters that the part before a token takes at most
_REACH = 300
_IN_DOMAIN = (
	r"(?:[a-z0-9.-]|[%=](?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a])"
	r"|&\#(?:4[5-9]|5[0-7]|6[5-9]|[78]\d|9[07-9]|1[01]\d|12[0-2]);)"
)
_AFTER = re.compile(rf"{_GAP}{_AT}{_GAP}{_IN_DOMAIN}{{1,255}}(?<!\.)", _FLAGS)


class _Found(NamedTuple):
	token: str
	start: int
	end: int


def tokens_in(text: str) -> set[str]:
	"""Return what could be reply tokens in a text, in lower case: as many as are looked up."""
	return {found.token for found in islice(_found(text), SECRETS_IN_TEXT)}


def without_secrets(text: str, secrets: Collection[str], instead: str) -> str:
	"""Return the text with `instead` where a secret address stood, the address around its token included.

	`secrets`: those of `tokens_in` that are ours. What is beyond the limit, and so was not looked up, counts as ours.
	"""
	kept, end = [], 0
	for number, found in enumerate(_found(text)):
		if found.start >= end and (number >= SECRETS_IN_TEXT or found.token in secrets):
			start, after = _address_around(text, found, end)
			kept += [text[end:start], instead]
			end = after
	return "".join([*kept, text[end:]]) if end else text


def _found(text: str) -> Iterator[_Found]:
	if not _WHOLE.search(text):
		return
	for run in _RUN.finditer(text):
		if len(run[0]) >= DIGITS and _WHOLE.search(run[0]):
			yield from _in_run(text, run)


def _in_run(text: str, run: "re.Match[str]") -> Iterator[_Found]:
	"""Yield the tokens of a stretch of digits and breaks; none begins within a word."""
	parts = list(_PART.finditer(text, *run.span()))
	digits = [part for part in parts if part[1]]
	token = "".join(_plain(part[1]) for part in digits)
	gaps = list(accumulate((a.end() != b.start() for a, b in pairwise(digits)), initial=0))
	for place in range(len(digits) - DIGITS + 1):
		begins = (
			_START.match(text, digits[place].start())
			if place <= len("252b")
			else gaps[place] > gaps[place - 1]
		)
		last = place + DIGITS - 1
		if begins and gaps[last] - gaps[place] <= GAPS:
			yield _Found(token[place : last + 1], digits[place].start(), digits[last].end())


def _plain(digit: str) -> str:
	if digit[0] in "%=":
		return chr(int(digit[1:], 16)).lower()
	if digit[0] == "&":
		number = digit[2:-1].lower()
		return chr(int(number[1:], 16) if number[0] == "x" else int(number)).lower()
	return digit.lower()


def _address_around(text: str, found: _Found, begin: int) -> tuple[int, int]:
	head = text[max(begin, found.start - _REACH) : found.start]
	before = _BEFORE.search(head)
	after = _AFTER.match(text, found.end)
	start = found.start - (len(head) - before.start() if before else 0)
	return start, after.end() if after else found.end
