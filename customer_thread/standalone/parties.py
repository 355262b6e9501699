"""The Parties port: the embedded host's own customers."""

from collections.abc import Sequence

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.service.ports import PartyInfo, PortalReader
from customer_thread.standalone.database import SqliteDatabase


class SqliteParties:
	"""Customers in `tabCustomer`, made by `customer-thread customer`."""

	def __init__(self, database: SqliteDatabase) -> None:
		self._database = database

	def find(self, party: Party) -> PartyInfo | None:
		"""Return what is known, or None if there is no such customer."""
		if party.party_type != "Customer":
			return None
		rows = self._database.select(
			"SELECT customer_name, project, timezone FROM `tabCustomer` WHERE name = %(name)s",
			{"name": party.party},
		)
		return PartyInfo(rows[0]["customer_name"], rows[0]["project"], rows[0]["timezone"]) if rows else None

	def readers(self, party: Party) -> Sequence[PortalReader]:
		"""Return the customer: whoever has their sign-in link."""
		return [PortalReader(party.party)] if self.find(party) else []

	def parties_of(self, user: str) -> Sequence[Party]:
		"""Return the customer themselves."""
		party = Party("Customer", user)
		return [party] if self.find(party) else []

	def users_at(self, email: str) -> Sequence[str]:
		"""Return nobody: customers have the addresses on file alone."""
		return []

	def invitee(self, party: Party, emails: Sequence[str]) -> PortalReader | None:
		"""Return the customer: they are the user."""
		return next(iter(self.readers(party)), None)

	def let_in(
		self, party: Party, name: str, reader: PortalReader | None, emails: Sequence[str]
	) -> PortalReader:
		"""Return the customer, who reads their thread anyway."""
		if reader is None:
			raise NotFound("There is no customer “{0}”.", party.party)
		return reader

	def add(self, name: str, project: str, timezone: str) -> Party:
		"""Write a customer, inside a transaction, and return the party."""
		last = self._database.select("SELECT MAX(CAST(SUBSTR(name, 6) AS INTEGER)) AS n FROM `tabCustomer`")[
			0
		]["n"]
		party = Party("Customer", f"CUST-{(last or 0) + 1:05}")
		self._database.connection.execute(
			"INSERT INTO `tabCustomer` (name, customer_name, project, timezone) VALUES (?, ?, ?, ?)",
			(party.party, name, project, timezone),
		)
		return party
