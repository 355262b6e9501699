"""Words that end all texts when somebody replies them, and sentences that tell customers to.

Twilio takes these for an opt-out (https://help.twilio.com/articles/223134027, "Twilio support for opt-out keywords").
"""

import re

STOP_WORDS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")

#: a verb that asks for an answer, and such a word as what is to be written: in capitals, in quotes, or before “to …”
_ASKED = re.compile(
	r"\b(?:reply|respond|answer|text|write|send|type|say)\b(?:\s+(?:back|us|with|by|the|word|just))*\s*[:,]?\s*"
	r"(?P<quote>[\"'“”‘’«»(]?)(?P<word>[A-Za-z]{3,11})\b(?P<rest>[\"'“”‘’«»)]?(?:\s+to\b)?)",
	re.IGNORECASE,
)


def stop_word_asked_for(text: str) -> str:
	"""Return the word by which a text tells its reader to opt out without knowing it, in capitals; "" if it does not."""
	for found in _ASKED.finditer(text):
		word, rest = found["word"], found["rest"]
		is_meant = found["quote"] or word.isupper() or rest.strip()
		if is_meant and word.upper() in STOP_WORDS:
			return word.upper()
	return ""
