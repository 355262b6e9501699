"""What the contractor can text to the business number: `#174 on my way`, `#174 note gate code 4711`."""

import re
from dataclasses import dataclass

_NUMBERED = re.compile(r"\s*#\s*(\d{2,9})\b[\s:,\-–—]*(.*)", re.DOTALL)
_NOTE = re.compile(r"note\b[\s:,\-–—]*(.*)", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Command:
	"""What was asked for."""

	#: the thread number that it names, or an empty string
	number: str
	#: what is to be written
	text: str
	is_note: bool = False


def read_command(text: str) -> Command:
	"""Return what the contractor's text asks for; a note is one only if its thread is named."""
	match = _NUMBERED.fullmatch(text)
	if match is None:
		return Command("", text.strip())
	note = _NOTE.fullmatch(match[2].strip())
	return Command(match[1], (note[1] if note else match[2]).strip(), note is not None)
