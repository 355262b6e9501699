"""The number after # by which the contractor names a thread from their phone.

Its last digit is a check digit (Damm, 2004): one wrong digit or two swapped ones never name another customer.
"""

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
