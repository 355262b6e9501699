"""An e-mail reached the business."""

from dataclasses import replace

from customer_thread.domain.inbound import InboundMail
from customer_thread.domain.limits import MESSAGE_CHARACTERS
from customer_thread.domain.model import Address
from customer_thread.domain.people.reply_address import token_in
from customer_thread.domain.thread.keys import mail_key, message_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.words import preview, shown
from customer_thread.service.incoming import mail_owner
from customer_thread.service.incoming.mail_owner import Addressed
from customer_thread.service.incoming.new_words import with_new_words
from customer_thread.service.incoming.receive_bounce import receive_bounce
from customer_thread.service.outgoing.forward import forward_mail
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.service.outgoing.send_test_mail import came_back
from customer_thread.service.ports import Ports
from customer_thread.service.thread.add_note import add_note
from customer_thread.service.thread.conceal import conceal, conceal_in_files
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.service.thread.post_entry import Posted, post_entry, written_before
from customer_thread.service.thread.refuse_erased import unless_erased
from customer_thread.service.thread.trust_address import trust_address
from customer_thread.store import contact_points, deliveries, entries, sent_to, threads
from customer_thread.store.rows import ThreadRow


@unless_erased
def receive_mail(ports: Ports, mail: InboundMail, *, from_history: bool = False) -> Posted | None:
	"""Put the mail where it belongs, once, and return it; None for bounces, machines' answers, echoes and what was erased.

	`from_history`: it came long ago. It is passed on to nobody, and a stranger's is left out.
	"""
	if mail.bounce:
		receive_bounce(ports, mail.bounce, recipients=mail.recipients, came_us=mail.occurred_us)
		return None
	if came_back(ports, mail) or mail.automatic or _is_echo(ports, mail):
		return None
	if entries.thread_of_source(ports.database, message_key(mail.message_id)):
		# of the site itself, or of before contents were compared
		return written_before(ports.database, message_key(mail.message_id))
	mail = _concealed(ports, mail)
	to = mail_owner.addressed(ports, mail)
	theirs = _contractors(ports, mail, to)
	if from_history:
		return None if theirs or mail_owner.is_contractor(ports, mail) else _from_history(ports, mail, to)
	if theirs:
		return _last(
			[
				send_entry(
					ports,
					row,
					replace(
						_entry(with_new_words(ports, row, mail, by_customer=False), token, by_customer=False),
						sent_by=mail_owner.user_at(ports, mail.from_address),
					),
					came_by="Email",
				)
				for token, row in theirs
			]
		)
	if mail_owner.is_contractor(ports, mail):
		return _only_says_contractor(ports, mail, to)
	if to.customers:
		return _last([_customers(ports, mail, row, token) for token, row in to.customers.items()])
	if to.contractors:
		return _unmatched(ports, mail, "was sent to a contractor's own address by somebody else")
	owner = mail_owner.owner_of(ports, mail, has_stale=to.has_stale)
	thread = threads.get(ports.database, owner.thread) if owner.thread else None
	if thread:
		return _customers(ports, mail, thread, answers=owner.thread in mail_owner.referenced(ports, mail))
	if not mail_owner.concerns_us(ports, mail, to.has_stale):
		return None
	return _unmatched(ports, mail, owner.reason)


def _is_echo(ports: Ports, mail: InboundMail) -> bool:
	"""Return whether the mail is one of ours that came back to us; others may have its Message-ID by mistake."""
	if token_in(mail.from_address):
		return True
	sent = deliveries.by_message_id(ports.database, mail.message_id)
	return bool(sent) and mail_owner.is_own(ports, mail.from_address)


def _last(posted: list[Posted]) -> Posted:
	return posted[-1]


def _concealed(ports: Ports, mail: InboundMail) -> InboundMail:
	text, original, subject, name = conceal(ports, mail.text, mail.original, mail.subject, mail.from_name)
	files = conceal_in_files(ports, mail.attachments)
	return replace(mail, text=text, original=original, subject=subject, from_name=name, attachments=files)


def _contractors(ports: Ports, mail: InboundMail, to: Addressed) -> list[tuple[str, ThreadRow]]:
	"""Return the threads in which the contractor speaks: by the secret address or the answer to a forward."""
	if not mail_owner.may_speak_as_contractor(ports, mail):
		return []
	if to.contractors:
		return list(to.contractors.items())
	answered = None if to.has_stale else mail_owner.forwarded_in(ports, mail)
	return [("", answered)] if answered else []


