"""What a customer's words say to a message that asked: yes, no, another time, or nothing of the kind.

A yes marks something, so it is read narrowly: nothing but words that say yes, and politeness beside them. What asks for a
change only tells staff, so a phrase within a short message is enough.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from customer_thread.domain.automations.answer_words import LANGUAGES, POLITE_EMOJI, YES_EMOJI
from customer_thread.domain.words import fold

Answer = Literal["Confirm", "Cancel", "Reschedule"]

#: no yes with its politeness is longer
LONGEST_YES = 100
#: a change that stands in more words than this is read by whoever reads them all
LONGEST_CHANGE = 300
#: so often may a letter be written for the one that it is: "yesssss"
MOST_REPEATED = 8

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"))
#: what an emoji is drawn with, skin or the color of a sign, and what is not seen at all
_DRAWN = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\u200b\u200e\u200f\u2060\ufeff]")
#: a phone that likes a message says so by text, with the message's words: Liked “Call us to reschedule.”
_QUOTED = re.compile("\u201c[^\u201d]*(?:\u201d|$)")
#: U+037E is the Greek question mark, which looks like a semicolon
_ASKS = re.compile("[?\u00bf\u037e\u061f\u055e\u203d]")
_SMILEY = re.compile(r"(?<!\w)(?:[:;=]'?-?[)d*p]+|<3|\^_?\^)(?!\w)")
_SILENT = re.compile(r"[\s.,!\u00a1\u2013\u2014~*\"()\u201c\u201d\u00ab\u00bb-]+")
_PIECE = re.compile(rf"[{YES_EMOJI}{POLITE_EMOJI}]|[^\W\d_]+(?:'[^\W\d_]+)*")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_CLAUSE = re.compile(r"[.,;:!?\n()\u2013\u2014]+|\b(?:but|pero|mais|aber|mas)\b")
#: stands right before what is not meant, or not far before it
_NOT_BEFORE = re.compile(r"\b(?:no|not|nao|nicht|pas|nunca|never|sin|sem|sans|ohne|kein\w*)(?: to)?$")
_NOT_NEAR = re.compile(
	r"(?:\b(?:not|never|without|dont|didnt|wont|wouldnt|doesnt)|n't|\bno need|\bne)(?: [\w']+){0,2}$"
)


def _plain(word: str) -> str:
	"""Return a word with every letter once where it stands several times in a row."""
	return _REPEATED.sub(r"\1", word)


def _phrases(listed: Iterable[str]) -> Mapping[tuple[str, ...], str]:
	return {tuple(phrase.split()): phrase for phrase in listed}


_CONFIRM = _phrases(phrase for language in LANGUAGES for phrase in language.confirm)
_OUTRIGHT = {**_CONFIRM, **_phrases(phrase for language in LANGUAGES for phrase in language.yes)}
_YES = {
	**_OUTRIGHT,
	**_phrases(phrase for language in LANGUAGES for phrase in language.fine),
	**_phrases(YES_EMOJI),
}
_KNOWN = {
	**_phrases(phrase for language in LANGUAGES for phrase in language.polite),
	**_phrases(POLITE_EMOJI),
	**_YES,
}
_LONGEST = max(len(words) for words in _KNOWN)
_SPELLED = {_plain(word): word for words in _KNOWN for word in words if len(_plain(word)) > 1}
_WORDS = {word for words in _KNOWN for word in words}
_CANCEL = re.compile(rf"\b(?:{'|'.join(p for language in LANGUAGES for p in language.cancel)})\b")
_RESCHEDULE = re.compile(rf"\b(?:{'|'.join(p for language in LANGUAGES for p in language.reschedule)})\b")


def read_answer(text: str) -> Answer | None:
	"""Return what words say to a message that asked; None for a message like any other. A question is never a yes."""
	if says_yes(text):
		return "Confirm"
	if len(text) > LONGEST_CHANGE:
		return None
	folded = fold(_QUOTED.sub(" ", text).translate(_APOSTROPHES))
	if _is_said(_RESCHEDULE, folded):
		return "Reschedule"
	return "Cancel" if _is_said(_CANCEL, folded) else None


def says_yes(text: str) -> bool:
	"""Return whether words say yes and nothing else."""
	return any(phrase in _YES for phrase in _read(text))


def may_be_for_a_person(text: str, last_words: str) -> bool:
	"""Return whether a yes may be said to a person who has written or called since the question; `last_words`: theirs.

	"Confirmed" can only mean the question, "yes" whatever was asked last, "ok" that the words were read.
	"""
	said = _read(text)
	if any(phrase in _CONFIRM for phrase in said):
		return False
	# what was cut off may have asked
	may_ask = _ASKS.search(last_words) is not None or last_words.endswith("…")
	return may_ask or not any(phrase in _OUTRIGHT for phrase in said)


def is_opt_out_too(text: str) -> bool:
	"""Return whether a wish to cancel is, by text, also the word by which a phone takes no more texts.

	https://help.twilio.com/articles/223134027
	"""
	return text.strip().casefold() == "cancel"


def without_signature(text: str, name: str) -> str:
	"""Return a mail's words without a last line that is nothing but its sender's own name."""
	lines = text.strip().splitlines()
	last = set(re.findall(r"[^\W\d_]+", fold(lines[-1]))) if len(lines) > 1 else set()
	own = set(re.findall(r"[^\W\d_]+", fold(name)))
	return "\n".join(lines[:-1]) if last and last <= own else text


def _read(text: str) -> list[tuple[str, ...]]:
	"""Return the phrases that a text is made of; none if it has anything else."""
	if len(text) > LONGEST_YES or _ASKS.search(text):
		return []
	folded = fold(_DRAWN.sub("", text).translate(_APOSTROPHES))
	if _ASKS.search(folded):
		return []
	folded = _SMILEY.sub(" ", folded).replace("o.k.", "ok ")
	pieces = _PIECE.findall(folded)
	if _SILENT.sub("", _PIECE.sub("", folded)).strip("'"):
		return []
	return _parted([_known(piece) for piece in pieces])


def _known(word: str) -> str:
	"""Return the word that is meant where a letter was held down: "yesss", "okkk"."""
	if word in _WORDS or len(word) > len(_plain(word)) + MOST_REPEATED:
		return word
	return _SPELLED.get(_plain(word), word)


def _parted(words: list[str]) -> list[tuple[str, ...]]:
	"""Return the words parted into phrases that are known, the longest first; none if that cannot be."""
	found: list[tuple[str, ...]] = []
	while words:
		size = next((n for n in range(_LONGEST, 0, -1) if tuple(words[:n]) in _KNOWN), 0)
		if not size:
			return []
		found.append(tuple(words[:size]))
		words = words[size:]
	return found


def _is_said(pattern: re.Pattern[str], folded: str) -> bool:
	"""Return whether a part of the sentence says it, and not that it is not so: "don't cancel"."""
	return any(
		not _is_denied(clause[: found.start()].rstrip())
		for clause in _CLAUSE.split(folded)
		for found in pattern.finditer(clause)
	)


def _is_denied(before: str) -> bool:
	return bool(_NOT_BEFORE.search(before) or _NOT_NEAR.search(before))
