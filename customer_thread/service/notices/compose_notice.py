"""A notice in words: the mail, and the text."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.limits import NOTICE_CHARACTERS, NOTICE_LINES, PUSH_CHARACTERS
from customer_thread.domain.mail_words.known import answer_line
from customer_thread.domain.notices.texts import cut, in_one_line, notice_text
from customer_thread.domain.outbound import OutboundMail
from customer_thread.domain.people.reply_address import reply_address
from customer_thread.domain.portal.colors import accents
from customer_thread.domain.sign_in import address_of
from customer_thread.domain.times import zone
from customer_thread.domain.wording import Reader, how_many_new, meta_time
from customer_thread.domain.words import preview
from customer_thread.service.notices.preferences import wishes_of
from customer_thread.service.notices.push import push_words
from customer_thread.service.notices.unsubscribe import settings_address, unsubscribe_address
from customer_thread.service.outgoing.words_to_send import with_attachment_hint
from customer_thread.service.ports import Ports
from customer_thread.service.reading.calendar_files import mail_calendar
from customer_thread.service.reading.reader import locale_of
from customer_thread.service.reading.render import render
from customer_thread.service.sign_in.make_link import make_link
from customer_thread.service.sign_in.who import signs_in_at
from customer_thread.service.thread.in_language import in_language_of
from customer_thread.store import entries, notices, threads
from customer_thread.store.notice_rows import NoticeLineRow
from customer_thread.store.rows import DeliveryRow, ThreadRow


class LineView(TypedDict):
	"""An entry as a notice tells it."""

	#: "10:15am", in the reader's zone
	time: str
	text: str
	is_card: bool
	automated: bool


def compose_mail_of_notice(ports: Ports, delivery: DeliveryRow) -> OutboundMail:
	"""Return the mail that tells what is new. Raise GatewayError (permanent) if its thread or entry is gone."""
	thread = threads.get(ports.database, delivery["thread"]) if delivery["thread"] else None
	if thread:
		ports = in_language_of(ports, thread, delivery["reader"])
	if thread and not delivery["entry"]:
		return _test_mail(ports, delivery, thread)
	told = notices.entries_in(ports.database, delivery["name"], delivery["entry"], NOTICE_LINES)
	rows = notices.lines_of(ports.database, told)
	if thread is None or not rows:
		raise GatewayError("What was to be sent is gone.", permanent=True)
	_ = ports.translate
	total, cards, _latest = notices.counted(ports.database, delivery["name"], delivery["entry"])
	reader = _reader(ports, thread, delivery["reader"])
	lines = [_line(ports, row, reader) for row in rows]
	link = _link(ports, thread, delivery["reader"], delivery["address"], delivery["entry"])
	more = _("and {0} more").format(total - len(rows)) if total > len(rows) else ""
	subject = _subject(ports, rows[0], how_many_new(total, cards, reader) if total > 1 else "")
	dates = mail_calendar(ports, thread, told)
	return replace(_mail(ports, delivery, thread, subject, lines, link, more), attachments=dates)


def _test_mail(ports: Ports, delivery: DeliveryRow, thread: ThreadRow) -> OutboundMail:
	reader = _reader(ports, thread, delivery["reader"])
	time = meta_time(delivery["creation_us"], reader)
	line: LineView = {"time": time, "text": delivery["text"], "is_card": False, "automated": True}
	link = _link(ports, thread, delivery["reader"], delivery["address"], 0)
	subject = preview(ports.translate("A test from {0}").format(ports.settings().business_name))
	return _mail(ports, delivery, thread, subject, [line], link, "")


def _mail(
	ports: Ports,
	delivery: DeliveryRow,
	thread: ThreadRow,
	subject: str,
	lines: Sequence[LineView],
	link: str,
	more: str,
) -> OutboundMail:
	settings, _ = ports.settings(), ports.translate
	colors = accents(settings.accent_color)
	above = answer_line(_("Please answer above this line")) if settings.reply_domain else ""
	return OutboundMail(
		message_id=delivery["provider_id"],
		to=delivery["address"],
		from_name=settings.business_name,
		from_address=settings.from_address,
		reply_to=reply_address(thread["reply_token"], settings.reply_domain),
		subject=subject,
		text=_plain(ports, lines, more, link, above),
		html=render(
			"emails/notice.html",
			translate=_,
			answer_line=above,
			sender=settings.business_name,
			lines=lines,
			more=more,
			link=link,
			settings_link=settings_address(ports),
			accent=colors["accent"],
			on_accent=colors["on_accent"],
		),
		automated=True,
		unsubscribe=unsubscribe_address(ports, thread, delivery["reader"]),
	)


def text_of(
	ports: Ports, thread: ThreadRow, user: str, address: str, rows: Sequence[NoticeLineRow], total: int
) -> str:
	"""Return the text message that tells of these entries, the first of `total`, with a link to the oldest."""
	link = _link(ports, thread, user, address, rows[0]["name"])
	ports = in_language_of(ports, thread, user)
	lines = [_words(ports, row) for row in rows]
	return notice_text(ports.settings().business_name, lines, total, link, ports.translate)


def push_of(ports: Ports, thread: ThreadRow, user: str, ids: Sequence[int], total: int) -> str:
	"""Return what a locked screen says of these entries, the first of `total`, and how many more there are."""
	ports = in_language_of(ports, thread, user)
	found = (entries.get(ports.database, thread["name"], entry) for entry in ids)
	lines = [push_words(ports, row) for row in found if row]
	return in_one_line(lines, total, PUSH_CHARACTERS, ports.translate)


def _subject(ports: Ports, row: NoticeLineRow, how_many: str) -> str:
	_ = ports.translate
	name = ports.settings().business_name
	if how_many:
		return preview(_("{0} from {1}").format(how_many, name))
	if row["kind"] == "Event":
		return preview(cut(row["text"], 100))
	return preview(_("New message from {0}").format(name))


def _plain(ports: Ports, lines: Sequence[LineView], more: str, link: str, above: str) -> str:
	_ = ports.translate
	sender = ports.settings().business_name
	if len(lines) == 1 and not more:
		told = [f"{sender} · {lines[0]['time']}", "", lines[0]["text"]]
	else:
		told = [sender, "", *(f"{line['time']}: {' '.join(line['text'].split())}" for line in lines)]
	parts = [above, "\n".join([*told, more]).strip(), f"{_('View in Portal')}: {link}" if link else ""]
	if settings := settings_address(ports):
		parts.append(f"{_('Notification settings')}: {settings}")
	return "\n\n".join(part for part in parts if part)


def _line(ports: Ports, row: NoticeLineRow, reader: Reader) -> LineView:
	return {
		"time": meta_time(row["occurred_us"], reader),
		"text": cut(_words(ports, row), NOTICE_CHARACTERS),
		"is_card": row["kind"] == "Event",
		"automated": row["author"] == "Automated",
	}


def _words(ports: Ports, row: NoticeLineRow) -> str:
	return with_attachment_hint(ports.translate, row["text"] or row["subject"], row["attachments"])


def _reader(ports: Ports, thread: ThreadRow, user: str) -> Reader:
	return Reader(
		zone=zone(wishes_of(ports, thread, user).timezone),
		locale=locale_of(ports),
		translate=ports.translate,
		now_us=ports.clock.now_us(),
	)


def _link(ports: Ports, thread: ThreadRow, user: str, address: str, entry: int) -> str:
	# a thread's phone may be somebody's who is not to read what else this user reads
	user = user if signs_in_at(ports, thread, user, address_of(address)) else ""
	return make_link(ports, thread, user, "Notice", address=address, entry=entry)
