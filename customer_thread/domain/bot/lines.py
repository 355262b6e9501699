"""A line of a thread on the contractor's phone."""

from customer_thread.domain.forwarded import CONTINUED, name_in_text, words_in_text
from customer_thread.domain.limits import BOT_LINE_CHARACTERS
from customer_thread.domain.words import preview

#: characters by which a line that was sent is known again
KNOWN_BY = 60


def line_of(name: str, text: str) -> str:
	"""Return who said what, on one line; nothing in it can pass for another customer's."""
	return f"{name_in_text(name)}: {preview(_words(text), BOT_LINE_CHARACTERS)}"


def known_by(text: str) -> str:
	"""Return what each line has in it that shows these words; empty if they have nothing to be known by."""
	words = preview(_words(text), BOT_LINE_CHARACTERS)[:KNOWN_BY]
	return f": {words}" if words else ""


def _words(text: str) -> str:
	return words_in_text(text).replace(f"\n{CONTINUED}", " ")
