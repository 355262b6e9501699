"""The Presence port: in this process's memory, as it is the only one that answers pages and sends notices."""

import threading
from collections import OrderedDict

from customer_thread.domain.limits import PRESENCE_SECONDS, PRESENT_READERS, PRESENT_SECONDS
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Clock


class MemoryPresence:
	"""Who was there when, the latest last."""

	def __init__(self, clock: Clock) -> None:
		self._clock = clock
		self._noted: OrderedDict[tuple[str, str], int] = OrderedDict()
		self._lock = threading.Lock()

	def note(self, thread: str, user: str) -> None:
		"""Note that somebody is there now."""
		reader, now = (thread, user), self._clock.now_us()
		with self._lock:
			if 0 <= now - self._noted.get(reader, -PRESENT_SECONDS * SECOND) < PRESENCE_SECONDS * SECOND:
				return
			self._noted[reader] = now
			self._noted.move_to_end(reader)
			while len(self._noted) > PRESENT_READERS:
				self._noted.popitem(last=False)

	def leave(self, thread: str, user: str) -> None:
		"""Note that they are not there any more."""
		with self._lock:
			self._noted.pop((thread, user), None)

	def is_present(self, thread: str, user: str) -> bool:
		"""Return whether they are there."""
		noted = self._noted.get((thread, user))
		return noted is not None and 0 <= self._clock.now_us() - noted < PRESENT_SECONDS * SECOND
