"""The port to what the host keeps by itself about the rows of the program."""

from collections.abc import Sequence
from typing import Protocol

from customer_thread.domain.model import Party
from customer_thread.store.database import Name


class Traces(Protocol):
	"""What the host itself keeps about the program's rows, and goes when they do: remarks, versions, copies, logs."""

	def of_rows(self, doctype: str, names: Sequence[Name]) -> None:
		"""Forget what is kept about these rows of a DocType of ours."""

	def of_mails(self, message_ids: Sequence[str]) -> None:
		"""Forget the copies of mails that the program has sent, by their Message-IDs with angle brackets."""

	def of_faults(self, until_us: int, limit: int) -> int:
		"""Forget at most so many of the program's faults that were logged until then; return how many."""

	def of_party(self, party: Party) -> None:
		"""Forget what the host keeps of a customer for the program's sake alone, and sign them out."""


class NoTraces:
	"""A host that keeps nothing besides the program's own rows."""

	def of_rows(self, doctype: str, names: Sequence[Name]) -> None:
		"""Forget nothing."""

	def of_mails(self, message_ids: Sequence[str]) -> None:
		"""Forget nothing."""

	def of_faults(self, until_us: int, limit: int) -> int:
		"""Return 0."""
		return 0

	def of_party(self, party: Party) -> None:
		"""Forget nothing."""
