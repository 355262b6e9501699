"""How the lines of a mail are looked at: only so many, and of each only so much."""

import re

from customer_thread.domain.limits import MAIL_LINE_CHARACTERS

QUOTED = re.compile(r"\s{0,8}>")
#: what mail programs draw above the history
RULE = re.compile(r"[ *]{0,8}[-_=*—–]{5,}[ *]{0,8}")


def tidy(text: str) -> str:
	"""Return the text without white space at its ends and at the ends of its lines."""
	return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def looked_at(lines: list[str]) -> list[str]:
	"""Return of each line what patterns are run on: its head, without blanks and the marks of bold."""
	return [line[:MAIL_LINE_CHARACTERS].strip().strip("\u200b\ufeff\u200e\u200f") for line in lines]


def is_quoted(line: str) -> bool:
	"""Return whether the line carries a ">"."""
	return bool(QUOTED.match(line))


def is_rule(line: str) -> bool:
	"""Return whether the line is drawn, not written."""
	return len(line) <= MAIL_LINE_CHARACTERS and bool(RULE.fullmatch(line))


def trimmed(lines: list[str]) -> list[str]:
	"""Return the lines without blank and drawn ones at the end."""
	end = len(lines)
	while end and (not lines[end - 1].strip() or is_rule(lines[end - 1])):
		end -= 1
	return lines[:end]
