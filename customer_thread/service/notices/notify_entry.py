"""Whoever reads a thread is notified of an entry that was written just now."""

from dataclasses import replace

from customer_thread.domain.notices.decide import ANSWERS_WITHIN, is_for_nobody, is_urgent_answer
from customer_thread.domain.notices.model import Subject
from customer_thread.domain.thread import keys
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.service.notices.decide_notice import decide_notice
from customer_thread.service.ports import Ports
from customer_thread.store import entries, notices
from customer_thread.store.rows import ThreadRow


def notify_entry(ports: Ports, thread: ThreadRow, entry: int, new: NewEntry) -> None:
	"""Write down for each reader and channel what becomes of the notice: sent, held or skipped, and why.

	What is no question of notices at all writes nothing. Of a document's card a worker decides it: whoever saves the
	document does not wait for that.
	"""
	now = ports.clock.now_us()
	subject = Subject(
		new.kind,
		new.author,
		new.channel,
		known_us=now,
		notify=new.notify,
		urgent=new.urgent,
		from_history=new.from_history,
	)
	if not thread["party"] or is_for_nobody(subject):
		return
	if new.kind == "Message" and not new.is_patient:
		heard = entries.last_of_customer(ports.database, thread["name"], now - ANSWERS_WITHIN)
		subject = replace(subject, urgent=subject.urgent or is_urgent_answer(subject, heard))
	waiting = notices.put_off(
		ports.database,
		keys.source_key("notice", str(entry)),
		now,
		thread=thread["name"],
		entry=entry,
		urgent=subject.urgent,
		promotional=new.promotional,
	)
	if waiting and new.of_document:
		ports.queue.run_soon("release")
	elif waiting:
		decide_notice(ports, thread, waiting)
