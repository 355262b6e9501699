"""Who is notified of a document's card is decided once the document is saved."""

from customer_thread.domain.notices.model import Subject
from customer_thread.service.notices.crowds import crowd_by_now
from customer_thread.service.notices.write_verdicts import write_verdicts
from customer_thread.service.ports import Ports
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import deliveries, notices
from customer_thread.store.rows import ThreadRow


def decide_late(ports: Ports, thread: ThreadRow, delivery: str) -> bool:
	"""Write down for each reader and channel what becomes of a notice, in place of this delivery.

	Return whether it was yet to be decided. The thread is held.
	"""
	# what another worker has just decided is not decided twice, whatever this transaction has read before
	newest = deliveries.lock(ports.database, delivery)
	if newest is None or newest["state"] != "Held" or newest["channel"]:
		return False
	[row] = notices.held_one(ports.database, delivery)
	subject = Subject(
		row["kind"],
		row["author"],
		None,
		known_us=row["creation_us"],
		notify=True,
		urgent=bool(row["urgent"]),
		promotional=bool(row["promotional"]),
		is_read=row["entry"] <= thread["customer_read_upto"],
		is_void=bool(row["voided_by"] or row["erased_us"]),
		crowd=crowd_by_now(ports, thread["name"], row["creation_us"]),
	)
	[line] = notices.lines_of(ports.database, [row["entry"]])
	write_verdicts(ports, thread, line, subject, instead_of=row["name"])
	show_change(ports, thread["name"])
	return True
