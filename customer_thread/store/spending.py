"""What was sent in a time, counted over the Thread Deliveries themselves."""

from collections.abc import Mapping

from customer_thread.domain.model import DeliveryChannel, Purpose
from customer_thread.domain.thread.machines import Turn
from customer_thread.store.database import Database


def by_site(database: Database, channel: DeliveryChannel, since_us: int, most: int) -> int:
	"""Return how many messages were queued since then, at most `most`."""
	sql = (
		"SELECT COUNT(*) AS n FROM (SELECT name FROM `tabThread Delivery` WHERE channel = %(channel)s "
		"AND creation_us > %(since)s AND state <> 'Skipped' LIMIT %(most)s) counted"
	)
	return _count(database, sql, {"channel": channel, "since": since_us, "most": most})


def by_thread(
	database: Database, channel: DeliveryChannel, since_us: int, most: int, thread: str, *, forwards: bool
) -> int:
	"""Return how many of a thread were queued since then, all or only what its customer caused, at most `most`."""
	sql = (
		"SELECT COUNT(*) AS n FROM (SELECT name FROM `tabThread Delivery` WHERE thread = %(thread)s "
		"AND creation_us > %(since)s AND channel = %(channel)s AND state <> 'Skipped' "
		"AND (%(all)s = 1 OR purpose = 'Forward') LIMIT %(most)s) counted"
	)
	params = {"channel": channel, "since": since_us, "most": most, "thread": thread, "all": int(not forwards)}
	return _count(database, sql, params)


def by_strangers(
	database: Database, channel: DeliveryChannel, since_us: int, most: int, purpose: Purpose = "Forward"
) -> int:
	"""Return how many were queued since then because of people who are not on file, at most `most`."""
	sql = (
		"SELECT COUNT(*) AS n FROM (SELECT d.name FROM `tabThread Delivery` d "
		"JOIN `tabCustomer Thread` t ON t.name = d.thread WHERE d.channel = %(channel)s "
		"AND d.creation_us > %(since)s AND d.state <> 'Skipped' AND d.purpose = %(purpose)s AND t.party IS NULL "
		"LIMIT %(most)s) counted"
	)
	params = {"channel": channel, "since": since_us, "most": most, "purpose": purpose}
	return _count(database, sql, params)


def _count(database: Database, sql: str, params: Mapping[str, object]) -> int:
	return int(database.select(sql, params)[0]["n"])


def turns(database: Database, thread: str, before_entry: int, limit: int) -> list[Turn]:
	"""Return what was last said in a thread before an entry and passed on, the latest first."""
	rows = database.select(
		"SELECT e.author, e.text, e.channel, e.sent_by, d.channel AS passed_on_by, d.creation_us "
		"FROM `tabThread Delivery` d JOIN `tabThread Entry` e ON e.name = d.entry "
		"WHERE d.thread = %(thread)s AND d.entry <> %(entry)s AND d.part = 0 AND d.fallback_of IS NULL "
		"AND d.purpose <> 'Notice' "
		"ORDER BY d.creation_us DESC LIMIT %(limit)s",
		{"thread": thread, "entry": before_entry, "limit": limit},
	)
	return [
		Turn(
			author=row["author"],
			words=row["text"] or "",
			at_us=int(row["creation_us"]),
			is_mail=row["passed_on_by"] == "Email",
			is_by_person=bool(row["sent_by"]) or (row["author"] == "Customer" and row["channel"] == "Portal"),
		)
		for row in rows
	]
