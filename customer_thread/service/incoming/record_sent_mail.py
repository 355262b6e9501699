"""A mail that the site has sent by itself: an invoice from the Desk, a Notification, an answer of staff."""

from dataclasses import dataclass

from customer_thread.domain.model import Attachment
from customer_thread.domain.people.addresses import email
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.words import shown
from customer_thread.service.ports import Ports
from customer_thread.service.thread.post_entry import Posted, post_entry
from customer_thread.store import contact_points


@dataclass(frozen=True)
class SentMail:
	"""A mail as the site has it."""

	#: with its angle brackets
	message_id: str
	#: its To addresses alone: who reads a copy is no party to the conversation
	to: tuple[str, ...]
	subject: str
	#: the new words only
	text: str
	#: the whole mail as text
	original: str
	#: whether `text` leaves out some of `original`
	quoted: bool
	occurred_us: int
	automated: bool
	sent_by: str | None = None
	attachments: tuple[Attachment, ...] = ()


def record_sent_mail(ports: Ports, mail: SentMail, *, from_history: bool = False) -> Posted | None:
	"""Show the mail in its customer's thread, once; None unless it went to exactly one customer."""
	addresses = [found for found in (email(text) for text in mail.to) if found]
	known = {thread for address in addresses for thread in contact_points.threads_of(ports.database, address)}
	if len(known) != 1 or not ports.settings().capture_emails:
		return None
	text, is_cut = shown(mail.text)
	quoted = mail.quoted or is_cut
	entry = NewEntry(
		kind="Message",
		author="Automated" if mail.automated else "Contractor",
		channel="Email",
		text=text,
		occurred_us=mail.occurred_us,
		source_key=source_key("mail", mail.message_id),
		subject=mail.subject,
		original=mail.original if quoted else "",
		quoted=quoted,
		message_id=mail.message_id,
		sent_by=mail.sent_by,
		attachments=mail.attachments,
		from_history=from_history,
	)
	return post_entry(ports, known.pop(), entry)
