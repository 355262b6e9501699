"""Counts what somebody does too often or gets wrong, by a clock that nobody can set back."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from customer_thread.domain.limits import FAILURES

#: addresses that are remembered; the one that failed longest ago is forgotten first
_ADDRESSES = 10_000


class Attempts:
	"""What was lately done, by who did it."""

	def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
		self._now = now
		self._lock = threading.Lock()
		self._failed: OrderedDict[str, deque[float]] = OrderedDict()

	def hit(self, who: str, limit: tuple[int, int] = FAILURES) -> bool:
		"""Note an attempt and return whether it was still one of those allowed: so many in so many seconds."""
		most, seconds = limit
		now = self._now()
		with self._lock:
			failed = self._failed.setdefault(who, deque())
			self._failed.move_to_end(who)
			while failed and now - failed[0] >= seconds:
				failed.popleft()
			is_allowed = len(failed) < most
			if is_allowed:
				failed.append(now)
			while len(self._failed) > _ADDRESSES:
				self._failed.popitem(last=False)
		return is_allowed
