"""The Database port on the site: Frappe's own, with the transaction that a request or job is there."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import frappe

from customer_thread.domain.errors import Unavailable
from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.store.database import Row
from support import site_anew
from support.site import open_site


class SiteDatabase(FrappeDatabase):
	"""One connection a thread, as each request and job has its own."""

	def __init__(self) -> None:
		self._local = threading.local()

	def empty(self) -> None:
		"""Remove every row of ours."""
		self._connect()
		site_anew.empty()
		frappe.db.commit()

	def _connect(self) -> None:
		if not hasattr(self._local, "is_open"):
			open_site()
			self._local.is_open = False

	@contextmanager
	def transaction(self) -> Iterator[None]:
		"""Everything inside holds together or not at all; a deadlock is answered as every endpoint answers it."""
		self._connect()
		if self._local.is_open:
			raise RuntimeError("a transaction is open already")
		frappe.db.rollback()
		self._local.is_open = True
		try:
			yield
			frappe.db.commit()
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError) as error:
			frappe.db.rollback()
			raise Unavailable("We are busy for a moment. Please try again.") from error
		except BaseException:
			frappe.db.rollback()
			raise
		finally:
			self._local.is_open = False

	def select(self, sql: str, params: Mapping[str, Any] | None = None) -> list[Row]:
		"""Return the rows of a query; outside of a transaction as they are now."""
		self._connect()
		try:
			return super().select(sql, params)
		finally:
			if not self._local.is_open:
				frappe.db.rollback()

	def run(self, sql: str) -> None:
		"""Run a statement that returns nothing."""
		self._connect()
		frappe.db.sql(sql)

	def close(self) -> None:
		"""End this thread's connection."""
		if hasattr(self._local, "is_open"):
			frappe.db.rollback()
			frappe.destroy()
			del self._local.is_open
