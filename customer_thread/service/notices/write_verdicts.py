"""What becomes of the notices of an entry is decided, and written down."""

from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.decide import decide
from customer_thread.domain.notices.model import Subject, Verdict, is_of_browser
from customer_thread.domain.thread import keys
from customer_thread.domain.times import MINUTE
from customer_thread.service.notices.audience import NoticeReader, notice_readers
from customer_thread.service.notices.compose_notice import text_of
from customer_thread.service.outgoing.spending import warn
from customer_thread.service.ports import Ports
from customer_thread.store import notices
from customer_thread.store.notice_rows import NoticeLineRow
from customer_thread.store.rows import ThreadRow


def write_verdicts(
	ports: Ports, thread: ThreadRow, line: NoticeLineRow, subject: Subject, instead_of: str
) -> None:
	"""Write a delivery for each reader and channel: sent, held or skipped, and why.

	`instead_of`: the delivery that waited for this; it becomes the first of them.
	"""
	now = ports.clock.now_us()
	gather_us = ports.settings().notice_delay_minutes * MINUTE
	for reader in notice_readers(ports, thread):
		for verdict in decide(subject, reader.audience, now, gather_us):
			if verdict.channel not in ports.channels:
				continue
			for address in reader.addresses[verdict.channel] or [""]:
				_write(ports, thread, line, reader, address, verdict, subject, instead_of)
				instead_of = ""


def _write(
	ports: Ports,
	thread: ThreadRow,
	line: NoticeLineRow,
	reader: NoticeReader,
	address: str,
	verdict: Verdict,
	subject: Subject,
	instead_of: str,
) -> None:
	channel = ports.channels[verdict.channel]
	name, leaves = channel.rule.name, verdict.action == "Send"
	whose = f"{reader.user}:{address}" if is_of_browser(name) else reader.user
	is_text = leaves and channel.rule.is_paid
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
		# in another reader's night it may be so that it is not in this one's
		urgent=subject.urgent or verdict.reason == reasons.SENT_URGENT,
		promotional=subject.promotional,
		text=text_of(ports, thread, reader.user, address, [line], 1) if is_text else "",
		message_id=channel.new_message_id(ports) if leaves and channel.new_message_id else "",
		instead_of=instead_of,
	)
	if leaves and is_new:
		ports.queue.run_soon("deliver")
		if channel.rule.is_paid:
			warn(ports, thread, name)
