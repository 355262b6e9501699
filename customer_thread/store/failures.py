"""Thread Deliveries that failed and wait for somebody to deal with them, those whose `failed_us` is not 0."""

from typing import Any

from customer_thread.domain.failures import Cause
from customer_thread.domain.limits import FAILURE_CAUSES
from customer_thread.store.database import Database
from customer_thread.store.deliveries import DELIVERY
from customer_thread.store.failure_rows import CauseRow, FailureRow
from customer_thread.store.inbox import assigned_to
from customer_thread.store.rows import typed

_FROM = "FROM `tabThread Delivery` d LEFT JOIN `tabCustomer Thread` ON `tabCustomer Thread`.name = d.thread "


def causes(database: Database, visible: str, assigned: str = "") -> list[CauseRow]:
	"""Return by what deliveries failed, the newest first.

	`visible`: the condition for threads that are seen; `assigned`: a user, or “nobody”, for theirs alone.
	"""
	params: dict[str, Any] = {"limit": FAILURE_CAUSES}
	conditions = _seen(visible, assigned, params)
	rows = database.select(
		"SELECT d.channel, COALESCE(d.error_code, '') AS error_code, "
		# those without an entry are each a message
		"COUNT(DISTINCT CASE WHEN d.entry > 0 THEN d.entry END) + SUM(CASE WHEN d.entry > 0 THEN 0 ELSE 1 END) "
		"AS messages, MAX(d.failed_us) AS newest_us "
		+ _FROM
		+ f"WHERE {' AND '.join(conditions)} GROUP BY d.channel, COALESCE(d.error_code, '') "
		"ORDER BY newest_us DESC LIMIT %(limit)s",
		params,
	)
	return typed(CauseRow, rows)


def of_cause(
	database: Database,
	cause: Cause,
	visible: str,
	assigned: str = "",
	*,
	before: tuple[int, str] | None = None,
	limit: int,
) -> list[FailureRow]:
	"""Return what failed for one cause, the newest first."""
	conditions, params = _of(cause, visible, assigned)
	if before:
		conditions.append("(d.failed_us < %(us)s OR (d.failed_us = %(us)s AND d.name < %(name)s))")
		params["us"], params["name"] = before
	rows = database.select(
		"SELECT d.name, d.failed_us, d.purpose, d.channel, d.address, d.error, d.fallback_of, d.thread, d.entry, "
		"`tabCustomer Thread`.title, e.subject, e.text "
		+ _FROM
		+ f"LEFT JOIN `tabThread Entry` e ON e.name = d.entry WHERE {' AND '.join(conditions)} "
		"ORDER BY d.failed_us DESC, d.name DESC LIMIT %(limit)s",
		{**params, "limit": limit},
	)
	return typed(FailureRow, rows)


def oldest(
	database: Database,
	cause: Cause,
	visible: str,
	upto_us: int,
	limit: int,
	*,
	again: bool,
	assigned: str = "",
) -> list[str]:
	"""Return the deliveries that had failed for a cause by then, the oldest first; `again`: that can be sent again."""
	conditions, params = _of(cause, visible, assigned, upto_us, again=again)
	rows = database.select(
		"SELECT d.name "
		+ _FROM
		+ f"WHERE {' AND '.join(conditions)} ORDER BY d.failed_us, d.name LIMIT %(limit)s",
		{**params, "limit": limit},
	)
	return [str(row["name"]) for row in rows]


def count(
	database: Database, cause: Cause, visible: str, upto_us: int, *, again: bool, assigned: str = ""
) -> int:
	"""Return how many deliveries `oldest` has in all."""
	conditions, params = _of(cause, visible, assigned, upto_us, again=again)
	rows = database.select("SELECT COUNT(*) AS n " + _FROM + f"WHERE {' AND '.join(conditions)}", params)
	return int(rows[0]["n"])


def settle(database: Database, delivery: str) -> None:
	"""Let a delivery that failed wait for nobody any more."""
	database.update(DELIVERY, delivery, {"failed_us": 0})


def note_earlier(database: Database) -> None:
	"""Let what failed before anybody counted wait for somebody, unless it went the other way."""
	rows = database.select(
		"SELECT d.name, d.creation_us FROM `tabThread Delivery` d WHERE d.state = 'Failed' AND d.failed_us = 0 "
		"AND d.purpose <> 'Notice' AND NOT EXISTS (SELECT 1 FROM `tabThread Delivery` f "
		"WHERE f.fallback_of IS NOT NULL AND (f.fallback_of = d.name OR (d.entry > 0 AND f.entry = d.entry "
		"AND f.purpose = d.purpose AND d.fallback_of IS NULL)))"
	)
	for row in rows:
		database.update(DELIVERY, row["name"], {"failed_us": row["creation_us"]})


def _of(
	cause: Cause, visible: str, assigned: str, upto_us: int = 0, *, again: bool = False
) -> tuple[list[str], dict[str, Any]]:
	"""Return the conditions for what failed for one cause, and their parameters."""
	params: dict[str, Any] = {"channel": cause.channel or "", "code": cause.code}
	conditions = [
		*_seen(visible, assigned, params),
		"COALESCE(d.channel, '') = %(channel)s",
		"COALESCE(d.error_code, '') = %(code)s",
	]
	if upto_us:
		conditions.append("d.failed_us <= %(upto)s")
		params["upto"] = upto_us
	if again:
		# the link of one that has left is not kept
		conditions.append("(d.purpose <> 'Invitation' OR COALESCE(d.text, '') <> '')")
	return conditions, params


def _seen(visible: str, assigned: str, params: dict[str, Any]) -> list[str]:
	"""Return the conditions for what is seen; what answers the contractor may name anybody, and is nobody's."""
	return ["d.failed_us > 0", *([visible] if visible else []), *assigned_to(assigned, params)]
