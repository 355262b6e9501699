"""The Database port on a real MariaDB, in the tables and with the conversions of Frappe 15."""

import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timezone
from pathlib import Path
from typing import Any

import pymysql
from pymysql.constants import ER, FIELD_TYPE
from pymysql.converters import conversions
from pymysql.cursors import DictCursor

from customer_thread.domain.errors import Unavailable
from customer_thread.domain.times import to_utc
from customer_thread.service.ports import Clock
from customer_thread.store.database import Duplicate, Name, Row
from support.mariadb_schema import ddl, doctypes, is_numbered, length, sequence, stored_fields

_BUSY = {ER.LOCK_DEADLOCK, ER.LOCK_WAIT_TIMEOUT, ER.CHECKREAD}
_RECORD = {"Thread Entry", "Thread Event"}
#: Frappe fills a Link that is None, but not one that is empty, from the site's defaults by the field's name
_SITE_DEFAULTS = {"currency": "USD"}


class MariaDatabase:
	"""One connection a thread; REPEATABLE READ, as a Frappe site has it."""

	def __init__(self, socket: Path, schema: str, clock: Clock) -> None:
		self._socket = socket
		self._schema = schema
		self._clock = clock
		self._local = threading.local()
		self._open: list[pymysql.Connection[DictCursor]] = []

	@property
	def connection(self) -> "pymysql.Connection[DictCursor]":
		"""Return this thread's connection."""
		connection = getattr(self._local, "connection", None)
		if connection is None:
			connection = pymysql.connect(
				unix_socket=str(self._socket),
				user="root",
				database=self._schema,
				charset="utf8mb4",
				collation="utf8mb4_unicode_ci",
				# Frappe reads a decimal as a float
				conv={**conversions, FIELD_TYPE.NEWDECIMAL: float},
				cursorclass=DictCursor,
				autocommit=True,
			)
			self._local.connection = connection
			self._local.is_open = False
			self._open.append(connection)
		return connection

	def another(self) -> "MariaDatabase":
		"""Return the same database over connections of its own."""
		return MariaDatabase(self._socket, self._schema, self._clock)

	def create_tables(self) -> None:
		"""Make every table."""
		for statement in ddl():
			self.run(statement)

	def empty(self) -> None:
		"""Remove every row, also of the tables that are never emptied otherwise."""
		for doctype, meta in doctypes().items():
			if not meta.get("issingle"):
				self.run(f"DELETE FROM `tab{doctype}`")

	def run(self, sql: str, params: Mapping[str, Any] | None = None) -> int:
		"""Run a statement and return how many rows it changed."""
		connection = self.connection
		self._local.has_written = True
		try:
			with connection.cursor() as cursor:
				return cursor.execute(sql, params or None)
		except pymysql.err.OperationalError as error:
			if error.args[0] in _BUSY:
				raise Unavailable("The system is busy for a moment. Please try again.") from error
			raise

	@contextmanager
	def transaction(self) -> Iterator[None]:
		"""Everything inside holds together or not at all."""
		connection = self.connection
		if self._local.is_open:
			raise RuntimeError("a transaction is open already")
		self._local.after_commit = []
		self._local.has_written = False
		connection.begin()
		self._local.is_open = True
		try:
			yield
			connection.commit()
		except BaseException:
			connection.rollback()
			raise
		finally:
			self._local.is_open = False
		actions, self._local.after_commit = self._local.after_commit, []
		for action in actions:
			action()

	def select(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
		"""Return the rows of a query as this transaction sees them."""
		with self.connection.cursor() as cursor:
			cursor.execute(sql, params or None)
			return list(cursor.fetchall())

	def look_again(self) -> None:
		"""Let `select` see what is there now, unless this transaction has written something."""
		connection = self.connection
		if self._local.is_open and not self._local.has_written:
			connection.begin()

	def insert(self, doctype: str, values: Mapping[str, Any]) -> Name:
		"""Write a row as `Document.insert` does and return its name. Raise Duplicate."""
		self._require_transaction()
		row = _document(doctype, values)
		if is_numbered(doctype):
			row["name"] = self.select(f"SELECT nextval({sequence(doctype)}) AS n")[0]["n"]
		else:
			row.setdefault("name", secrets.token_hex(5))
		now = to_utc(self._clock.now_us()).astimezone(timezone.utc).replace(tzinfo=None)
		row |= {"creation": now, "modified": now, "owner": "Administrator", "modified_by": "Administrator"}
		columns = ", ".join(f"`{name}`" for name in row)
		marks = ", ".join(f"%({name})s" for name in row)
		try:
			self.run(f"INSERT INTO `tab{doctype}` ({columns}) VALUES ({marks})", row)
		except pymysql.err.IntegrityError as error:
			if error.args[0] == ER.DUP_ENTRY:
				raise Duplicate(str(error)) from error
			raise
		name: Name = row["name"]
		return name

	def update(
		self, doctype: str, name: Name, values: Mapping[str, Any], where: Mapping[str, Any] | None = None
	) -> bool:
		"""Change one row if it still matches `where`; return whether it did."""
		self._require_transaction()
		where = {"name": name, **(where or {})}
		# a row that has these values already matches too: MariaDB alone counts only changed ones
		found = self.lock(doctype, where)
		if found is None:
			return False
		changes = ", ".join(f"`{key}` = %({key})s" for key in values)
		self.run(
			f"UPDATE `tab{doctype}` SET {changes} WHERE name = %(the_name)s", {**values, "the_name": name}
		)
		return True

	def lock(self, doctype: str, where: Mapping[str, Any]) -> Row | None:
		"""Return the newest committed row that matches, held until the transaction ends."""
		self._require_transaction()
		conditions = " AND ".join(f"`{key}` <=> %({key})s" for key in where)
		try:
			rows = self.select(f"SELECT * FROM `tab{doctype}` WHERE {conditions} LIMIT 1 FOR UPDATE", where)
		except pymysql.err.OperationalError as error:
			if error.args[0] in _BUSY:
				raise Unavailable("The system is busy for a moment. Please try again.") from error
			raise
		return rows[0] if rows else None

	def delete(self, doctype: str, where: Mapping[str, Any]) -> int:
		"""Remove the rows that match and return how many."""
		self._require_transaction()
		if doctype in _RECORD:
			raise PermissionError("The thread is a record: nothing in it can be deleted")
		conditions = " AND ".join(f"`{key}` = %({key})s" for key in where)
		return self.run(f"DELETE FROM `tab{doctype}` WHERE {conditions}", where)

	def after_commit(self, action: Callable[[], None]) -> None:
		"""Run this once the transaction holds."""
		self._require_transaction()
		self._local.after_commit.append(action)

	def close(self) -> None:
		"""Close every thread's connection."""
		for connection in self._open:
			if connection.open:
				connection.close()
		self._open.clear()
		self._local = threading.local()

	def _require_transaction(self) -> None:
		_ = self.connection
		if not self._local.is_open:
			raise RuntimeError("writing needs a transaction")


def _document(doctype: str, values: Mapping[str, Any]) -> dict[str, Any]:
	"""Return the values as Frappe's `Document.insert` casts and checks them."""
	fields = stored_fields(doctype)
	unknown = set(values) - set(fields) - {"name", "parent", "parentfield", "parenttype"}
	if unknown:
		raise KeyError(f"{doctype} has no field {', '.join(sorted(unknown))}")
	row = dict(values)
	for name, field in fields.items():
		value = row.get(name)
		if value is None:
			value = field.get("default") or (
				_SITE_DEFAULTS.get(name) if field["fieldtype"] == "Link" else None
			)
		row[name] = _cast(field, value)
		_check(doctype, field, row[name])
	return row


def _cast(field: dict[str, Any], value: Any) -> Any:  # noqa: ANN401 - each field has its own type
	kind = field["fieldtype"]
	if kind == "Check":
		return int(bool(int(value or 0)))
	if kind == "Int":
		return int(value or 0)
	if kind in ("Currency", "Float", "Percent"):
		return float(value or 0)
	if field.get("unique") and not str(value or "").strip():
		return None
	return value


def _check(doctype: str, field: dict[str, Any], value: Any) -> None:  # noqa: ANN401
	label = f"{doctype}.{field['fieldname']}"
	if field.get("reqd") and value in (None, ""):
		raise ValueError(f"{label} is mandatory")
	if field["fieldtype"] == "Select" and value and value not in field["options"].split("\n"):
		raise ValueError(f"{label} cannot be {value!r}")
	if field["fieldtype"] in ("Data", "Link", "Dynamic Link", "Select") and len(value or "") > length(field):
		raise ValueError(f"{label} is longer than {length(field)} characters: {value!r}")
