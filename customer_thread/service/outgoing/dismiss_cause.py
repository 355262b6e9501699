"""All that failed for one cause waits for nobody any more."""

from collections.abc import Sequence

from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, failures


def dismiss_all(ports: Ports, names: Sequence[str], upto_us: int) -> int:
	"""Let these deliveries wait for nobody any more, as far as they had failed by then, and return how many.

	One that was tried again meanwhile and failed anew waits: nobody has seen that.
	"""
	count = 0
	for name in names:
		row = deliveries.lock(ports.database, name)
		if row and 0 < row["failed_us"] <= upto_us:
			failures.settle(ports.database, name)
			count += 1
	ports.live.list_changed()
	return count
