"""The words of a mail as Frappe's Communication keeps it: HTML, or plain text with its lines apart."""

import pytest

from customer_thread.domain import limits
from customer_thread.gateways.mail.stored import words_of

#: a plain answer as frappe/email/receive.py stores it: every line break doubled, what looks like a tag escaped
PLAIN = (
	"Yes, please.\n\nTuesday &lt;8am&gt; is fine\n\n\n\nOn Tue, May 13, 2026 at 8:02 AM Mike "
	"&lt;mike@mike.example&gt; wrote:\n\n&gt; May we come?\n\n&gt; Mike"
)


def test_it_reads_plain_text_line_by_line_and_folds_what_it_quotes() -> None:
	whole, new, quoted = words_of(PLAIN)
	assert new == "Yes, please.\nTuesday <8am> is fine"
	assert quoted
	assert whole.endswith("> May we come?\n> Mike")


@pytest.mark.parametrize("text", ["one\ntwo", "a < b & c\nI <3 it", "one"])
def test_it_leaves_single_lines_as_they_are(text: str) -> None:
	assert words_of(text) == (text, text, False)


def test_it_reads_html_as_text() -> None:
	assert words_of("<p>Here is <b>it</b>.</p><p>Bye</p>")[1] == "Here is it.\n\nBye"


def test_it_takes_control_characters_out() -> None:
	assert words_of("one\x00 \x1b[31mtwo") == ("one [31mtwo", "one [31mtwo", False)


def test_of_a_long_mail_it_keeps_the_head() -> None:
	whole, new, quoted = words_of("word " * 500_000)
	assert len(whole) <= limits.MAIL_TEXT_BYTES
	assert new == whole
	assert not quoted
