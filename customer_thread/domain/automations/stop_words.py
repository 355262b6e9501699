"""Words that end all texts when somebody replies them, and sentences that tell customers to.

Twilio takes these for an opt-out (https://help.twilio.com/articles/223134027, "Twilio support for opt-out keywords").
"""

import re

STOP_WORDS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")

_WORD = r"(?P<word>" + "|".join(sorted(STOP_WORDS, key=len, reverse=True)) + r")\b"
_OPEN, _CLOSE = r"(?P<quote>[\"'“”„‘’«»*(]?)", r"(?P<closed>[\"'“”‘’«»*)]?)"
#: a verb that asks for an answer, in the languages shipped
_VERB = (
	r"\b(?:reply|respond|answer|text|texting|write|send|type"
	r"|antworten?|sende|senden|schreiben?|responde|responda|conteste|env[ií]e|escrib[ae]|escreva"
	r"|r[ée]pond(?:s|ez)|envoyez|[ée]crivez|tapez)\b"
)
_FILL = (
	r"(?:\s+(?:back|us|with|by|the|word|just|here|to\s+this\s+message|texting|sie|mit|das|wort|con|com|la|palabra|a"
	r"|palavra|avec|par|le|mot))*\s*[:,]?\s*"
)
#: right behind such a verb; `ends`: the sentence ends there, or goes on with what it is for
_ASKED = re.compile(
	rf"(?:{_VERB}|\bsay\b){_FILL}{_OPEN}{_WORD}{_CLOSE}(?P<ends>\s+to\b|\s*(?:[.!?;]|\Z))?", re.IGNORECASE
)
#: one more that may be written: "… or CANCEL", ", “stop” to end", in a sentence that asks for an answer
_OR = re.compile(rf"(?:[,;/–—-]|\b(?:or|and|oder|o|u|ou)\b)\s*{_OPEN}{_WORD}{_CLOSE}", re.IGNORECASE)
#: at the head of a sentence: "CANCEL to cancel"
_FIRST = re.compile(rf"\s*{_OPEN}{_WORD}{_CLOSE}\s+(?:to|for|=)\s", re.IGNORECASE)
_VERBS = re.compile(_VERB, re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")


def stop_word_asked_for(text: str) -> str:
	"""Return the word by which a text tells its reader to opt out without knowing it, in capitals; "" if it does not.

	A word is meant that stands in capitals or quotes, or that is all there is to write.
	"""
	for found in _ASKED.finditer(text):
		if _is_marked(found) or (found["ends"] is not None and not found[0].lower().startswith("say")):
			return found["word"].upper()
	for sentence in _SENTENCE.split(text):
		verb = _VERBS.search(sentence)
		others = list(_OR.finditer(sentence, verb.end())) if verb else []
		first = _FIRST.match(sentence)
		for found in [*others, *([first] if first else [])]:
			if _is_marked(found):
				return found["word"].upper()
	return ""


def _is_marked(found: re.Match[str]) -> bool:
	return found["word"].isupper() or bool(found["quote"] and found["closed"])
