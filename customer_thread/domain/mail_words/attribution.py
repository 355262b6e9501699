"""Tells "On Tue, May 13, Mike wrote:" in any language, by what such words must hold.

Either the history below carries marks, then little is asked of the words above it; or it does not, and what
is taken for an attribution takes everything below with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from customer_thread.domain.mail_words.known import NOTHING, Known

#: an attribution is wrapped over so many lines at most
WRAPPED = 4
MAX_CHARACTERS = 400

_VERB = re.compile(
	r"(?<!\w)(?:wrote|writes|writing|schrieb|schreibt|geschrieben|escribió|escribio|escreveu|écrit|ecrit|scritto"
	r"|scrive|schreef|geschreven|skrev|skriver|kirjoitti|napsala?|napsal\(a\)|napísala?|napísal\(a\)|napisała?"
	r"|napisał\(a\)|pisze|написала?|написал\(а\)|пишет|писал|пише|написа|írta|ezt írta|yazdı|yazmış|scris"
	r"|escrigué|escriure|escrit|έγραψε|כתבה?|كتبت?|كتب|viết|menulis|napisao|napisala|napisal|rašė|rakstīja"
	r"|kirjutas|skrifaði|idatzi|escribiu)(?!\w)"
	r"|写道|寫道|写到|書きました|书写|님이 작성|작성:|のメール|さんは書|เขียน",
	re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>()\[\]:,;\"@]{1,64}@[\w.-]{1,100}")
_TIME = re.compile(r"(?<!\d)\d{1,2}\s?[:.h時时시]\s?\d{2}(?!\d)|\d{1,2}\s?(?:am|pm|uhr)\b", re.IGNORECASE)
_NUMERIC_DATE = re.compile(
	r"(?<!\d)(?:\d{4}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}|\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:\d{4}|\d{2})(?!\d))"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<![\d:.])(?:[12]\d|3[01]|0?[1-9])(?![\d:])")
#: how the date begins: a number, or at most four short words before one, "On Mon, Jun 3", "ma 3. kesäkuuta"
_BEGINS = re.compile(r"[-—–*>\s\"“]{0,12}(?:[^\W\d]{1,14}[.,]{0,2}\s?,?\s){0,4}\(?\d", re.UNICODE)
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", ";")
_COLON = (":", "：")
#: an older Gmail's, which says nothing more
_ISO = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d (?:GMT|UTC)[+-]\d\d:\d\d .{1,80}")
_ENDS_IN_DAY = re.compile(r"\d\.$")
_DASHED = re.compile(r"[-—–*]{2,}\s?.{1,300}[^-—–*\s]\s?[-—–*]{2,}[:：]?")
_ENDS_IN_VERB = re.compile(r"[\s:：*—–-]*$")


@dataclass(frozen=True)
class _Said:
	text: str
	has_verb: bool
	verb_ends: bool
	has_address: bool
	has_date: bool
	has_time: bool
	has_colon: bool
	begins: bool
	is_ours: bool


def lines_above(lines: Sequence[str], end: int, *, marked: bool, known: Known = NOTHING) -> int:
	"""Return how many of the lines right above `end` are an attribution, 0 if none.

	`marked`: what follows is known to be history.
	"""
	best = 0
	for count in range(1, WRAPPED + 1):
		start = end - count
		if start < 0 or not lines[start] or lines[start].startswith(">"):
			break
		joined = " ".join(lines[start:end])
		if len(joined) > MAX_CHARACTERS or (count > 1 and _ends_sentence(lines[start])):
			break
		said = _said(joined, known)
		if not _is_attribution(said, marked=marked):
			continue
		if (said.has_date or said.has_time) and (count == 1 or said.begins):
			return count
		best = best or count
	return best


def _ends_sentence(line: str) -> bool:
	return line.endswith(_SENTENCE_ENDS) and not _ENDS_IN_DAY.search(line)


def could_end(line: str) -> bool:
	"""Return, cheaply, whether an attribution may end with this line."""
	return bool(line) and (
		line.endswith((*_COLON, "-", "—", "–", "*", ">", ")"))
		or "@" in line
		or line[:1].isdigit()
		or bool(_VERB.search(line))
	)


def _said(text: str, known: Known) -> _Said:
	verb = None
	for verb in _VERB.finditer(text):  # noqa: B007
		pass
	numeric = _NUMERIC_DATE.search(text)
	year = _YEAR.search(text)
	return _Said(
		text=text,
		has_verb=verb is not None,
		verb_ends=verb is not None and bool(_ENDS_IN_VERB.match(text, verb.end())),
		has_address=bool(_ADDRESS.search(text)),
		has_date=bool(numeric or (year and _DAY.search(text))),
		has_time=bool(_TIME.search(text)),
		has_colon=text.rstrip("* _").endswith(_COLON),
		begins=bool(_BEGINS.match(text)),
		is_ours=known.names_us(text),
	)


def _is_attribution(said: _Said, *, marked: bool) -> bool:
	ends = said.has_colon or said.verb_ends or bool(_DASHED.fullmatch(said.text))
	who = said.has_address or said.is_ours
	when = said.has_date or said.has_time
	if _ISO.fullmatch(said.text):
		return True
	if said.text.endswith(_SENTENCE_ENDS):
		return False
	if said.has_verb and ends and (who or (said.has_date and said.has_time)):
		return True
	if said.is_ours and said.has_date and (ends or said.begins):
		return True
	if said.has_date and who and said.begins and (said.has_colon or marked):
		return True
	if not marked:
		return False
	if said.has_verb and ends and (when or len(said.text) <= 80):
		return True
	return said.begins and said.has_date and said.has_time and said.has_colon
