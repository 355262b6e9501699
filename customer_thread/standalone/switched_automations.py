"""Automations that were switched on or off: the worker makes what waits what they say now.

By whichever process it was done: which they are stands in a table.
"""

import secrets
from collections.abc import Callable

from customer_thread.domain.portal.pages import Reference
from customer_thread.service.automations.plan_automation import (
	documents_to_come,
	look_again,
	waiting_messages,
)
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.automations.switch_automation import switch_automation
from customer_thread.service.ports import Ports
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.scheduled_rows import ScheduledMessageRow

#: what their rows in `host_state` begin with
_MARK = "plan automation "
_MARKED = "SELECT name, value FROM host_state WHERE substr(name, 1, 16) = %(mark)s ORDER BY name"


class SwitchedAutomations:
	"""What was switched and is not planned yet."""

	def __init__(self, database: SqliteDatabase) -> None:
		self._database = database

	def switch(self, ports: Ports, name: str, enabled: bool) -> None:
		"""Switch one on or off, inside a transaction. Raise NotFound and BadInput."""
		if switch_automation(ports, name, enabled):
			self._database.connection.execute(
				"INSERT OR REPLACE INTO host_state (name, value) VALUES (?, ?)",
				(_MARK + name, secrets.token_hex(8)),
			)
			ports.queue.run_soon("release")

	def plan(self, ports: Ports, go_on: Callable[[], bool]) -> None:
		"""Plan what was switched, each document in a transaction of its own, as long as it is to `go_on`."""
		for mark in self._database.select(_MARKED, {"mark": _MARK}):
			name = mark["name"].removeprefix(_MARK)
			for row in waiting_messages(ports, name):
				if not go_on():
					return
				self._look_again(ports, row)
			for reference in documents_to_come(ports, name):
				if not go_on():
					return
				self._plan(ports, reference)
			with self._database.transaction():
				# one that was switched again meanwhile bears another mark
				self._database.connection.execute(
					"DELETE FROM host_state WHERE name = ? AND value = ?", (mark["name"], mark["value"])
				)

	def _look_again(self, ports: Ports, row: ScheduledMessageRow) -> None:
		with self._database.transaction():
			look_again(ports, row)

	def _plan(self, ports: Ports, reference: Reference) -> None:
		with self._database.transaction():
			plan_document(ports, reference)
