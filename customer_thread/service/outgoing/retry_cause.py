"""All that failed for one cause is tried again."""

from collections.abc import Sequence

from customer_thread.domain.limits import RETRIES_PER_SECOND
from customer_thread.domain.times import SECOND
from customer_thread.service.outgoing.retry_delivery import requeue, wait_for_morning, why_not_again
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries


def retry_all(ports: Ports, names: Sequence[str], upto_us: int) -> int:
	"""Queue these deliveries that had failed by then anew, some a second, and return how many.

	What cannot be sent again, or was dealt with meanwhile, is left as it is. A person's words that are late by now
	wait for the end of quiet hours.
	"""
	count = 0
	for name in names:
		row = deliveries.lock(ports.database, name)
		if row is None or not 0 < row["failed_us"] <= upto_us or why_not_again(row):
			continue
		requeue(ports, row, after=count * SECOND // RETRIES_PER_SECOND)
		wait_for_morning(ports, name)
		count += 1
	return count
