"""The port to a database, and the few helpers every query file needs."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

Row = dict[str, Any]
#: of a row: an int for autoincrement DocTypes, else a str
Name = int | str


class Duplicate(Exception):
	"""A row with this unique key is there already; the transaction goes on."""


class Database(Protocol):
	"""Tables named `tab<DocType>`; SQL with `%(name)s` parameters and backticks."""

	def select(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
		"""Return the rows of a query as this transaction sees them."""

	def look_again(self) -> None:
		"""Let `select` see what is there now, unless this transaction has written something.

		MariaDB asks one transaction after the other whether it goes on, so that what `select` sees may have the later of
		two without the one that it had waited for. Whoever looks again, after seeing the later one, sees both.
		"""

	def insert(self, doctype: str, values: Mapping[str, Any]) -> Name:
		"""Write a row and return its name. Raise Duplicate."""

	def update(
		self, doctype: str, name: Name, values: Mapping[str, Any], where: Mapping[str, Any] | None = None
	) -> bool:
		"""Change one row if it still matches `where` (compare and set); return whether it did."""

	def lock(self, doctype: str, where: Mapping[str, Any]) -> Row | None:
		"""Return the newest committed row that matches, held against other writers until the transaction ends.

		One of them, if several match. What it returns may be newer than what `select` sees.
		"""

	def delete(self, doctype: str, where: Mapping[str, Any]) -> int:
		"""Remove the rows that match and return how many. Entries and events can never be removed."""

	def after_commit(self, action: Callable[[], None]) -> None:
		"""Run this once the transaction holds; never if it is rolled back."""


def move_rows(database: Database, doctype: str, source: str, goal: str) -> list[Row]:
	"""Let a thread's rows of one DocType be another thread's, and return them as they were."""
	moved = []
	# held one by one: a query might not see what was committed since this transaction began to read
	while row := database.lock(doctype, {"thread": source}):
		database.update(doctype, row["name"], {"thread": goal})
		moved.append(row)
	return moved


def one_of(name: str, values: Iterable[Any], params: dict[str, Any]) -> str:
	"""Return "%(name0)s, %(name1)s" for an IN list and add its values to `params`."""
	keys = []
	for number, value in enumerate(values):
		keys.append(f"%({name}{number})s")
		params[f"{name}{number}"] = value
	return ", ".join(keys)


def containing(term: str) -> str:
	"""Return the LIKE pattern (with ESCAPE '!') for rows that contain exactly this."""
	return "%" + term.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
