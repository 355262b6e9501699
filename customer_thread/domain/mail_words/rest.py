"""What a mail holds besides its new words."""

from customer_thread.domain.mail_words.lines import tidy


def rest(original: str, text: str) -> str:
	"""Return the whole mail without the lines that are shown already; all of it where those are not found.

	`text` may have been cut, and then ends in "…".
	"""
	shown = tidy(text).removesuffix("…").rstrip()
	whole = tidy(original)
	if whole.startswith(shown):
		return whole[len(shown) :].lstrip("\n").rstrip() or whole
	sought = [line for line in shown.split("\n") if line]
	left: list[str] = []
	for line in whole.split("\n"):
		if sought and line.strip() == sought[0].strip():
			sought.pop(0)
		else:
			left.append(line)
	return whole if sought else tidy("\n".join(left)) or whole
