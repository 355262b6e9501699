"""The Team port."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from customer_thread.domain.model import ContactKind
from customer_thread.domain.phrase import Phrase


@dataclass(frozen=True)
class Member:
	"""Somebody of the business, and how they are told of what a customer wrote."""

	#: by which the host knows them
	user: str
	#: E.164, and in lower case; empty: none is known
	phone: str = ""
	email: str = ""

	def at(self, kind: ContactKind | None) -> str:
		"""Return their number or address, or an empty string."""
		return {"Phone": self.phone, "Email": self.email}.get(kind or "", "")


class Team(Protocol):
	"""The people of the business: what each may see, how they are told, and whose turn it is in a thread."""

	def member(self, user: str) -> Member:
		"""Return how somebody is told."""

	def user_with(self, phone: str) -> str:
		"""Return the one of the host's own users who works with threads and has this number, E.164; or an empty string."""

	def may_see(self, user: str, thread: str) -> bool:
		"""Return whether somebody works here and may see a thread."""

	def seeing(self, thread: str) -> Sequence[tuple[str, str]]:
		"""Return who may see a thread, by the host's name for them and their own, in the order of the latter."""

	def people(self) -> Sequence[tuple[str, str]]:
		"""Return who works here, whatever they may see, as `seeing` does."""

	def managers(self, thread: str) -> Sequence[Member]:
		"""Return who of those that may see a thread sees to it that all are answered."""

	def alert(self, user: str, thread: str, said: Phrase, *, by: str | None = None) -> None:
		"""Put a line about a thread, which they may see, into somebody's bell; `by`: the user who means them by name, empty
		for one who is not known; None: nobody does.
		"""

	def settle(self, thread: str, user: str) -> None:
		"""See to it soon that a thread is nobody's who may not see it any more, and that the host's own rules are followed.

		`user`: whose turn it is; empty for everybody's. Once the transaction holds.
		"""

	def give(self, thread: str, user: str) -> None:
		"""Let it be this user's turn in a thread, which is held; nobody's if it is empty."""
