"""E-mails of the site, as its Communications have them.

Frappe keeps neither Auto-Submitted nor References nor what the mail server said of the sender
(frappe/email/receive.py), and its `sender` may be the mail's Reply-To. So a mail is a customer's words only
by their thread's own address or as the answer to a mail of their thread; any other waits unmatched.
"""

import hashlib
import mimetypes
import re
from typing import TYPE_CHECKING

import frappe
from frappe.utils import split_emails

from customer_thread.domain.inbound import Bounce, InboundMail
from customer_thread.domain.model import Attachment
from customer_thread.domain.people.addresses import email
from customer_thread.domain.times import DAY, believed
from customer_thread.frappe_host.secret_mail import sent_to
from customer_thread.frappe_host.times import site_us
from customer_thread.frappe_host.users import is_portal_user
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.gateways.mail import remains
from customer_thread.gateways.mail.stored import words_of
from customer_thread.service.incoming.receive_mail import receive_mail
from customer_thread.service.incoming.record_sent_mail import SentMail, record_sent_mail
from customer_thread.service.thread.post_entry import Posted

if TYPE_CHECKING:
	from frappe.model.document import Document

_TAG = re.compile(r"<[^<>]*>")
#: a mail that the site has had for longer is not passed on, whatever is done with it
FRESH_FOR = DAY


def receive(name: str, *, from_history: bool = False) -> Posted | None:
	"""Put an e-mail, sent or received, where it belongs, once; None if it belongs nowhere."""
	document = frappe.get_doc("Communication", name)
	# what was here long before, and is only opened or filed today, did not come today
	old = from_history or site_us(document.creation) < site_ports().clock.now_us() - FRESH_FOR
	if is_sent(document):
		return record_sent_mail(site_ports(), _sent(document), from_history=old)
	if is_received(document) and site_ports().settings().capture_emails:
		return receive_mail(site_ports(), _received(document, old=old), from_history=old)
	return None


def is_received(document: "Document") -> bool:
	"""Return whether it is a mail from outside, spam and trash left out."""
	return _is_mail(document) and document.sent_or_received == "Received" and document.email_status == "Open"


def is_sent(document: "Document") -> bool:
	"""Return whether it is a mail that has left; what is scheduled, waits or failed has not."""
	has_left = document.sent_or_received == "Sent" and document.delivery_status == "Sent"
	return _is_mail(document) and has_left and _is_of_the_business(document)


def _is_of_the_business(document: "Document") -> bool:
	"""Return whether its words are the business's: Frappe lets every signed-in customer send mail in its name.

	(frappe/core/doctype/communication/email.py, make). A Notification's mail belongs to whoever set it off.
	"""
	if not is_portal_user(document.owner):
		return True
	notified = {"document_type": document.reference_doctype or "", "channel": "Email", "enabled": 1}
	return document.communication_type == "Automated Message" and bool(
		document.reference_name and frappe.db.exists("Notification", notified)
	)


def _is_mail(document: "Document") -> bool:
	kinds = ("Communication", "Automated Message")
	return document.communication_medium == "Email" and document.communication_type in kinds


def _message_id(document: "Document") -> str:
	own = (document.message_id or "").strip(
		"<> \t\n"
	) or f"{_name_of_its_own(document)}@communication.invalid"
	return f"<{own}>"


def _name_of_its_own(document: "Document") -> str:
	"""Return what tells a mail without a Message-ID from others: a received one may be fetched twice."""
	if document.sent_or_received != "Received":
		return str(document.name)
	said = (
		document.sender,
		document.recipients,
		document.communication_date,
		document.subject,
		document.content,
	)
	return hashlib.sha256(repr([str(part) for part in said]).encode()).hexdigest()[:40]


def _addresses(text: str | None) -> tuple[str, ...]:
	found = (email(address.rpartition("<")[2].strip("> ")) for address in split_emails(text or ""))
	return tuple(address.value for address in found if address)


def _files(document: "Document") -> tuple[Attachment, ...]:
	names = frappe.get_all(
		"File",
		filters={"attached_to_doctype": "Communication", "attached_to_name": document.name},
		# as they stood in the mail, not Frappe's latest first
		order_by="creation asc",
		pluck="name",
	)
	found = []
	for name in names:
		file = frappe.get_doc("File", name)
		content = file.get_content()
		data = content.encode() if isinstance(content, str) else content
		kind = mimetypes.guess_type(file.file_name)[0] or "application/octet-stream"
		found.append(Attachment(file.file_name, kind, data))
	return tuple(found)


def _sent(document: "Document") -> SentMail:
	whole, new, quoted = words_of(document.content or "")
	return SentMail(
		message_id=_message_id(document),
		to=_addresses(document.recipients),
		cc=_addresses(document.cc),
		subject=document.subject or "",
		text=new,
		original=whole,
		quoted=quoted,
		occurred_us=site_us(document.communication_date or document.creation),
		automated=document.communication_type == "Automated Message",
		sent_by=document.owner,
		attachments=_files(document),
	)


def _sent_at(document: "Document", *, old: bool) -> int:
	"""Return the mail's own time, or that of its arrival where its clock is wrong."""
	arrived = site_us(document.creation)
	said = site_us(document.communication_date or document.creation)
	if old and 0 < said <= arrived:
		# a mailbox may have been fetched for the first time long after its mails came
		return said
	return believed(said, arrived)


def _received(document: "Document", *, old: bool) -> InboundMail:
	whole, new, quoted = words_of(document.content or "")
	earlier = document.in_reply_to
	answered = frappe.db.get_value("Communication", earlier, "message_id") if earlier else None
	sender, subject = next(iter(_addresses(document.sender)), ""), document.subject or ""
	name, text = document.sender_full_name or "", document.text_content or whole
	return InboundMail(
		message_id=_message_id(document),
		from_address=sender,
		from_name=name,
		recipients=(*_addresses(document.recipients), *_addresses(document.cc), *sent_to(document.name)),
		references=(f"<{answered.strip('<> ')}>",) if answered else (),
		subject=subject,
		text=new,
		original=whole,
		quoted=quoted,
		attachments=_files(document),
		occurred_us=_sent_at(document, old=old),
		automatic=remains.is_automatic(sender, subject, name, text),
		bounce=_bounce(document, sender, text),
		digest=_digest(document.content or ""),
		mailbox=_mailbox(document),
	)


def _digest(content: str) -> str:
	"""Return what tells a mail from another of the same Message-ID; its pictures have other addresses each time."""
	return hashlib.sha256(" ".join(_TAG.sub(" ", content).split()).encode()).hexdigest()


def _mailbox(document: "Document") -> str:
	account = document.email_account
	return (frappe.get_cached_value("Email Account", account, "email_id") or "").lower() if account else ""


def _bounce(document: "Document", sender: str, text: str) -> Bounce | None:
	"""Return what a mail server says of one of our mails that will never arrive, if it says so."""
	name = document.sender_full_name or ""
	report = remains.undelivered(sender, document.subject or "", text, name)
	if report is None:
		return None
	return Bounce(report.message_id, report.status, report.diagnostic, report.addresses)
