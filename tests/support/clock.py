"""A Clock and an Ids port that tests turn by hand."""

import random
import threading

#: Thu May 15 2025, 10:15am in New York: the day of the example in docs/behaviour.md
NOW = 1_747_318_500_000_000


class FixedClock:
	"""Stands still until it is moved."""

	def __init__(self, us: int = NOW) -> None:
		self.us = us

	def now_us(self) -> int:
		"""Return µs since 1970 UTC."""
		return self.us

	def move(self, us: int) -> None:
		"""Let time pass."""
		self.us += us


class SeededIds:
	"""Random, and the same in every run."""

	def __init__(self, seed: int = 1) -> None:
		self._random = random.Random(seed)
		self._guard = threading.Lock()

	def token(self) -> str:
		"""Return 160 random bits as lower-case hexadecimal digits."""
		with self._guard:
			return f"{self._random.getrandbits(160):040x}"

	def below(self, limit: int) -> int:
		"""Return a random whole number from 0 up to, not including, `limit`."""
		with self._guard:
			return self._random.randrange(limit)
