"""The customer has read up to here."""

from customer_thread.domain.errors import NotFound
from customer_thread.service.ports import Ports
from customer_thread.store import entries, threads


def mark_read(ports: Ports, thread: str, upto: int) -> int:
	"""Note it, never backwards, and return how many are still unread. Raise NotFound."""
	row = threads.lock(ports.database, thread)
	if row is None or entries.get(ports.database, thread, upto) is None:
		raise NotFound("This message is not there.")
	if upto <= (row["customer_read_upto"] or 0):
		return int(row["customer_unread"] or 0)
	unread = entries.unread_after(ports.database, thread, upto)
	ports.database.update(threads.THREAD, thread, {"customer_read_upto": upto, "customer_unread": unread})
	return unread
