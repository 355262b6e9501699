"""Hold all threads that a transaction is to write in, before it writes in the first."""

from collections.abc import Collection

from customer_thread.service.ports import Ports
from customer_thread.store import threads


def hold_threads(ports: Ports, names: Collection[str]) -> None:
	"""Hold several threads, for whoever holds none yet. One alone is held where it is written in.

	In the order of their names: two that want the same ones wait for each other one after the other, never both at once.
	"""
	if len(names) > 1:
		for name in sorted(names):
			threads.lock(ports.database, name)
