"""A mail that the site has sent by itself: an invoice from the Desk, a Notification, an answer of staff."""

import re
from dataclasses import dataclass
from html import unescape

from customer_thread.domain.model import Attachment
from customer_thread.domain.people.addresses import email
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.words import clean, shown
from customer_thread.gateways.mail import html_text, quotes
from customer_thread.service.ports import Ports
from customer_thread.service.thread.post_entry import NewEntry, Posted, post_entry
from customer_thread.store import contact_points

_TAG = re.compile(r"<[a-zA-Z!/]")
_SINGLE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


@dataclass(frozen=True)
class SentMail:
	"""A mail as the site has it."""

	#: with its angle brackets
	message_id: str
	#: its To addresses alone: who reads a copy is no party to the conversation
	to: tuple[str, ...]
	subject: str
	html: str
	occurred_us: int
	automated: bool
	sent_by: str | None = None
	attachments: tuple[Attachment, ...] = ()


def words_of(content: str) -> tuple[str, str, bool]:
	"""Return a mail's whole text, its new words, and whether those leave anything out.

	What came as plain text has no tag, and every line break twice (frappe/email/receive.py).
	"""
	whole = html_text.to_text(content).strip() if _TAG.search(content) else _lines(unescape(content)).strip()
	new, quoted = quotes.split(whole)
	return clean(whole), clean(new), quoted


def _lines(text: str) -> str:
	return text if _SINGLE_BREAK.search(text) else text.replace("\n\n", "\n")


def record_sent_mail(ports: Ports, mail: SentMail, *, from_history: bool = False) -> Posted | None:
	"""Show the mail in its customer's thread, once; None unless it went to exactly one customer."""
	addresses = [found for found in (email(text) for text in mail.to) if found]
	known = {thread for address in addresses for thread in contact_points.threads_of(ports.database, address)}
	if len(known) != 1 or not ports.settings().capture_emails:
		return None
	whole, new, is_quoted = words_of(mail.html)
	text, is_cut = shown(new)
	quoted = is_quoted or is_cut
	entry = NewEntry(
		kind="Message",
		author="Automated" if mail.automated else "Contractor",
		channel="Email",
		text=text,
		occurred_us=mail.occurred_us,
		source_key=source_key("mail", mail.message_id),
		subject=mail.subject,
		original=whole if quoted else "",
		quoted=quoted,
		message_id=mail.message_id,
		sent_by=mail.sent_by,
		attachments=mail.attachments,
		from_history=from_history,
	)
	return post_entry(ports, known.pop(), entry)
