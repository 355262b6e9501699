"""The way by which somebody was to be notified has ended before it was taken: they learn of it by another that is open."""

from collections.abc import Iterable

from customer_thread.domain.notices.model import Verdict
from customer_thread.service.notices.audience import NoticeReader
from customer_thread.service.ports import Ports
from customer_thread.store import notices


def resort(ports: Ports, reader: NoticeReader, entry: int, verdicts: Iterable[Verdict]) -> None:
	"""Let the notices wait by which a reader learns of an entry after all, if no other has told of it, or still may.

	`verdicts`: by what is so now, one a channel.
	"""
	ways = [verdict for verdict in verdicts if verdict.action != "Skip"]
	browsers = reader.addresses["Push"]
	if ways and notices.resort(
		ports.database, entry, reader.user, ways, browsers[-1] if browsers else "", ports.clock.now_us()
	):
		ports.queue.run_soon("release")
