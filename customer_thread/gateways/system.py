"""The Clock and Ids ports on any machine."""

import secrets
import time


class SystemClock:
	"""This machine's time, moved by `offset_us` where a demonstration plays on another day."""

	def __init__(self, offset_us: int = 0) -> None:
		self.offset_us = offset_us

	def now_us(self) -> int:
		"""Return µs since 1970 UTC."""
		return time.time_ns() // 1000 + self.offset_us


class SystemIds:
	"""Randomness fit for secrets."""

	def token(self) -> str:
		"""Return 160 random bits as 40 hexadecimal digits."""
		return secrets.token_hex(20)

	def below(self, limit: int) -> int:
		"""Return a random whole number from 0 up to, not including, `limit`."""
		return secrets.randbelow(limit)
