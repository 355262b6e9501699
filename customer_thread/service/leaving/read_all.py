"""All of a thread, the oldest first, a page at a time."""

from collections.abc import Iterator, Sequence

from customer_thread.domain.limits import PAGE_ENTRIES
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.wording import Reader
from customer_thread.service.ports import Ports
from customer_thread.service.reading.present import EntryView, present
from customer_thread.service.reading.read_timeline import place
from customer_thread.store import entries
from customer_thread.store.rows import PageRow, ThreadRow

_BEFORE_ALL = Cursor(-(2**62), 0)


def read_all(
	ports: Ports, thread: ThreadRow, reader: Reader
) -> Iterator[tuple[Sequence[PageRow], Sequence[EntryView]]]:
	"""Yield the pages of a thread: the rows, and the entries exactly as the portal shows them to the customer."""
	after = _BEFORE_ALL
	while rows := entries.newer(ports.database, thread["name"], PAGE_ENTRIES, after):
		yield rows, present(ports, thread, rows, reader)
		after = place(rows[-1])
