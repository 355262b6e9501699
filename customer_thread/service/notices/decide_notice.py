"""Who is notified of an entry, by what and when, is decided and written down."""

from dataclasses import replace

from customer_thread.service.notices.crowds import crowd_by_now
from customer_thread.service.notices.subject import subject_of
from customer_thread.service.notices.write_verdicts import write_verdicts
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, notices
from customer_thread.store.rows import ThreadRow


def decide_notice(ports: Ports, thread: ThreadRow, delivery: str) -> bool:
	"""Write down for each reader and channel what becomes of a notice, in place of this delivery.

	Where a message of its own is yet to tell what a card says, it waits for that. Return whether it was yet to be
	decided. The thread is held.
	"""
	# what another worker has just decided is not decided twice, whatever this transaction has read before
	newest = deliveries.lock(ports.database, delivery)
	if newest is None or newest["state"] != "Held" or newest["channel"]:
		return False
	[row] = notices.with_entry(ports.database, delivery)
	subject = subject_of(
		row,
		is_read=row["entry"] <= thread["customer_read_upto"],
		is_void=bool(row["voided_by"] or row["erased_us"]),
		crowd=crowd_by_now(ports, thread["name"], row["creation_us"]),
	)
	told = ports.automations.instead_of_notice(ports, row["entry"]) if row["kind"] == "Event" else None
	if told and told.action == "Hold":
		notices.wait(ports.database, delivery, told)
		return True
	subject = replace(subject, is_announced=told is not None)
	[line] = notices.lines_of(ports.database, [row["entry"]])
	write_verdicts(ports, thread, line, subject, row["name"])
	return True
