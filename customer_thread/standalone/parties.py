"""The Parties port: the embedded host's own customers."""

from collections.abc import Sequence

from customer_thread.domain.errors import BadInput, NotFound
from customer_thread.domain.limits import LIKELY_LOOKED_AT
from customer_thread.domain.model import Address, Party
from customer_thread.domain.people.likely import Sign
from customer_thread.domain.times import HOUR
from customer_thread.service.ports import PartyInfo, PortalReader
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.database import one_of


class SqliteParties:
	"""Customers in `tabCustomer`, made by `customer-thread customer`."""

	def __init__(self, database: SqliteDatabase) -> None:
		self._database = database

	def find(self, party: Party) -> PartyInfo | None:
		"""Return what is known, or None if there is no such customer."""
		if party.party_type != "Customer":
			return None
		rows = self._database.select(
			"SELECT customer_name, project, timezone, language FROM `tabCustomer` WHERE name = %(name)s",
			{"name": party.party},
		)
		return PartyInfo(*rows[0].values()) if rows else None

	def readers(self, party: Party) -> Sequence[PortalReader]:
		"""Return the customer: whoever has their sign-in link."""
		found = self.find(party)
		return [PortalReader(party.party, language=found.language)] if found else []

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

	def signs(self, names: Sequence[str], address: Address, now_us: int) -> Sequence[Sign]:
		"""Return customers of one of these names, and those with an appointment within half a day."""
		params: dict[str, object] = {
			"since": now_us - 12 * HOUR,
			"until": now_us + 12 * HOUR,
			"most": LIKELY_LOOKED_AT,
		}
		rows = self._database.select(
			"SELECT c.name, c.customer_name, a.starts_us FROM appointment a JOIN `tabCustomer` c ON c.name = a.customer "
			"WHERE a.starts_us BETWEEN %(since)s AND %(until)s AND a.state = 'Scheduled' "
			"ORDER BY a.starts_us LIMIT %(most)s",
			params,
		)
		found = [
			Sign("Customer", row["name"], row["customer_name"], "Appointment", str(row["starts_us"]))
			for row in rows
		]
		listed = one_of("name", [name.lower() for name in names], params)
		if listed:
			named = self._database.select(
				f"SELECT name, customer_name FROM `tabCustomer` WHERE LOWER(customer_name) IN ({listed}) LIMIT %(most)s",
				params,
			)
			found += [
				Sign("Customer", row["name"], row["customer_name"], "Name", row["customer_name"])
				for row in named
			]
		return found

	def makes(self) -> Sequence[str]:
		"""Return that customers are all there is here."""
		return ["Customer"]

	def make(self, what: str, name: str, address: Address, customer: str) -> Party:
		"""Write a customer."""
		if what != "Customer":
			raise BadInput("{0} cannot be made here.", what)
		return self.add(name, "", "")

	def let_in(
		self, party: Party, name: str, reader: PortalReader | None, emails: Sequence[str]
	) -> PortalReader:
		"""Return the customer, who reads their thread anyway."""
		if reader is None:
			raise NotFound("There is no customer “{0}”.", party.party)
		return reader

	def add(self, name: str, project: str, timezone: str, language: str = "") -> Party:
		"""Write a customer, inside a transaction, and return the party."""
		last = self._database.select("SELECT MAX(CAST(SUBSTR(name, 6) AS INTEGER)) AS n FROM `tabCustomer`")[
			0
		]["n"]
		party = Party("Customer", f"CUST-{(last or 0) + 1:05}")
		self._database.connection.execute(
			"INSERT INTO `tabCustomer` (name, customer_name, project, timezone, language) VALUES (?, ?, ?, ?, ?)",
			(party.party, name, project, timezone, language),
		)
		return party
