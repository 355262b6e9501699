"""The Colleagues port: in this process's memory, as it is the only one that answers staff."""

import threading
from collections import OrderedDict

from customer_thread.domain.limits import COLLEAGUE_SECONDS, PRESENT_READERS
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Clock


class MemoryColleagues:
	"""Who was there when, and whether they wrote, the latest last."""

	def __init__(self, clock: Clock) -> None:
		self._clock = clock
		self._noted: OrderedDict[tuple[str, str], tuple[int, bool]] = OrderedDict()
		self._lock = threading.Lock()

	def note(self, thread: str, user: str, *, writing: bool) -> bool:
		"""Note that somebody is there now; return whether that is new."""
		with self._lock:
			self._forget_old()
			before = self._noted.get((thread, user))
			self._noted[thread, user] = (self._clock.now_us(), writing)
			self._noted.move_to_end((thread, user))
			while len(self._noted) > PRESENT_READERS:
				self._noted.popitem(last=False)
		return before is None or before[1] is not writing

	def leave(self, thread: str, user: str) -> bool:
		"""Note that they are not there any more; return whether that is new."""
		with self._lock:
			return self._noted.pop((thread, user), None) is not None

	def in_thread(self, thread: str) -> dict[str, bool]:
		"""Return who is there, and whether they write."""
		with self._lock:
			return self._current(thread)

	def _current(self, thread: str) -> dict[str, bool]:
		self._forget_old()
		return {user: writing for (of, user), (_at, writing) in self._noted.items() if of == thread}

	def _forget_old(self) -> None:
		now = self._clock.now_us()
		while self._noted:
			reader, (at, _writing) = next(iter(self._noted.items()))
			if 0 <= now - at < COLLEAGUE_SECONDS * SECOND:
				break
			del self._noted[reader]
