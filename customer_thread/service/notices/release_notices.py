"""What was held is looked at again when its time has come: it is sent, several as one, waits on, or is of no use.

All that is held for one reader and channel is dealt with in one transaction, with the thread held: a crash leaves
it as it was, or done.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from customer_thread.domain.limits import NOTICE_LINES, NOTICES_RELEASED
from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.decide import decide
from customer_thread.domain.notices.model import NOTICE_CHANNELS, Verdict, is_of_browser
from customer_thread.service.notices.audience import NoticeReader, notice_reader
from customer_thread.service.notices.compose_notice import push_of, text_of
from customer_thread.service.notices.crowds import crowd_by_now
from customer_thread.service.notices.decide_notice import decide_notice
from customer_thread.service.notices.hold_message import hold_message
from customer_thread.service.notices.resort import resort
from customer_thread.service.notices.subject import subject_of
from customer_thread.service.outgoing.spending import warn
from customer_thread.service.ports import OutgoingChannel, Ports
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import deliveries, notices, threads
from customer_thread.store.notice_rows import HeldNoticeRow, HeldRow
from customer_thread.store.rows import DeliveryRow, ThreadRow


def due_groups(ports: Ports) -> Iterator[HeldRow]:
	"""Yield one of each group of deliveries whose time has come, the longest due first; each is to be released.

	They are read as they are asked for, some at a time, and outside of the transactions that release them.
	"""
	now, place = ports.clock.now_us(), (0, "")
	while rows := notices.due(ports.database, now, NOTICES_RELEASED, place):
		known = set()
		for row in rows:
			group = _group(row)
			if group not in known:
				known.add(group)
				yield row
		place = (rows[-1]["due_us"], rows[-1]["name"])


def _group(row: HeldRow) -> tuple[object, ...]:
	if row["purpose"] != "Notice":
		return (row["entry"] or row["name"],)
	if row["channel"] is None:
		return (row["name"],)
	browser = row["address"] if is_of_browser(row["channel"]) else ""
	return (row["thread"], row["reader"], row["channel"], browser)


def release_group(ports: Ports, group: HeldRow) -> int:
	"""Decide again about what is held with this one, with what is so now, and return how many waited."""
	thread = threads.lock(ports.database, group["thread"])
	if thread is None or thread["merged_into"]:
		# it was joined to another since this was read: there it is found the next time
		return 0
	if group["purpose"] != "Notice":
		if not group["entry"]:
			# an invitation, which stands in no thread
			return _release_message(ports, thread, group["name"])
		parts = deliveries.of_entry(ports.database, group["entry"])
		return sum(_release_message(ports, thread, part["name"]) for part in parts if _is_alike(part, group))
	if group["channel"] is None:
		is_decided = decide_notice(ports, thread, group["name"])
		if is_decided:
			show_change(ports, thread["name"])
		return int(is_decided)
	gathered = _Gathered(ports, thread, group, notice_reader(ports, thread, group["reader"]))
	place, count = (0, ""), 0
	while rows := notices.held(ports.database, group, NOTICES_RELEASED, place):
		for row in rows:
			gathered.look_at(row)
		count += len(rows)
		place = (rows[-1]["creation_us"], rows[-1]["name"])
	gathered.send()
	if count:
		show_change(ports, thread["name"])
	return count


def _is_alike(row: DeliveryRow, group: HeldRow) -> bool:
	"""Return whether a delivery of the same entry waits for the same."""
	return row["purpose"] == group["purpose"] and row["state"] == "Held"


def _release_message(ports: Ports, thread: ThreadRow, delivery: str) -> int:
	"""Queue a message that waited for quiet hours to end, or let it wait on; what was read meanwhile is of no use."""
	row = deliveries.lock(ports.database, delivery)
	if row is None or row["state"] != "Held" or row["due_us"] > ports.clock.now_us():
		return 0
	hold = hold_message(ports, thread, bool(row["promotional"]))
	if row["entry"] and row["entry"] <= thread["customer_read_upto"]:
		deliveries.skip(ports.database, row["name"], reasons.READ)
	elif hold:
		notices.hold(ports.database, row, hold)
	elif notices.unhold(ports.database, row, ports.clock.now_us()):
		ports.queue.run_soon("deliver")
	show_change(ports, thread["name"])
	return 1


@dataclass
class _Gathered:
	"""What goes into one notice."""

	ports: Ports
	thread: ThreadRow
	group: HeldRow
	#: None: they do not read the thread any more
	reader: NoticeReader | None
	now_us: int = 0
	rows: list[HeldNoticeRow] = field(default_factory=list)
	#: whether one of many that came at once is due: the others go along
	is_crowd_due: bool = False

	def __post_init__(self) -> None:
		self.now_us = self.ports.clock.now_us()

	@property
	def channel(self) -> OutgoingChannel:
		"""Return by what they are sent."""
		return self.ports.channel(self.group["channel"] or "")

	def look_at(self, row: HeldNoticeRow) -> None:
		"""Decide about one, the oldest first; what is not due goes along if all it waits for is that more come."""
		database = self.ports.database
		verdicts = self._decide(row)
		verdict = self._signed_out() or verdicts[self.group["channel"] or ""]
		is_of_crowd = row["reason"] == reasons.MANY_IN_THREAD
		if row["due_us"] > self.now_us:
			if verdict.action == "Send" and (self.is_crowd_due or not is_of_crowd):
				self._put_in(row)
			return
		self.is_crowd_due = self.is_crowd_due or is_of_crowd
		if verdict.action == "Skip":
			deliveries.skip(database, row["name"], verdict.reason)
			if self.reader:
				resort(self.ports, self.reader, row["name"], row["entry"], verdicts.values())
		elif verdict.action == "Hold":
			notices.wait(database, row["name"], verdict)
		else:
			self._put_in(row)

	def _put_in(self, row: HeldNoticeRow) -> None:
		# one that has been tried, or tells of others already, goes by itself
		if row["attempts"] or notices.carries_any(self.ports.database, row["name"]):
			self._send([row])
		else:
			self.rows.append(row)

	def _decide(self, row: HeldNoticeRow) -> dict[str, Verdict]:
		if self.reader is None:
			return {channel: Verdict(channel, "Skip", reasons.NO_READER) for channel in NOTICE_CHANNELS}
		is_read = row["entry"] <= self.thread["customer_read_upto"]
		is_void = bool(row["voided_by"] or row["erased_us"])
		if is_read or is_void:
			# of one that tells of others already these count, too
			told, _cards, latest = notices.counted(self.ports.database, row["name"], row["entry"])
			is_read, is_void = latest <= self.thread["customer_read_upto"], is_void and told == 1
		crowd = crowd_by_now(self.ports, self.thread["name"], row["creation_us"])
		# those of a thread that had so many are told together, and their time has come
		subject = subject_of(row, is_read=is_read, is_void=is_void, crowd="Site" if crowd == "Site" else None)
		verdicts = decide(subject, self.reader.audience, self.now_us, 0)
		return {verdict.channel: verdict for verdict in verdicts}

	def _signed_out(self) -> Verdict | None:
		"""Return why nothing is pushed to a browser that is not this reader's any more."""
		if self.reader is None or not is_of_browser(self.group["channel"]):
			return None
		is_theirs = self.group["address"] in self.reader.addresses["Push"]
		return None if is_theirs else Verdict("Push", "Skip", reasons.SIGNED_OUT)

	def send(self) -> None:
		"""Send what was put in, as one."""
		if self.rows:
			self._send(self.rows)

	def _send(self, rows: list[HeldNoticeRow]) -> None:
		carrier, others = rows[0], rows[1:]
		channel = self.channel
		message_id = carrier["provider_id"]
		if channel.new_message_id and not message_id:
			message_id = channel.new_message_id(self.ports)
		reason = reasons.SENT_URGENT if any(row["urgent"] for row in rows) else reasons.SENT
		database, address, text = self.ports.database, self._address(), ""
		# one that was put off again speaks of what it took along before, too
		told, _cards, _latest = notices.counted(database, carrier["name"], carrier["entry"])
		carried = notices.entries_in(database, carrier["name"], carrier["entry"], NOTICE_LINES)
		entries = [*carried, *(row["entry"] for row in others)][:NOTICE_LINES]
		total = told + len(others)
		if channel.rule.is_paid:
			lines = notices.lines_of(database, entries)
			text = text_of(self.ports, self.thread, self.group["reader"], address, lines, total)
		elif is_of_browser(self.group["channel"]) and total > 1:
			text = push_of(self.ports, self.thread, self.group["reader"], entries, total)
		if not notices.send(database, carrier["name"], reason, address, text, message_id, self.now_us):
			return
		for row in others:
			notices.carry(database, row["name"], carrier["name"])
		self.ports.queue.run_soon("deliver")
		if channel.rule.is_paid:
			warn(self.ports, self.thread, channel.rule.name)

	def _address(self) -> str:
		"""Return where it goes: of a mail or text that is what holds now."""
		known = self.reader.addresses if self.reader else {}
		found = known.get(self.channel.rule.name, ())
		return found[0] if found and not is_of_browser(self.group["channel"]) else self.group["address"]
