"""Plain words as Zulip's Markdown: shown as they are, they mention nobody and pass for nothing else.

Zulip knows no backslash before a mark. It does know HTML's character references, which it looks at after mentions,
links and the like, and before emphasis: https://zulip.com/help/format-your-message-using-markdown
"""

import re
from itertools import count

from customer_thread.domain.limits import ZULIP_CHARACTERS

#: a bare address, without anything that is a mark within it
_ADDRESS = re.compile(
	r"(https?://[A-Za-z0-9.\-]+(?::\d+)?(?:/(?:[A-Za-z0-9._/\-?=%+,#]|&(?=[A-Za-z0-9_.\-]+=))*)?)"
)
_MARKS = re.compile(r"[&<>*~`@#\[\]$|!\\_]|:(?=[A-Za-z0-9_+\-]+:)")
#: what makes of a line a list, a rule or a heading
_BEGINNING = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")
_TICKS = re.compile(r"`+")
#: ticks: beyond it, another length will do
_LONG_FENCE = 50


def plain(text: str) -> str:
	"""Return Markdown that shows these words."""
	return "\n".join(_line(line) for line in text.split("\n"))


def quoted(heading: str, text: str) -> str:
	"""Return Markdown that shows whose words they are, and these marked as such."""
	head = f"**{plain(_one_line(heading))}**\n" if heading else ""
	whole = head + "\n".join(f"> {_line(line)}".rstrip() for line in text.split("\n"))
	if len(whole) <= ZULIP_CHARACTERS:
		return whole
	# nothing within a block of code is a mark
	fence = _fence(text)
	return f"{head}{fence}text\n{text}\n{fence}"


def _fence(text: str) -> str:
	"""Return what begins and ends a block of code with this text: a line that is none of it."""
	longest = max((len(run) for run in _TICKS.findall(text)), default=0)
	if longest < _LONG_FENCE:
		return "`" * max(3, longest + 1)
	lines = {line.strip() for line in text.split("\n")}
	return next(fence for length in count(3) if (fence := "`" * length) not in lines)


def _one_line(text: str) -> str:
	return " ".join(text.split())


def _line(line: str) -> str:
	pieces = _ADDRESS.split(line.strip())
	# every second piece is an address
	shown = "".join(piece if at % 2 else _MARKS.sub(_reference, piece) for at, piece in enumerate(pieces))
	return _BEGINNING.sub(_reference, shown)


def _reference(match: re.Match[str]) -> str:
	return f"&#{ord(match[0][0])};{match[0][1:]}"
