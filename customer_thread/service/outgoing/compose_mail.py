"""A delivery's row becomes a mail."""

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.mail_words.known import answer_line
from customer_thread.domain.model import Address, Attachment
from customer_thread.domain.outbound import OutboundMail
from customer_thread.domain.people.reply_address import reply_address
from customer_thread.domain.portal.colors import text_on
from customer_thread.domain.words import preview
from customer_thread.service.outgoing.compose_invitation import compose_invitation
from customer_thread.service.outgoing.compose_sign_in import sign_in_mail
from customer_thread.service.outgoing.words_to_send import are_all_pictures, with_attachment_hint
from customer_thread.service.ports import Ports
from customer_thread.service.reading.calendar_files import mail_calendar
from customer_thread.service.reading.picture_link import picture_link
from customer_thread.service.reading.render import render
from customer_thread.service.sign_in.notice_link import notice_link
from customer_thread.store import attachments, entries, threads
from customer_thread.store.rows import DeliveryRow, EntryTextRow, ThreadRow

#: what staff read of a mail to ourselves
TEST_REASON = "a mail to ourselves: a test"
#: bytes of pictures and files one mail may carry
MAIL_LIMIT = 15_000_000


def compose_mail(ports: Ports, delivery: DeliveryRow) -> OutboundMail:
	"""Return what is to be sent. Raise GatewayError (permanent) if its entry or thread is gone."""
	if delivery["purpose"] == "Answer":
		return _line_to_contractor(ports, delivery)
	if delivery["purpose"] == "Invitation":
		return compose_invitation(ports, delivery)
	if delivery["purpose"] == "Sign In":
		return sign_in_mail(ports, delivery)
	entry = entries.words_of(ports.database, delivery["entry"])
	thread = threads.get(ports.database, delivery["thread"]) if delivery["thread"] else None
	if entry is None or thread is None:
		raise GatewayError("What was to be sent is gone.", permanent=True)
	to_customer = delivery["purpose"] != "Forward"
	return (_mail_to_customer if to_customer else _mail_to_contractor)(ports, delivery, entry, thread)


def new_message_id(ports: Ports) -> str:
	"""Return a Message-ID nobody can guess, angle brackets included (RFC 5322 §3.6.4)."""
	domain = ports.settings().from_address.rpartition("@")[2] or "customer-thread.invalid"
	return f"<{ports.ids.token()}@{domain}>"


def _mail_to_customer(
	ports: Ports, delivery: DeliveryRow, entry: EntryTextRow, thread: ThreadRow
) -> OutboundMail:
	settings = ports.settings()
	_ = ports.translate
	chain = [
		row
		for row in entries.mail_chain(ports.database, thread["name"])
		if row["message_id"] != delivery["provider_id"]
	]
	references = tuple(row["message_id"] for row in reversed(chain))
	subject = entry["subject"] or next((row["subject"] for row in chain if row["subject"]), "")
	if not subject:
		subject = _("Message from {0}").format(settings.business_name)
	elif references and not subject.lower().startswith("re:"):
		subject = f"Re: {subject}"
	link = notice_link(ports, thread, Address("Email", delivery["address"]), entry["name"])
	files = _files(ports, entry)
	entry = _with_hint(ports, thread, entry, len(files))
	is_automated = entry["author"] == "Automated"
	dates = mail_calendar(ports, thread, [entry["name"]]) if is_automated else ()
	return OutboundMail(
		message_id=delivery["provider_id"],
		to=delivery["address"],
		from_name=settings.business_name,
		from_address=settings.from_address,
		reply_to=reply_address(thread["reply_token"], settings.reply_domain),
		subject=preview(subject),
		text=_plain(ports, entry, link),
		html=_html(ports, entry, settings.business_name, _("View in Portal"), link),
		in_reply_to=references[-1] if references else "",
		references=references,
		automated=is_automated,
		attachments=(*files, *dates),
	)


