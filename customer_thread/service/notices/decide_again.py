"""What becomes of a delivery that is about to be sent: time has passed since it was written down."""

from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.decide import decide
from customer_thread.domain.notices.model import Verdict, is_of_browser
from customer_thread.service.notices.audience import notice_reader
from customer_thread.service.notices.hold_message import hold_message
from customer_thread.service.notices.subject import subject_of
from customer_thread.service.ports import Ports
from customer_thread.store import entries, notices, threads
from customer_thread.store.rows import DeliveryRow, ThreadRow


def decide_again(ports: Ports, row: DeliveryRow) -> Verdict | None:
	"""Return why a notice is of no use any more, or until when it or a message by a machine waits; None: it is sent."""
	if row["purpose"] not in ("Message", "Notice", "Invitation"):
		return None
	thread = threads.get(ports.database, row["thread"]) if row["thread"] else None
	if thread and row["purpose"] == "Invitation":
		return hold_message(ports, thread, False)
	entry = entries.words_of(ports.database, row["entry"])
	if thread is None or entry is None:
		return None
	if row["purpose"] == "Notice":
		return _of_notice(ports, row, thread)
	if entry["author"] == "Automated" and (why := ports.automations.why_not(ports, row)):
		return Verdict("SMS", "Skip", why)
	is_by_machine = entry["author"] == "Automated" and not row["urgent"]
	if is_by_machine or row["promotional"]:
		return hold_message(ports, thread, bool(row["promotional"]))
	return None


def _of_notice(ports: Ports, row: DeliveryRow, thread: ThreadRow) -> Verdict | None:
	reader = notice_reader(ports, thread, row["reader"])
	if reader is None:
		return Verdict("SMS", "Skip", reasons.NO_READER)
	if is_of_browser(row["channel"]) and row["address"] not in reader.addresses["Push"]:
		return Verdict("Push", "Skip", reasons.SIGNED_OUT)
	[notice] = notices.with_entry(ports.database, row["name"])
	told, _cards, latest = notices.counted(ports.database, row["name"], row["entry"])
	subject = subject_of(
		notice,
		is_read=latest <= thread["customer_read_upto"],
		# of several that it tells, the others stand
		is_void=told == 1 and bool(notice["voided_by"]),
	)
	now = ports.clock.now_us()
	verdicts = decide(subject, reader.audience, now, 0)
	verdict = next(verdict for verdict in verdicts if verdict.channel == row["channel"])
	# of the last resort: no other way has told of it, though one has opened since
	return None if verdict.action == "Send" or verdict.reason == reasons.LAST_RESORT else verdict
