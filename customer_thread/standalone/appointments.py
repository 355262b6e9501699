"""The embedded host's appointments, as another program keeps them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from customer_thread.domain.schedule.appointment import Appointment, card_of
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.database import one_of

_ALL = "SELECT source_key, customer, title, starts_us, ends_us, state, cards FROM appointment"


class SqliteAppointments:
	"""A table of the host's own."""

	def __init__(self, database: SqliteDatabase) -> None:
		self.database = database

	def get(self, key: str) -> Appointment | None:
		"""Return one."""
		rows = self.database.select(f"{_ALL} WHERE source_key = %(key)s", {"key": key})
		return _appointment(rows[0]) if rows else None

	def of_customer(self, customer: str, keys: Collection[str]) -> set[str]:
		"""Return those of these keys whose appointments are this customer's."""
		params: dict[str, object] = {"customer": customer}
		listed = one_of("key", keys, params)
		rows = self.database.select(
			f"SELECT source_key FROM appointment WHERE customer = %(customer)s AND source_key IN ({listed})",
			params,
		)
		return {row["source_key"] for row in rows}

	def around(self, customer: str, now_us: int, limit: int) -> list[Appointment]:
		"""Return a customer's next ones, and the last ones before: at most so many of each."""
		params = {"customer": customer, "now": now_us, "limit": limit}
		of_hers = f"{_ALL} WHERE customer = %(customer)s AND starts_us"
		coming = self.database.select(f"{of_hers} >= %(now)s ORDER BY starts_us LIMIT %(limit)s", params)
		past = self.database.select(f"{of_hers} < %(now)s ORDER BY starts_us DESC LIMIT %(limit)s", params)
		return [_appointment(row) for row in (*coming, *past)]

	def keep(self, new: Appointment) -> Appointment | None:
		"""Write one down by its key, inside a transaction, and return what it was before."""
		before = self.get(new.source_key)
		cards = (before.cards if before else 0) + (card_of(before, new) is not None)
		if before is None or replace(new, cards=before.cards) != before:
			self.database.connection.execute(
				"INSERT INTO appointment (source_key, customer, title, starts_us, ends_us, state, cards) "
				"VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source_key) DO UPDATE SET customer = excluded.customer, "
				"title = excluded.title, starts_us = excluded.starts_us, ends_us = excluded.ends_us, "
				"state = excluded.state, cards = excluded.cards, confirmed_us = "
				"CASE WHEN starts_us = excluded.starts_us AND customer = excluded.customer THEN confirmed_us ELSE 0 END",
				(new.source_key, new.customer, new.title, new.starts_us, new.ends_us, new.state, cards),
			)
		return before

	def confirm(self, key: str, now_us: int) -> None:
		"""Note that its customer has said yes."""
		self.database.connection.execute(
			"UPDATE appointment SET confirmed_us = ? WHERE source_key = ?", (now_us, key)
		)


def _appointment(row: Mapping[str, Any]) -> Appointment:
	return Appointment(**row)
