"""The way by which somebody was to be notified has ended before it was taken: they learn of it by another that is open."""

from collections.abc import Iterable

from customer_thread.domain.limits import NOTICES_RELEASED
from customer_thread.domain.notices.decide import decide
from customer_thread.domain.notices.model import Verdict
from customer_thread.service.notices.audience import NoticeReader, notice_reader
from customer_thread.service.notices.subject import subject_of
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, notices, threads


def resort(
	ports: Ports, reader: NoticeReader, delivery: str, entry: int, verdicts: Iterable[Verdict]
) -> None:
	"""Let the notices wait by which a reader learns of what this one told, if no other has told it, or still may.

	`verdicts`: by what is so now, one a channel.
	"""
	ways = [verdict for verdict in verdicts if verdict.action != "Skip"]
	if not ways:
		return
	browsers, now_us = reader.addresses["Push"], ports.clock.now_us()
	browser = browsers[-1] if browsers else ""
	told = notices.entries_in(ports.database, delivery, entry, NOTICES_RELEASED)
	if any([notices.resort(ports.database, one, reader.user, ways, browser, now_us) for one in told]):
		ports.queue.run_soon("release")


def resort_from(ports: Ports, delivery: str) -> None:
	"""Let another way tell what this delivery was to tell, whose way has ended just before it was taken."""
	row = deliveries.get(ports.database, delivery)
	thread = threads.get(ports.database, row["thread"]) if row and row["thread"] else None
	if row is None or thread is None or row["purpose"] != "Notice" or not row["entry"]:
		return
	reader = notice_reader(ports, thread, row["reader"])
	if reader is None:
		return
	[notice] = notices.with_entry(ports.database, row["name"])
	# whether it was read or taken back meanwhile is asked when they are released
	subject = subject_of(notice, is_read=False, is_void=False)
	verdicts = decide(subject, reader.audience, ports.clock.now_us(), 0)
	resort(ports, reader, row["name"], row["entry"], verdicts)
