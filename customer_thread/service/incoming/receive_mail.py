"""An e-mail reached the business."""

from dataclasses import replace

from customer_thread.domain.inbound import InboundMail
from customer_thread.domain.limits import MESSAGE_CHARACTERS
from customer_thread.domain.model import Address
from customer_thread.domain.people.identity import owner_of_mail
from customer_thread.domain.people.reply_address import token_in
from customer_thread.domain.thread.keys import source_key
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.words import shown
from customer_thread.service.incoming.receive_bounce import receive_bounce
from customer_thread.service.outgoing.forward import forward_mail
from customer_thread.service.outgoing.reach import contractor_mailbox
from customer_thread.service.outgoing.send_message import send_entry
from customer_thread.service.ports import Ports
from customer_thread.service.thread.add_note import add_note
from customer_thread.service.thread.open_thread import open_unmatched
from customer_thread.service.thread.post_entry import Posted, post_entry
from customer_thread.store import contact_points, deliveries, entries, threads
from customer_thread.store.database import Database
from customer_thread.store.rows import ThreadRow


def receive_mail(ports: Ports, mail: InboundMail, *, from_history: bool = False) -> Posted | None:
	"""Put the mail where it belongs, once, and return it; None for bounces, machines' answers and echoes.

	`from_history`: it came long ago. It is passed on to nobody, and a stranger's is left out.
	"""
	if mail.bounce:
		receive_bounce(ports, mail.bounce, recipients=mail.recipients, came_us=mail.occurred_us)
		return None
	if mail.automatic or deliveries.by_message_id(ports.database, mail.message_id):
		return None
	contractors = _thread_for_contractor(ports, mail)
	if from_history:
		return None if contractors or _is_contractor(ports, mail) else _from_history(ports, mail)
	if contractors:
		return send_entry(ports, contractors, _entry(mail, by_customer=False), came_by="Email")
	thread = _thread_for_customer(ports, mail)
	if _is_contractor(ports, mail):
		# a copy of the contractor's mail, answered to all perhaps: neither the customer's words nor ours to send again
		words = f"{mail.subject}\n\n{mail.text}".strip()[:MESSAGE_CHARACTERS] or ports.translate("(no words)")
		add_note(ports, thread, words, author=None, source=mail.message_id)
		return None
	posted = post_entry(ports, thread["name"], _entry(mail, by_customer=True))
	if posted.is_new:
		forward_mail(ports, thread, posted.entry, mail.text)
	return posted


def _from_history(ports: Ports, mail: InboundMail) -> Posted | None:
	thread = _find_for_customer(ports, mail)
	if thread is None:
		address = Address("Email", mail.from_address)
		if not contact_points.threads_of(ports.database, address):
			return None
		thread = open_unmatched(ports, address, mail.from_address)
	entry = replace(_entry(mail, by_customer=True), from_history=True)
	return post_entry(ports, thread["name"], entry)


def _entry(mail: InboundMail, *, by_customer: bool) -> NewEntry:
	# what the contractor wrote is sent on, so it stays whole
	text, is_cut = shown(mail.text) if by_customer else (mail.text, False)
	return NewEntry(
		kind="Message",
		author="Customer" if by_customer else "Contractor",
		channel="Email" if by_customer else None,
		text=text,
		occurred_us=mail.occurred_us,
		source_key=source_key("mail", mail.message_id),
		# the contractor answers under the subject of our own forward, which tells the customer nothing
		subject=mail.subject if by_customer else "",
		original=mail.original if by_customer else "",
		quoted=(mail.quoted or is_cut) and by_customer,
		message_id=mail.message_id,
		attachments=mail.attachments,
	)


def _tokens(mail: InboundMail) -> list[str]:
	found = [token_in(recipient) for recipient in mail.recipients]
	return [token for token in found if token]


def _thread_for_contractor(ports: Ports, mail: InboundMail) -> ThreadRow | None:
	"""Return the thread in which the contractor speaks: nobody else was given its other address."""
	for token in _tokens(mail):
		row = threads.by_contractor_reply_token(ports.database, token)
		if row:
			return row
	if not _is_contractor(ports, mail):
		return None
	for reference in mail.references:
		forwarded = deliveries.by_message_id(ports.database, reference)
		if forwarded and forwarded["purpose"] == "Forward" and forwarded["thread"]:
			return threads.get(ports.database, forwarded["thread"])
	return None


def _is_contractor(ports: Ports, mail: InboundMail) -> bool:
	return bool(mail.from_address) and mail.from_address == contractor_mailbox(ports.settings())


def _thread_for_customer(ports: Ports, mail: InboundMail) -> ThreadRow:
	found = _find_for_customer(ports, mail)
	return found or open_unmatched(ports, Address("Email", mail.from_address), mail.from_address)


def _find_for_customer(ports: Ports, mail: InboundMail) -> ThreadRow | None:
	address = Address("Email", mail.from_address)
	by_token = [threads.by_reply_token(ports.database, token) for token in _tokens(mail)]
	owner = owner_of_mail(
		by_token=next((row["name"] for row in by_token if row), ""),
		by_reference=_referenced(ports.database, mail),
		known=contact_points.threads_of(ports.database, address),
		is_proven=bool(mail.dmarc_passed_by) and ports.settings().authserv_id.lower() in mail.dmarc_passed_by,
	)
	return threads.get(ports.database, owner.thread) if owner.thread else None


def _referenced(database: Database, mail: InboundMail) -> str:
	"""Return the thread of the nearest mail this one answers, or an empty string."""
	for reference in mail.references:
		sent = deliveries.by_message_id(database, reference)
		if sent and sent["purpose"] != "Forward" and sent["thread"]:
			return sent["thread"]
		came = entries.thread_of_source(database, source_key("mail", reference))
		if came:
			return came
	return ""
