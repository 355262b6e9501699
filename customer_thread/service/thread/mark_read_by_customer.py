"""The customer has read up to here."""

from customer_thread.domain.errors import NotFound
from customer_thread.service.ports import Ports
from customer_thread.store import entries, threads


def mark_read_by_customer(ports: Ports, thread: str, upto: int) -> int:
	"""Note it, never backwards, and return how many are still unread. Raise NotFound."""
	row = threads.lock(ports.database, thread)
	if row is None or entries.get(ports.database, thread, upto) is None:
		raise NotFound("This message is not there.")
	if upto <= row["customer_read_upto"]:
		return row["customer_unread"]
	# counted down, not anew: an entry committed since this transaction began to read is not seen by it
	read = entries.unread_by_customer_between(ports.database, thread, row["customer_read_upto"], upto)
	unread = max(0, row["customer_unread"] - read) if upto < row["last_entry"] else 0
	threads.mark_read_by_customer(ports.database, thread, upto, unread, ports.clock.now_us())
	return unread
