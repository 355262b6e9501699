"""Tells "On Tue, May 13, Mike wrote:" in any language, by what such words must hold.

Either the history below carries marks, then little is asked of the words above it; or it does not, and what
is taken for an attribution takes everything below with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from customer_thread.domain.mail_words.known import NOTHING, Known

#: an attribution is wrapped over so many lines at most
WRAPPED = 5
#: "at 10:18," on a line of its own
_SHORT = 20
MAX_CHARACTERS = 400
_PLAIN_WORDS = 2

_VERB = re.compile(
	r"(?<!\w)(?:wrote|writes|writing|quoting|zitat von|citando|schrieb|schreibt|geschrieben|escribió|escribio|escreveu|écrit|ecrit|scritto"
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
_BEGINS = re.compile(r"[-—–*>\s\"“]{0,12}(?:[^\W\d]{1,14}[.,'’׳]{0,2}\s?,?\s){0,4}\(?\d", re.UNICODE)
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", ";")
_COLON = (":", "：")
#: an older Gmail's, which says nothing more
_ISO = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d (?:GMT|UTC)[+-]\d\d:\d\d .{1,80}")
_ENDS_IN_DAY = re.compile(r"\d\.$")
_DASHED = re.compile(r"[-—–*]{2,}\s?.{1,300}[^-—–*\s]\s?[-—–*]{2,}[:：]?")
#: where Yahoo's goes on with the history itself
_RUNS_ON = re.compile(r"[:：]\s{2,}\S")
#: how the line above a whole "Mike <mike@example.com> wrote:" begins if it belongs to it
_OPENS = re.compile(
	r"\W{0,3}(?:\d|[^\W\d]{1,4}[.,]\s|(?:on|at|am|le|el|em|il|op|in|den|w|dnia|la|în|στις|на|в|pada|vào|ve)\s)",
	re.IGNORECASE,
)
#: a name or an address, whole
_NAMED = re.compile(r"[\"“'<(]?[^\W\d_]")
_ENDS_IN_VERB = re.compile(r"[\s:：*—–-]*$")


@dataclass(frozen=True)
class _Said:
	text: str
	has_verb: bool
	verb_ends: bool
	has_address: bool
	has_date: bool
	has_numbers: bool
	#: words before the verb that are no names: a sentence has more of them
	plain_words: int
	has_time: bool
	has_colon: bool
	begins: bool
	is_ours: bool


def lines_above(lines: Sequence[str], end: int, *, marked: bool, known: Known = NOTHING) -> int:
	"""Return how many of the lines right above `end` are an attribution, 0 if none.

	`marked`: what follows is known to be history.
	"""
	best, whole = 0, False
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
		if whole and not _belongs(lines[start], said):
			if len(lines[start]) > _SHORT:
				break
			continue
		if (said.has_date or said.has_time) and (count == 1 or said.begins):
			return count
		if not best or (said.begins and said.has_address and _OPENS.match(lines[start])):
			best = count
		whole = _names_somebody(lines[start]) and said.has_verb
	return best


def _belongs(line: str, said: _Said) -> bool:
	"""Return whether the line begins an attribution that would be whole without it: what is above may be an answer."""
	return said.has_date and (said.has_time or line.endswith(",")) and bool(_OPENS.match(line))


def _names_somebody(line: str) -> bool:
	"""Return whether the line begins with a name, so that it may be all of an attribution."""
	named = _NAMED.match(line)
	return named is not None and line[0] != "<" and line[named.end() - 1].isupper()


def _ends_sentence(line: str) -> bool:
	return line.endswith(_SENTENCE_ENDS) and not _ENDS_IN_DAY.search(line)


def runs_on(line: str) -> bool:
	"""Return whether an attribution is followed by the history on its own line."""
	stop = _RUNS_ON.search(line[:MAX_CHARACTERS])
	if stop is None or not _OPENS.match(line):
		return False
	said = _said(line[: stop.start() + 1], NOTHING)
	return said.has_verb and said.verb_ends and said.has_address and said.has_date and said.has_time


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
		has_numbers=bool(numeric),
		plain_words=sum(word[0].islower() for word in text[: verb.start()].split()) if verb else 0,
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
	brief = said.begins or said.plain_words <= _PLAIN_WORDS
	if said.has_verb and ends and (who or (said.has_date and said.has_time and brief)):
		return True
	if said.is_ours and said.has_date and (ends or said.begins):
		return True
	if (
		said.has_date
		and who
		and said.begins
		and (marked or (said.has_colon and (said.has_time or said.has_numbers)))
	):
		return True
	if not marked:
		return False
	if said.has_verb and ends and brief and (when or len(said.text) <= 80):
		return True
	return said.begins and said.has_date and said.has_time and (said.has_colon or said.has_verb)
