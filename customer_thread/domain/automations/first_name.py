"""By what name somebody is greeted."""

import re

_COMPANY = re.compile(
	r"[&\d/@]|\b(?:llc|llp|inc|corp|ltd|gmbh|co|company|group|holdings?|partners|properties|roofing|plumbing|"
	r"services?|construction|builders?|church|school|city|county|hoa|association|bank|trust|estate|family)\b",
	re.IGNORECASE,
)
_TITLE = re.compile(r"(?:mr|mrs|ms|mx|dr|prof|rev|hon|sir|fr)\.?", re.IGNORECASE)


def first_name(name: str) -> str:
	"""Return the first name of a person; of a company, of two people, and of somebody with a title all of it."""
	words = name.split()
	if not words or _COMPANY.search(name) or _TITLE.fullmatch(words[0]) or "and" in words:
		return " ".join(words)
	before, comma, behind = name.partition(",")
	if comma and behind.split() and len(before.split()) == 1:
		return behind.split()[0]
	return words[0].rstrip(",")
