"""Staff have read up to here."""

from customer_thread.domain.errors import NotFound
from customer_thread.service.ports import Ports
from customer_thread.store import entries, threads


def mark_read_by_staff(ports: Ports, thread: str, upto: int) -> int:
	"""Note it, never backwards, and return how many of the customer's messages are unread. Raise NotFound."""
	row = threads.lock(ports.database, thread)
	if row is None or entries.get(ports.database, thread, upto) is None:
		raise NotFound("This message is not there.")
	read_upto = row["contractor_read_upto"]
	if upto <= read_upto and upto < row["last_entry"]:
		return row["contractor_unread"]
	read = entries.unread_by_staff_between(ports.database, thread, read_upto, upto)
	unread = max(0, row["contractor_unread"] - read) if upto < row["last_entry"] else 0
	threads.mark_read_by_staff(ports.database, thread, max(read_upto, upto), unread)
	return unread
