"""Thread Scheduled Messages as staff look at them: of a thread, of a document, of an automation."""

from collections.abc import Mapping

from customer_thread.domain.automations.model import ScheduledState
from customer_thread.store.database import Database
from customer_thread.store.rows import typed
from customer_thread.store.scheduled_rows import ScheduledLineRow

_OWN = ("automation", "thread", "state", "reason", "reference_doctype", "reference_name", "due_us")
_TIMES = ("planned_us", "valid_until_us", "entry", "confirmed_us")
_SELECT = (
	"SELECT "
	+ ", ".join("s." + name for name in ("name", *_OWN, *_TIMES))
	+ ", a.title, e.occurred_us FROM `tabThread Scheduled Message` s "
	"JOIN `tabCustomer Thread` ON `tabCustomer Thread`.name = s.thread "
	"LEFT JOIN `tabThread Automation` a ON a.name = s.automation "
	"LEFT JOIN `tabThread Entry` e ON e.name = s.entry AND s.entry > 0"
)
_BEHIND = "(s.due_us < %(us)s OR (s.due_us = %(us)s AND s.name < %(last)s))"


def listed(
	database: Database,
	about: Mapping[str, str],
	*,
	limit: int,
	before: tuple[int, str] | None = None,
	visible: str = "",
) -> list[ScheduledLineRow]:
	"""Return those of a `thread`, or about a document by `reference_doctype` and `reference_name`, the latest due first.

	`before`: behind a place in that order. `visible`: the condition for the threads that whoever asks may see.
	"""
	params: dict[str, object] = {**about, "limit": limit}
	conditions = [f"s.`{name}` = %({name})s" for name in about]
	if before:
		params |= {"us": before[0], "last": before[1]}
		conditions.append(_BEHIND)
	if visible:
		conditions.append(visible)
	rows = database.select(
		f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY s.due_us DESC, s.name DESC LIMIT %(limit)s",
		params,
	)
	return typed(ScheduledLineRow, rows)


def counts(database: Database, visible: str = "") -> dict[str, dict[ScheduledState, int]]:
	"""Return of each automation how many of its messages are in which state, of threads that whoever asks may see."""
	conditions = ["1 = 1"]
	if visible:
		conditions.append(
			"thread IN (SELECT `tabCustomer Thread`.name FROM `tabCustomer Thread` WHERE " + visible + ")"
		)
	rows = database.select(
		"SELECT automation, state, COUNT(*) AS many FROM `tabThread Scheduled Message` "
		f"WHERE {' AND '.join(conditions)} GROUP BY automation, state"
	)
	found: dict[str, dict[ScheduledState, int]] = {}
	for row in rows:
		found.setdefault(str(row["automation"]), {})[row["state"]] = int(row["many"])
	return found
