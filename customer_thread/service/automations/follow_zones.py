"""Find what waits by the clocks of a place where its customer does not live any more.

Whoever chooses another zone has it planned anew at once; an address that was changed on the host says nothing.
"""

from collections.abc import Iterator

from customer_thread.domain.limits import MESSAGES_DUE
from customer_thread.domain.times import DAY, zone
from customer_thread.service.ports import Ports
from customer_thread.store import scheduled_messages, threads

#: no two places are further apart, and a day more
_AHEAD = 2 * DAY


def threads_elsewhere(ports: Ports) -> Iterator[str]:
	"""Yield the threads in which something soon due was planned for another zone; each is to be planned anew."""
	until, place = ports.clock.now_us() + _AHEAD, (0, "")
	seen: dict[str, str] = {}
	while rows := scheduled_messages.due(ports.database, until, MESSAGES_DUE, place):
		for row in rows:
			name = row["thread"]
			if name in seen:
				continue
			thread = threads.get(ports.database, name)
			seen[name] = zone(ports.notices.zone_of(ports, thread)).key if thread else ""
			if row["computed_from"] and not row["computed_from"].endswith(f":{seen[name]}"):
				yield name
		place = (rows[-1]["due_us"], rows[-1]["name"])