def _only_says_contractor(ports: Ports, mail: InboundMail, to: Addressed) -> Posted | None:
	"""Keep a copy of the contractor's mail, answered to all perhaps, as a note; what only claims to be one waits.

	It is neither the customer's words nor ours to send again.
	"""
	is_trusted = ports.settings().trust_addresses and not mail_owner.is_refuted(ports, mail)
	if not (is_trusted or mail_owner.is_proven(ports, mail)):
		return _unmatched(ports, mail, "says that it is the contractor's, which is not proven")
	names = [] if to.has_stale else mail_owner.referenced(ports, mail)
	found = [*to.customers.values(), *(threads.get(ports.database, name) for name in names[:1])]
	about = {row["name"]: row for row in found if row}
	if not about:
		return _unmatched(ports, mail, "the contractor's own, about nobody we know")
	for row in about.values():
		new = with_new_words(ports, row, mail, by_customer=False).text
		words = f"{mail.subject}\n\n{new}".strip()[:MESSAGE_CHARACTERS] or ports.translate("(no words)")
		by = mail_owner.user_at(ports, mail.from_address)
		add_note(ports, row, words, author=by, source=f"{mail_key(mail)} {row['name']}")
	return None


def _customers(
	ports: Ports, mail: InboundMail, thread: ThreadRow, token: str = "", *, answers: bool = True
) -> Posted:
	if known := _came_otherwise(ports, mail, thread):
		return known
	mail = with_new_words(ports, thread, mail, by_customer=True)
	posted = post_entry(ports, thread["name"], _entry(mail, token, by_customer=True))
	if posted.is_new:
		_forward(ports, mail, thread, posted)
		if answers and _answers_ours(ports, mail, posted.thread, by_token=bool(token)):
			trust_address(ports, posted.thread, Address("Email", mail.from_address), "Answered")
	return posted


def _came_otherwise(ports: Ports, mail: InboundMail, thread: ThreadRow) -> Posted | None:
	"""Return what this very mail has written in a thread, by whichever of the addresses that it was sent to."""
	for key in (mail_key(mail), mail_key(mail, thread["reply_token"])):
		if entries.thread_of_source(ports.database, key) == thread["name"]:
			return written_before(ports.database, key)
	return None


def _answers_ours(ports: Ports, mail: InboundMail, thread: str, *, by_token: bool) -> bool:
	"""Return whether its sender had a mail of ours to answer: whoever was only given a secret address had none."""
	if mail_owner.is_refuted(ports, mail):
		return False
	return not by_token or bool(sent_to.last_spoken_to(ports.database, mail.from_address, [thread]))


def _unmatched(ports: Ports, mail: InboundMail, reason: str) -> Posted:
	for name in entries.threads_of_mail(ports.database, mail.message_id):
		# a copy without the secret address to which the mail itself was sent
		thread = threads.get(ports.database, name)
		known = _came_otherwise(ports, mail, thread) if thread else None
		if known:
			return known
	if entries.thread_of_source(ports.database, mail_key(mail)):
		known = written_before(ports.database, mail_key(mail))
		if known:
			return known
	address = Address("Email", mail.from_address)
	thread = open_unmatched(ports, address, mail.from_address, mail.occurred_us, mail_key(mail))
	mail = with_new_words(ports, thread, mail, by_customer=True)
	posted = post_entry(ports, thread["name"], _entry(mail, "", by_customer=True))
	if posted.is_new:
		threads.note_reason(ports.database, thread["name"], reason, preview(mail.from_name))
		_forward(ports, mail, thread, posted)
	return posted


def _forward(ports: Ports, mail: InboundMail, thread: ThreadRow, posted: Posted) -> None:
	# what they sent themselves lies there, too; what only says so is for staff to look at
	lies_in = (*mail.recipients, mail.mailbox, mail.from_address)
	forward_mail(ports, thread, posted.entry, mail.text, len(mail.attachments), lies_in=lies_in)


def _from_history(ports: Ports, mail: InboundMail, to: Addressed) -> Posted | None:
	owner = mail_owner.owner_of(ports, mail, has_stale=to.has_stale)
	token, thread = next(iter(to.customers.items()), ("", None))
	thread = thread or (threads.get(ports.database, owner.thread) if owner.thread else None)
	if thread is None:
		if entries.thread_of_source(ports.database, mail_key(mail)):
			return written_before(ports.database, mail_key(mail))
		address = Address("Email", mail.from_address)
		if not contact_points.threads_of(ports.database, address):
			return None
		thread = open_unmatched(ports, address, mail.from_address, mail.occurred_us, mail_key(mail))
	mail = with_new_words(ports, thread, mail, by_customer=True)
	entry = replace(_entry(mail, token, by_customer=True), from_history=True)
	return post_entry(ports, thread["name"], entry)


def _entry(mail: InboundMail, token: str, *, by_customer: bool) -> NewEntry:
	# what the contractor wrote is sent on, so it stays whole
	text, is_cut = shown(mail.text) if by_customer else (mail.text, False)
	return NewEntry(
		kind="Message",
		author="Customer" if by_customer else "Contractor",
		channel="Email" if by_customer else None,
		text=text,
		occurred_us=mail.occurred_us,
		source_key=mail_key(mail, token),
		# the contractor answers under the subject of our own forward, which tells the customer nothing
		subject=mail.subject if by_customer else "",
		original=mail.original if by_customer else "",
		quoted=(mail.quoted or is_cut) and by_customer,
		message_id=mail.message_id,
		attachments=mail.attachments,
		sender=mail.from_address if by_customer else "",
	)
