"""A customer's words within a line of ours."""

from customer_thread.domain.forwarded import words_in_text
from customer_thread.domain.limits import QUOTED_CHARACTERS
from customer_thread.domain.words import preview


def quoted(text: str) -> str:
	"""Return the words on one line, cut, and such that nothing in them can pass for somebody else's."""
	return preview(words_in_text(text), QUOTED_CHARACTERS)
