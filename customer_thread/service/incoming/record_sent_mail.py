"""A mail that the site has sent by itself: an invoice from the Desk, a Notification, an answer of staff."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from customer_thread.domain.model import Attachment
from customer_thread.domain.people.addresses import email
from customer_thread.domain.thread.keys import copy_key, message_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.words import shown
from customer_thread.service.ports import Ports
from customer_thread.service.thread.conceal import conceal_in_files
from customer_thread.service.thread.post_entry import Posted, post_entry
from customer_thread.service.thread.refuse_erased import unless_erased
from customer_thread.store import contact_points, entries


@dataclass(frozen=True)
class SentMail:
	"""A mail as the site has it."""

	#: with its angle brackets
	message_id: str
	to: tuple[str, ...]
	#: who reads a copy; a party to the conversation only beside a customer whom it was sent to
	cc: tuple[str, ...]
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
	"""Show the mail in the thread of each customer whom it went to, once, and return the last; None if to none."""
	known = _threads_of(ports, mail.to)
	known = list(dict.fromkeys([*known, *_threads_of(ports, mail.cc)])) if known else []
	if not known or not ports.settings().capture_emails:
		return None
	mail = replace(mail, attachments=conceal_in_files(ports, mail.attachments))
	text, is_cut = shown(mail.text)
	quoted = mail.quoted or is_cut
	entry = NewEntry(
		kind="Message",
		author="Automated" if mail.automated else "Contractor",
		channel="Email",
		text=text,
		occurred_us=mail.occurred_us,
		source_key=message_key(mail.message_id),
		subject=mail.subject,
		original=mail.original if quoted else "",
		quoted=quoted,
		message_id=mail.message_id,
		sent_by=mail.sent_by,
		attachments=mail.attachments,
		from_history=from_history,
	)
	if len(known) == 1:
		return _post(ports, known[0], entry)
	there = entries.threads_of_mail(ports.database, mail.message_id)
	posted = [
		_post(ports, thread, replace(entry, source_key=copy_key(mail.message_id, thread)))
		for thread in known
		if thread not in there
	]
	return next((one for one in reversed(posted) if one), None)


@unless_erased
def _post(ports: Ports, thread: str, entry: NewEntry) -> Posted | None:
	return post_entry(ports, thread, entry)


def _threads_of(ports: Ports, addresses: Sequence[str]) -> list[str]:
	"""Return the threads of these addresses, each of which is one customer's."""
	found = [
		contact_points.threads_of(ports.database, address) for text in addresses if (address := email(text))
	]
	return [threads[0] for threads in found if len(threads) == 1]