def _mail_to_contractor(
	ports: Ports, delivery: DeliveryRow, entry: EntryTextRow, thread: ThreadRow
) -> OutboundMail:
	settings = ports.settings()
	_ = ports.translate
	domain = settings.from_address.rpartition("@")[2]
	files = _files(ports, entry)
	entry = _with_hint(ports, thread, entry, len(files))
	return OutboundMail(
		message_id=delivery["provider_id"],
		to=delivery["address"],
		from_name=_("{0} via {1}").format(thread["title"], settings.business_name),
		from_address=settings.from_address,
		reply_to=reply_address(thread["contractor_token"], settings.reply_domain),
		subject=preview(entry["subject"] or _("Messages from {0}").format(thread["title"])),
		text=_below_answer_line(ports, entry["text"] or entry["subject"]),
		html=_html(ports, entry, thread["title"]),
		# a stable root keeps one customer's mails together in the contractor's mailbox
		references=(f"<thread.{thread['name']}@{domain}>",),
		attachments=files,
	)


def _line_to_contractor(ports: Ports, delivery: DeliveryRow) -> OutboundMail:
	settings = ports.settings()
	return OutboundMail(
		message_id=delivery["provider_id"],
		to=delivery["address"],
		from_name=settings.business_name,
		from_address=settings.from_address,
		reply_to="",
		subject=preview(delivery["text"]),
		text=delivery["text"],
		# Frappe lets no mail of an account to itself in unless it answers one (frappe/email/receive.py)
		in_reply_to=f"<test.{delivery['provider_id'].lstrip('<')}"
		if delivery["reason"] == TEST_REASON
		else "",
		html=render(
			"emails/message.html",
			translate=ports.translate,
			answer_line="",
			sender=settings.business_name,
			text=delivery["text"],
			automated=True,
			link="",
			button="",
			accent=settings.accent_color,
			on_accent=text_on(settings.accent_color),
		),
		automated=True,
	)


def _plain(ports: Ports, entry: EntryTextRow, link: str) -> str:
	words = f"{entry['text']}\n\n{ports.translate('View in Portal')}: {link}" if link else entry["text"]
	return _below_answer_line(ports, words)


def _below_answer_line(ports: Ports, words: str) -> str:
	return f"{_answer_line(ports)}\n\n{words}"


def _answer_line(ports: Ports) -> str:
	return answer_line(ports.translate("Please answer above this line"))


def _html(ports: Ports, entry: EntryTextRow, sender: str, button: str = "", link: str = "") -> str:
	return render(
		"emails/message.html",
		translate=ports.translate,
		answer_line=_answer_line(ports),
		sender=sender,
		text=entry["text"],
		automated=entry["author"] == "Automated",
		link=link,
		button=button,
		accent=ports.settings().accent_color,
		on_accent=text_on(ports.settings().accent_color),
	)


def _with_hint(ports: Ports, thread: ThreadRow, entry: EntryTextRow, carried: int) -> EntryTextRow:
	"""Return the entry with a hint to the attachments that the mail does not carry: too large, or not there yet."""
	missing = entry["attachments"] - carried
	if missing <= 0:
		return entry
	link = picture_link(ports, thread, entry["name"])
	are_pictures = are_all_pictures(ports, entry["name"])
	text = with_attachment_hint(ports.translate, entry["text"], missing, link, are_pictures=are_pictures)
	return {**entry, "text": text}


def _files(ports: Ports, entry: EntryTextRow) -> tuple[Attachment, ...]:
	if not entry["attachments"]:
		return ()
	found: list[Attachment] = []
	size = 0
	for row in attachments.ready_files(ports.database, entry["name"]):
		size += row["size"]
		if size <= MAIL_LIMIT:
			data = ports.files.read(row["file"])
			found.append(Attachment(row["file_name"] or "picture", row["content_type"], data))
	return tuple(found)
