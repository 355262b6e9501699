"""The Traces port: the embedded host has a customer's row, sessions and appointments of its own."""

from customer_thread.domain.model import Party
from customer_thread.service.traces import NoTraces
from customer_thread.standalone.database import SqliteDatabase


class SqliteTraces(NoTraces):
	"""What the host keeps beside the program's own rows; all of it is there for the program alone."""

	def __init__(self, database: SqliteDatabase) -> None:
		self._database = database

	def of_party(self, party: Party) -> None:
		"""Forget the customer, sign them out, and forget what was planned with them."""
		if party.party_type != "Customer":
			return
		for table, column in (
			("`tabCustomer`", "name"),
			("session", "customer"),
			("appointment", "customer"),
		):
			self._database.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (party.party,))
