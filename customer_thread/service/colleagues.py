"""The Colleagues port."""

from typing import Protocol


class Colleagues(Protocol):
	"""Who of the staff has a thread open, and whether they write in it; forgotten after `COLLEAGUE_SECONDS`, in no table."""

	def note(self, thread: str, user: str, *, writing: bool) -> bool:
		"""Note that somebody is there now; return whether that is new."""

	def leave(self, thread: str, user: str) -> bool:
		"""Note that they are not there any more; return whether that is new."""

	def in_thread(self, thread: str) -> dict[str, bool]:
		"""Return who is there, and whether they write."""
