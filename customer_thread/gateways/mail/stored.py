"""The words of a mail where a host keeps its content alone (frappe/email/receive.py)."""

import re
from html import unescape

from customer_thread.domain.limits import MAIL_TEXT_BYTES
from customer_thread.domain.mail_words.split import split
from customer_thread.domain.words import clean
from customer_thread.gateways.mail import html_text

_TAG = re.compile(r"<[a-zA-Z!/]")
_SINGLE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


def words_of(content: str) -> tuple[str, str, bool]:
	"""Return a mail's whole text, its new words, and whether those leave anything out.

	What came as plain text has no tag, and every line break twice.
	"""
	is_html = bool(_TAG.search(content))
	# the Communication has the rest
	whole = (
		html_text.to_text(content).strip() if is_html else _lines(unescape(content)).strip()[:MAIL_TEXT_BYTES]
	)
	new, quoted = split(whole)
	return clean(whole), clean(new), quoted


def _lines(text: str) -> str:
	return text if _SINGLE_BREAK.search(text) else text.replace("\n\n", "\n")
