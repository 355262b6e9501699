"""The Team port: names, as the setting *Phones of the team* has them or a caller gives them."""

from collections.abc import Callable, Sequence

from customer_thread.domain.people.addresses import email, phone
from customer_thread.domain.phrase import Phrase
from customer_thread.service.settings import Settings
from customer_thread.service.team import Member
from customer_thread.store import threads
from customer_thread.store.database import Database


class NamedTeam:
	"""Everybody who has a staff token sees every thread here, and a name is whoever it names."""

	def __init__(self, database: Database, settings: Callable[[], Settings]) -> None:
		self._database = database
		self._settings = settings

	def member(self, user: str) -> Member:
		"""Return how somebody is told."""
		settings = self._settings()
		for name, number, address in settings.team:
			if name == user:
				known, mailbox = phone(number, settings.default_region), email(address)
				return Member(user, known.value if known else "", mailbox.value if mailbox else "")
		return Member(user)

	def user_with(self, phone: str) -> str:
		"""Return nobody: who has a phone is in the settings."""
		return ""

	def may_see(self, user: str, thread: str) -> bool:
		"""Return whether it is a name."""
		return bool(user)

	def people(self) -> Sequence[tuple[str, str]]:
		"""Return who is named in the settings."""
		return self.seeing("")

	def seeing(self, thread: str) -> Sequence[tuple[str, str]]:
		"""Return who is named in the settings."""
		return sorted((name, name) for name, _phone, _email in self._settings().team)

	def managers(self, thread: str) -> Sequence[Member]:
		"""Return nobody: the contractor is told."""
		return ()

	def alert(self, user: str, thread: str, said: Phrase, *, by: str | None = None) -> None:
		"""There is no Desk here, and no bell."""

	def settle(self, thread: str, user: str) -> None:
		"""Nothing to do: there are no rules, and everybody sees every thread."""

	def give(self, thread: str, user: str) -> None:
		"""Write it down."""
		threads.set_done(self._database, thread, {"assigned_to": user or None})
