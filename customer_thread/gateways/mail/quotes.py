"""Parts what somebody has just written from the history below it. The whole is always kept elsewhere."""

import re

from mailparser_reply.parser import EmailMessage

#: the languages whose headers ("On … wrote:", "From: … Sent: …") are known to the library
LANGUAGES = ["en", "de", "es", "fr", "it", "nl", "da", "sv", "cs", "ja", "ko", "zh"]
HEADER: re.Pattern[str] = EmailMessage(text="", languages=LANGUAGES).HEADER_REGEX
#: the library's patterns look back and forth within a line: longer lines and mails are only looked at so far
MAX_LINE = 200
MAX_LINES = 300
QUOTED = re.compile(r"\s*>")
#: "On Tue, May 13, Mike wrote:" in any language, told by what it must hold
ATTRIBUTION = re.compile(r"(?=.*(?:\d|@)).*[:：]\s*$")
#: what Outlook draws above the history
RULE = re.compile(r"\s*[-_=*]{5,}\s*")
DEVICE = re.compile(
	r"\s*(?:"
	r"Sent from (?:my|Yahoo|Outlook|Mail|Gmail|Samsung|Proton|AOL|the all|iPhone|iPad|Windows)\b.{0,60}"
	r"|Get Outlook for .{1,60}"
	r"|Von meinem .{1,60} gesendet|Gesendet von (?:meinem|Mail|Outlook)\b.{0,60}"
	r"|Enviado (?:desde mi|do meu)\b.{0,60}"
	r"|Envoyé (?:de|depuis) mon\b.{0,60}"
	r"|Inviato da(?:l mio)? (?:iPhone|iPad|Android)\b.{0,60}"
	r"|Verzonden vanaf mijn\b.{0,60}"
	r")\s*",
	re.IGNORECASE,
)
SIGNATURE = re.compile(r"--\s?")


def tidy(text: str) -> str:
	"""Return the text without white space at its ends and at the ends of its lines."""
	return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def split(whole: str) -> tuple[str, bool]:
	"""Return the new words, and whether that leaves anything out.

	The whole text where new words stand below quoted ones (they would make no sense alone), and where
	nothing is new.
	"""
	whole = tidy(whole)
	lines = whole.split("\n")
	new = _without_history(lines)
	if new is None:
		return whole, False
	text = "\n".join(_without_signature(new)).strip()
	if not text or text == whole:
		return whole, False
	return text, True


def _without_history(lines: list[str]) -> list[str] | None:
	"""Return the lines above the history, or None if answers stand between its lines."""
	header = _header_at(lines)
	first = next((index for index, line in enumerate(lines) if QUOTED.match(line)), len(lines))
	if header < first and not _is_marked(lines[header:]):
		# history that carries no ">" ends with the mail: nothing below can be told to be new
		return _trimmed(lines[:header])
	if first == len(lines):
		return lines
	below = [line for line in lines[first:] if line and not QUOTED.match(line)]
	if _without_signature(below):
		return None
	return _trimmed(lines[: _attribution_at(lines, min(first, header))])


def _header_at(lines: list[str]) -> int:
	looked_at = "\n".join(line.strip()[:MAX_LINE] for line in lines[:MAX_LINES])
	match = HEADER.search(looked_at)
	if match is None:
		return len(lines)
	before = looked_at[: match.start()] + match[0][: len(match[0]) - len(match[0].lstrip("\n"))]
	return before.count("\n")


def _is_marked(history: list[str]) -> bool:
	"""Return whether the lines after the header carry ">"; a header may take up to three lines."""
	following = [line for line in history[:8] if line][1:4]
	return any(QUOTED.match(line) for line in following)


def _attribution_at(lines: list[str], quote: int) -> int:
	"""Return where the words that announce the quote begin, at most three lines above it."""
	above = quote
	while above > 0 and not lines[above - 1]:
		above -= 1
	for length in (1, 2, 3):
		start = above - length
		if start < 0 or not lines[start]:
			break
		if ATTRIBUTION.match(" ".join(lines[start:above])) and (start == 0 or not lines[start - 1]):
			return start
	return quote


def _trimmed(lines: list[str]) -> list[str]:
	end = len(lines)
	while end and (not lines[end - 1] or RULE.fullmatch(lines[end - 1])):
		end -= 1
	return lines[:end]


def _without_signature(lines: list[str]) -> list[str]:
	marks = [index for index, line in enumerate(lines) if SIGNATURE.fullmatch(line)]
	# several marks are somebody's own dividing lines
	if len(marks) == 1:
		lines = lines[: marks[0]]
	lines = _trimmed(lines)
	while lines and DEVICE.fullmatch(lines[-1]):
		lines = _trimmed(lines[:-1])
	return lines
