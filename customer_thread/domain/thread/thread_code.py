"""The number after # by which the contractor names a thread from his phone.

Its last digit is a check digit (Damm, 2004): one wrong digit or two swapped ones never name another customer.
"""

import re

_TABLE = (
	"0317598642",
	"7092154863",
	"4206871359",
	"1750983426",
	"6123045978",
	"3674209581",
	"5869720134",
	"8945362017",
	"9438617205",
	"2581436790",
)
_COMMAND = re.compile(r"\s*#\s*(\d{2,9})\b[\s:,\-–—]*(.*)", re.DOTALL)
_NOTE = re.compile(r"note\b[\s:,\-–—]*(.*)", re.DOTALL | re.IGNORECASE)


def _damm(digits: str) -> int:
	interim = 0
	for digit in digits:
		interim = int(_TABLE[interim][int(digit)])
	return interim


def make(number: int) -> str:
	"""Return the code of a number: its digits and the check digit."""
	return f"{number}{_damm(str(number))}"


def is_valid(code: str) -> bool:
	"""Return whether the check digit is right."""
	return code.isascii() and code.isdigit() and _damm(code) == 0


def read_command(text: str) -> tuple[str, bool, str]:
	"""Return (code or "", whether it is a note, the words) of what the contractor texted."""
	match = _COMMAND.fullmatch(text)
	code, words = (match[1], match[2]) if match else ("", text)
	note = _NOTE.fullmatch(words.strip()) if code else None
	return code, note is not None, (note[1] if note else words).strip()
