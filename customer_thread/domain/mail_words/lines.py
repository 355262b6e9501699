"""How the lines of a mail are looked at: only so many, and of each only so much."""

import re

from customer_thread.domain.limits import MAIL_LINE_CHARACTERS

QUOTED = re.compile(r"\s{0,8}>")
#: what mail programs draw above the history
RULE = re.compile(r"[ *]{0,8}[-_=*—–]{5,}[ *]{0,8}")
#: what says nothing at the end: drawn lines, however short, and the mark of a program that counts readings
_EMPTY = re.compile(r"\s*(?:(?:[-_=*—–] ?){3,}|ᐧ)?\s*")
#: which way words run, and what has no width
_UNSEEN = dict.fromkeys(
	[0x200B, 0x200E, 0x200F, 0xFEFF, 0x2060, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def tidy(text: str) -> str:
	"""Return the text without white space at its ends and at the ends of its lines."""
	return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def looked_at(lines: list[str]) -> list[str]:
	"""Return of each line what patterns are run on: its head, without blanks around it and what is not seen."""
	return [line[:MAIL_LINE_CHARACTERS].translate(_UNSEEN).strip() for line in lines]


def is_quoted(line: str) -> bool:
	"""Return whether the line carries a ">"."""
	return bool(QUOTED.match(line))


def is_rule(line: str) -> bool:
	"""Return whether the line is drawn, not written."""
	return len(line) <= MAIL_LINE_CHARACTERS and bool(RULE.fullmatch(line))


def trimmed(lines: list[str]) -> list[str]:
	"""Return the lines without blank and drawn ones at the end."""
	end = len(lines)
	while end and (is_rule(lines[end - 1]) or _is_empty(lines[end - 1])):
		end -= 1
	return lines[:end]


def _is_empty(line: str) -> bool:
	return not line.strip() or (len(line) <= MAIL_LINE_CHARACTERS and bool(_EMPTY.fullmatch(line)))
