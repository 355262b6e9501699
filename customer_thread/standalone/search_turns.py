"""How many searches run at once, so that those who read are never kept waiting by those who search."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from customer_thread.domain.errors import TooMany
from customer_thread.domain.limits import SEARCHES_AT_ONCE, SEARCHES_OF_ONE


class SearchTurns:
	"""Counts the searches that run."""

	def __init__(self) -> None:
		self._lock = threading.Lock()
		self._running: Counter[str] = Counter()

	@contextmanager
	def turn(self, whose: str) -> Iterator[None]:
		"""Search for one of many. Raise TooMany if they, or all together, search already."""
		with self._lock:
			if self._running[whose] >= SEARCHES_OF_ONE or self._running.total() >= SEARCHES_AT_ONCE:
				raise TooMany("Still searching. Please try again in a moment.")
			self._running[whose] += 1
		try:
			yield
		finally:
			with self._lock:
				self._running[whose] -= 1
				self._running += Counter()
