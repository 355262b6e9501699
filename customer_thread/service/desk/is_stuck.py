"""Whether what is to leave waits because nothing works in the background."""

from customer_thread.domain.times import MINUTE
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, notices

#: after so long it is no busy worker that is waited for
_LONG = 10 * MINUTE


def is_stuck(ports: Ports) -> bool:
	"""Return whether something has been due for ten minutes and nobody has taken it."""
	then = ports.clock.now_us() - _LONG
	return bool(deliveries.due(ports.database, then, 1) or notices.due(ports.database, then, 1))
