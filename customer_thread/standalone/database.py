"""The Database port on SQLite: write-ahead log, one connection a thread, one writer at a time."""

import re
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from customer_thread.domain.errors import Unavailable
from customer_thread.domain.limits import BUSY_SECONDS
from customer_thread.domain.times import iso
from customer_thread.service.ports import Clock
from customer_thread.standalone.schema import is_autoincrement, migrate
from customer_thread.store.database import Duplicate, Name, Row

#: its name in the data folder
FILE = "thread.db"
#: seconds it waits in any case, so that one who came late still finds the way free
_LEAST = 0.1
#: what SQLite says when trying again later helps: another writes, or the disk is full
_PASSES = ("locked", "busy", "disk is full", "disk I/O error", "unable to open database file")
_PARAMETER = re.compile(r"%\((\w+)\)s")


@lru_cache(maxsize=512)
def _dialect(sql: str) -> str:
	return _PARAMETER.sub(r":\1", sql)


class SqliteDatabase:
	"""One file. Reading needs no transaction; writing is refused outside of one."""

	def __init__(self, path: Path, clock: Clock) -> None:
		self.path = path
		self._clock = clock
		self._local = threading.local()
		self._open: set[sqlite3.Connection] = set()
		self._guard = threading.Lock()
		#: held by the thread that writes; the others queue here, where the system wakes them in turn
		self._writing = threading.Lock()
		migrate(self.connection)

	@property
	def connection(self) -> sqlite3.Connection:
		"""Return this thread's connection."""
		connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
		if connection is None:
			connection = sqlite3.connect(
				self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
			)
			connection.row_factory = _as_dict
			connection.execute("PRAGMA journal_mode = WAL")
			# FULL: what was answered with 200 outlives a power cut, not only a killed process
			connection.execute("PRAGMA synchronous = FULL")
			connection.execute("PRAGMA cache_size = -16384")
			# what is taken away is overwritten in the file as well: a row that is erased is not there for any tool
			connection.execute("PRAGMA secure_delete = ON")
			self._local.connection = connection
			with self._guard:
				self._open.add(connection)
		return connection

	@contextmanager
	def transaction(self) -> Iterator[None]:
		"""Everything inside holds together or not at all. Raise Unavailable when another writer takes too long."""
		if self.connection.in_transaction:
			raise RuntimeError("a transaction is open already")
		self._local.after_commit, self._local.after_rollback = [], []
		try:
			with self._turn():
				try:
					yield
					self.connection.execute("COMMIT")
				except BaseException:
					if self.connection.in_transaction:
						self.connection.execute("ROLLBACK")
					for undo in self._local.after_rollback:
						undo()
					raise
		except sqlite3.OperationalError as error:
			if any(words in str(error) for words in _PASSES):
				raise Unavailable("The system is busy for a moment. Please try again.") from error
			raise
		actions, self._local.after_commit = self._local.after_commit, []
		for action in actions:
			action()

	@contextmanager
	def _turn(self) -> Iterator[None]:
		"""Begin to write, once nobody else does: another thread, or another process such as a backup."""
		deadline = getattr(self._local, "deadline", time.monotonic() + BUSY_SECONDS)
		if not self._writing.acquire(timeout=max(deadline - time.monotonic(), _LEAST)):
			raise Unavailable("The system is busy for a moment. Please try again.")
		try:
			left = max(deadline - time.monotonic(), _LEAST)
			self.connection.execute(f"PRAGMA busy_timeout = {int(left * 1000)}")
			self.connection.execute("BEGIN IMMEDIATE")
			yield
		finally:
			self._writing.release()

	@contextmanager
	def waiting_since(self, moment: float) -> Iterator[None]:
		"""Let what this thread writes have waited since then, by time.monotonic(), for others to finish."""
		self._local.deadline = moment + BUSY_SECONDS
		try:
			yield
		finally:
			del self._local.deadline

	def select(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
		"""Return the rows of a query."""
		cursor = self.connection.cursor()
		# the columns are named once a query, not once a row
		cursor.row_factory = None
		cursor.execute(_dialect(sql), params or {})
		names = [column[0] for column in cursor.description]
		return [dict(zip(names, values, strict=True)) for values in cursor]

	def look_again(self) -> None:
		"""Nothing: outside of a transaction each query sees what is there, and inside of one nobody else writes."""

	def insert(self, doctype: str, values: Mapping[str, Any]) -> Name:
		"""Write a row and return its name. Raise Duplicate."""
		self._require_transaction()
		now = iso(self._clock.now_us())
		row = {**values, "creation": now, "modified": now, "owner": "customer_thread"}
		if not is_autoincrement(doctype):
			row.setdefault("name", secrets.token_hex(8))
		names = ", ".join(f"`{name}`" for name in row)
		marks = ", ".join(f":{name}" for name in row)
		try:
			cursor = self.connection.execute(f"INSERT INTO `tab{doctype}` ({names}) VALUES ({marks})", row)
		except sqlite3.IntegrityError as error:
			if "UNIQUE" in str(error):
				raise Duplicate(str(error)) from error
			raise
		return str(row["name"]) if "name" in row else int(cursor.lastrowid or 0)

	def update(
		self, doctype: str, name: Name, values: Mapping[str, Any], where: Mapping[str, Any] | None = None
	) -> bool:
		"""Change one row if it still matches `where`; return whether it did."""
		self._require_transaction()
		where = {"name": name, **(where or {})}
		changes = ", ".join(f"`{key}` = :set_{key}" for key in values)
		conditions = " AND ".join(f"`{key}` IS :if_{key}" for key in where)
		params = {f"set_{key}": value for key, value in values.items()}
		params |= {f"if_{key}": value for key, value in where.items()}
		cursor = self.connection.execute(f"UPDATE `tab{doctype}` SET {changes} WHERE {conditions}", params)
		return cursor.rowcount == 1

	def lock(self, doctype: str, where: Mapping[str, Any]) -> Row | None:
		"""Return the row that matches; the transaction itself already holds off every other writer."""
		self._require_transaction()
		conditions = " AND ".join(f"`{key}` = :{key}" for key in where)
		rows = self.connection.execute(f"SELECT * FROM `tab{doctype}` WHERE {conditions}", dict(where))
		row: Row | None = rows.fetchone()
		return row

	def delete(self, doctype: str, where: Mapping[str, Any]) -> int:
		"""Remove the rows that match and return how many."""
		self._require_transaction()
		conditions = " AND ".join(f"`{key}` = :{key}" for key in where)
		return self.connection.execute(f"DELETE FROM `tab{doctype}` WHERE {conditions}", dict(where)).rowcount

	def after_commit(self, action: Callable[[], None]) -> None:
		"""Run this once the transaction holds."""
		self._require_transaction()
		self._local.after_commit.append(action)

	def after_rollback(self, action: Callable[[], None]) -> None:
		"""Run this if the transaction does not hold."""
		self._require_transaction()
		self._local.after_rollback.append(action)

	def empty_log(self) -> bool:
		"""Take what is written into the file itself, outside of any transaction, and leave nothing in the log beside it.

		Return whether that was possible: not while somebody reads.
		"""
		# whoever waits for readers holds up those who write
		self.connection.execute("PRAGMA busy_timeout = 0")
		done = self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
		return not done["busy"]

	def close(self) -> None:
		"""Close every thread's connection."""
		with self._guard:
			for connection in self._open:
				connection.close()
			self._open.clear()

	def _require_transaction(self) -> None:
		if not self.connection.in_transaction:
			raise RuntimeError("writing needs a transaction")


def _as_dict(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> Row:
	return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}
