"""The Database port on a Frappe site; the only place that hands SQL to it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import frappe
from frappe.utils import now

from customer_thread.frappe_host.record import fill
from customer_thread.frappe_host.times import site_time
from customer_thread.store.database import Duplicate, Name, Row

#: written through the document API, so that other apps' doc events see them
THROUGH_DOCUMENTS = frozenset({"Customer Thread", "Thread Entry", "Thread Event"})
#: owns what the program writes: a customer who owned their reply could delete it over REST
SYSTEM_USER = "Administrator"


class FrappeDatabase:
	"""The site's database in the transaction of the request or job at hand."""

	def select(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
		"""Return the rows of a query."""
		return list(_run(sql, params))

	def look_again(self) -> None:
		"""Let `select` see what is there now, unless this transaction has written something."""
		if not frappe.db.transaction_writes and not _has_gone_back():
			# MariaDB ends the transaction before by this; what waits for the end of the request's own, waits still
			frappe.db.begin()

	def insert(self, doctype: str, values: Mapping[str, Any]) -> Name:
		"""Write a row and return its name. Raise Duplicate."""
		document = frappe.get_doc({"doctype": doctype, **values})
		document.creation = document.modified = now()
		document.owner = document.modified_by = SYSTEM_USER
		if values.get("occurred_at"):
			# for the Desk, which takes every time for the site's
			document.occurred_at = site_time(values["occurred_us"])
		said = len(frappe.local.message_log)
		try:
			if doctype in THROUGH_DOCUMENTS:
				document.flags.ignore_permissions = True
				document.flags.ignore_links = True
				document.flags.owned_by = SYSTEM_USER
				document.insert()
			else:
				fill(document)
				document.db_insert()
		except (frappe.UniqueValidationError, frappe.DuplicateEntryError) as error:
			# a repeat is nothing that whoever asked must hear of
			del frappe.local.message_log[said:]
			raise Duplicate(str(error)) from error
		name: Name = document.name
		return name

	def update(
		self, doctype: str, name: Name, values: Mapping[str, Any], where: Mapping[str, Any] | None = None
	) -> bool:
		"""Change one row if it still matches `where`; return whether it did."""
		# MariaDB counts only rows that get other values; one that has them already matches too
		if where and self.lock(doctype, {"name": name, **where}) is None:
			return False
		changed = self._write(doctype, name, values)
		return bool(where or changed or self.lock(doctype, {"name": name}))

	def _write(self, doctype: str, name: Name, values: Mapping[str, Any]) -> int:
		changes = ", ".join(f"`{key}` = %(set_{key})s" for key in values)
		params = {f"set_{key}": value for key, value in values.items()}
		_run(f"UPDATE `tab{doctype}` SET {changes} WHERE name = %(name)s", {**params, "name": name})
		return int(frappe.db._cursor.rowcount)

	def lock(self, doctype: str, where: Mapping[str, Any]) -> Row | None:
		"""Return the newest committed row that matches, held until the transaction ends."""
		rows = self.select(f"SELECT * FROM `tab{doctype}` WHERE {_matching(where)} FOR UPDATE", where)
		return rows[0] if rows else None

	def delete(self, doctype: str, where: Mapping[str, Any]) -> int:
		"""Remove the rows that match and return how many."""
		if doctype in ("Thread Entry", "Thread Event"):
			raise frappe.PermissionError(frappe._("The thread is a record: nothing in it can be deleted."))
		_run(f"DELETE FROM `tab{doctype}` WHERE {_matching(where)}", where)
		return int(frappe.db._cursor.rowcount)

	def after_commit(self, action: Callable[[], None]) -> None:
		"""Run this once the transaction holds."""
		frappe.db.after_commit.add(action)


def _run(sql: str, params: Mapping[str, Any] | None) -> Iterable[Row]:
	"""Hand SQL to the site and return the rows of its answer; `frappe.db._cursor` knows how many it changed."""
	# an empty dict would make every % of the query a parameter
	given = (dict(params),) if params else ()
	rows: Iterable[Row] = frappe.db.sql(sql, *given, as_dict=True)  # written once for both hosts  # nosemgrep
	return rows


def _has_gone_back() -> bool:
	"""Return whether a savepoint was rolled back on this connection: Frappe then counts no write from before it."""
	if frappe.db.db_type != "mariadb":
		return False
	[(_name, times)] = frappe.db.sql("SHOW SESSION STATUS LIKE 'Handler_savepoint_rollback'")
	return int(times) > 0


def _matching(where: Mapping[str, Any]) -> str:
	return " AND ".join(
		f"`{key}` IS NULL" if value is None else f"`{key}` = %({key})s" for key, value in where.items()
	)
