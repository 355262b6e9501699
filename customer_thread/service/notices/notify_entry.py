"""Whoever reads a thread is notified of an entry that was written just now."""

from dataclasses import replace

from customer_thread.domain.notices.decide import ANSWERS_WITHIN, is_for_nobody, is_urgent_answer
from customer_thread.domain.notices.model import Subject
from customer_thread.domain.thread import keys
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.notices.crowds import crowd_of
from customer_thread.service.notices.write_verdicts import write_verdicts
from customer_thread.service.ports import Ports
from customer_thread.store import entries, notices
from customer_thread.store.notice_rows import NoticeLineRow
from customer_thread.store.rows import ThreadRow


def notify_entry(ports: Ports, thread: ThreadRow, entry: int, new: NewEntry) -> None:
	"""Write down for each reader and channel what becomes of the notice: sent, held or skipped, and why.

	What is no question of notices at all writes nothing. Of a document's card one row says that it is yet to be
	decided: whoever saves the document does not wait for it.
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
	if new.of_document:
		_put_off(ports, thread, entry, subject)
		return
	if not new.is_patient:
		heard = entries.last_of_customer(ports.database, thread["name"], now - ANSWERS_WITHIN)
		subject = replace(subject, urgent=subject.urgent or is_urgent_answer(subject, heard))
	subject = replace(subject, crowd=crowd_of(ports, thread["name"], now))
	line = NoticeLineRow(
		name=entry,
		occurred_us=new.occurred_us,
		kind=new.kind,
		author=new.author,
		subject=new.subject,
		text=new.text,
		attachments=len(new.attachments),
	)
	write_verdicts(ports, thread, line, subject)


def _put_off(ports: Ports, thread: ThreadRow, entry: int, subject: Subject) -> None:
	is_new = notices.put_off(
		ports.database,
		keys.source_key("notice", str(entry)),
		subject.known_us,
		thread=thread["name"],
		entry=entry,
		urgent=subject.urgent,
		promotional=subject.promotional,
	)
	if is_new:
		ports.queue.run_soon("release")
