"""Whoever reads a thread is notified of an entry that was written just now."""

from dataclasses import replace

from customer_thread.domain.notices.decide import ANSWERS_WITHIN, decide, is_for_nobody, is_urgent_answer
from customer_thread.domain.notices.model import Subject, Verdict, is_of_browser
from customer_thread.domain.thread import keys
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import MINUTE
from customer_thread.service.notices.audience import NoticeReader, notice_readers
from customer_thread.service.notices.compose_notice import text_of
from customer_thread.service.notices.crowds import crowd_of
from customer_thread.service.outgoing.spending import warn
from customer_thread.service.ports import Ports
from customer_thread.store import entries, notices
from customer_thread.store.notice_rows import NoticeLineRow
from customer_thread.store.rows import ThreadRow


def notify_entry(ports: Ports, thread: ThreadRow, entry: int, new: NewEntry) -> None:
	"""Write down for each reader and channel what becomes of the notice: sent, held or skipped, and why.

	What is no question of notices at all writes nothing.
	"""
	now = ports.clock.now_us()
	subject = Subject(
		new.kind,
		new.author,
		new.channel,
		known_us=now,
		notify=new.notify,
		urgent=new.urgent,
		promotional=new.promotional,
		from_history=new.from_history,
	)
	if not thread["party"] or is_for_nobody(subject):
		return
	if not new.is_patient:
		heard = entries.last_of_customer(ports.database, thread["name"], now - ANSWERS_WITHIN)
		subject = replace(subject, urgent=subject.urgent or is_urgent_answer(subject, heard))
	subject = replace(subject, crowd=crowd_of(ports, thread["name"], now))
	gather_us = ports.settings().notice_delay_minutes * MINUTE
	line = NoticeLineRow(
		name=entry,
		occurred_us=new.occurred_us,
		kind=new.kind,
		author=new.author,
		subject=new.subject,
		text=new.text,
		attachments=len(new.attachments),
	)
	for reader in notice_readers(ports, thread):
		for verdict in decide(subject, reader.audience, now, gather_us):
			_write(ports, thread, line, reader, verdict, subject)


def _write(
	ports: Ports,
	thread: ThreadRow,
	line: NoticeLineRow,
	reader: NoticeReader,
	verdict: Verdict,
	subject: Subject,
) -> None:
	channel = next((each for name, each in ports.channels.items() if name == verdict.channel), None)
	if channel is None:
		return
	name, leaves = channel.rule.name, verdict.action == "Send"
	for address in reader.addresses[verdict.channel] or [""]:
		whose = f"{reader.user}:{address}" if is_of_browser(name) else reader.user
		text = (
			text_of(ports, thread, reader.user, address, [line], 1) if leaves and channel.rule.is_paid else ""
		)
		is_new = notices.add(
			ports.database,
			keys.source_key("notice", f"{line['name']}:{name.lower()}:{whose}"),
			verdict,
			subject.known_us,
			thread=thread["name"],
			entry=line["name"],
			reader=reader.user,
			channel=name,
			address=address,
			urgent=subject.urgent,
			promotional=subject.promotional,
			text=text,
			message_id=channel.new_message_id(ports) if leaves and channel.new_message_id else "",
		)
		if leaves and is_new:
			ports.queue.run_soon("deliver")
			if channel.rule.is_paid:
				warn(ports, thread, name)
