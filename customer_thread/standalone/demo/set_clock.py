"""A clock that can be set."""

from customer_thread.gateways.system import SystemClock


class SetClock(SystemClock):
	"""Ticks like any other, from whatever moment it was set to."""

	def set_to(self, us: int) -> None:
		"""Make it this moment now, in µs since 1970 UTC."""
		self.offset_us += us - self.now_us()
