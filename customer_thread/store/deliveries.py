"""Thread Deliveries: one attempt to reach someone each."""

from collections.abc import Iterable, Mapping
from typing import Any

from customer_thread.store.database import Database, move_rows, one_of
from customer_thread.store.rows import DeliveryRow, EntryStateRow, columns, first, held, typed

DELIVERY = "Thread Delivery"
_ALL = f"SELECT {columns(DeliveryRow)} FROM `tabThread Delivery`"


def insert(database: Database, values: Mapping[str, Any]) -> str:
	"""Write a delivery and return its id."""
	return str(database.insert(DELIVERY, values))


def get(database: Database, delivery: str) -> DeliveryRow | None:
	"""Return a delivery."""
	return first(DeliveryRow, database.select(f"{_ALL} WHERE name = %(name)s", {"name": delivery}))


def lock(database: Database, delivery: str) -> DeliveryRow | None:
	"""Return a delivery's newest state and hold it."""
	return held(DeliveryRow, database.lock(DELIVERY, {"name": delivery}))


def by_provider_id(database: Database, provider_id: str) -> DeliveryRow | None:
	"""Return the delivery the provider knows by this id."""
	return first(DeliveryRow, database.select(f"{_ALL} WHERE provider_id = %(id)s", {"id": provider_id}))


def last_mail_to(database: Database, address: str, since_us: int, until_us: int) -> str:
	"""Return the Message-ID of the last mail that left for an address in that time, or an empty string.

	One that has come back since is the last all the same: a report may be read twice.
	"""
	rows = database.select(
		"SELECT provider_id FROM `tabThread Delivery` WHERE address = %(address)s AND channel = 'Email' "
		"AND provider_id IS NOT NULL AND creation_us BETWEEN %(since)s AND %(until)s "
		"ORDER BY creation_us DESC LIMIT 1",
		{"address": address, "since": since_us, "until": until_us},
	)
	return str(rows[0]["provider_id"] or "") if rows else ""


def bearers_of(database: Database, provider_ids: Iterable[str]) -> dict[str, str]:
	"""Return which delivery bears each of these provider ids; an id that none bears is left out."""
	params: dict[str, Any] = {}
	listed = one_of("id", provider_ids, params)
	if not listed:
		return {}
	rows = database.select(
		f"SELECT name, provider_id FROM `tabThread Delivery` WHERE provider_id IN ({listed})", params
	)
	return {row["provider_id"]: row["name"] for row in rows}


def due(database: Database, now_us: int, limit: int) -> list[str]:
	"""Return the deliveries to send now, the longest waiting first; to one address only in their order."""
	rows = database.select(
		"SELECT d.name FROM `tabThread Delivery` d WHERE d.state = 'Queued' AND d.due_us <= %(now)s "
		# two questions, so that each is one range of the index over address and state
		"AND NOT EXISTS (SELECT 1 FROM `tabThread Delivery` e WHERE e.address = d.address "
		"AND e.state = 'Sending' AND e.claim IS NOT NULL) "
		"AND NOT EXISTS (SELECT 1 FROM `tabThread Delivery` e WHERE e.address = d.address "
		"AND e.state = 'Queued' AND e.due_us <= %(now)s "
		"AND (e.creation_us < d.creation_us OR (e.creation_us = d.creation_us AND e.part < d.part))) "
		"ORDER BY d.due_us, d.part LIMIT %(limit)s",
		{"now": now_us, "limit": limit},
	)
	return [row["name"] for row in rows]


def abandoned(database: Database, before_us: int) -> list[DeliveryRow]:
	"""Return the deliveries that were claimed before then and never came back."""
	rows = database.select(
		f"{_ALL} WHERE state = 'Sending' AND claim IS NOT NULL AND claimed_us < %(before)s",
		{"before": before_us},
	)
	return typed(DeliveryRow, rows)


def states_of(database: Database, entries: Iterable[int], purpose: str) -> list[EntryStateRow]:
	"""Return the states of the deliveries of these entries; once one fell back, only of the fallback."""
	params: dict[str, Any] = {"purpose": purpose}
	listed = one_of("entry", entries, params)
	if not listed:
		return []
	rows = database.select(
		"SELECT d.entry, d.state FROM `tabThread Delivery` d "
		f"WHERE d.entry IN ({listed}) AND d.purpose = %(purpose)s AND (d.fallback_of IS NOT NULL OR NOT EXISTS "
		"(SELECT 1 FROM `tabThread Delivery` f WHERE f.entry = d.entry AND f.purpose = d.purpose "
		"AND f.fallback_of IS NOT NULL))",
		params,
	)
	return typed(EntryStateRow, rows)


def of_entry(database: Database, entry: int) -> list[DeliveryRow]:
	"""Return the deliveries of an entry in the order they were made."""
	rows = database.select(f"{_ALL} WHERE entry = %(entry)s ORDER BY creation_us, part", {"entry": entry})
	return typed(DeliveryRow, rows)


def of_entries(database: Database, thread: str, entries: Iterable[int]) -> list[DeliveryRow]:
	"""Return the deliveries of these entries of a thread."""
	params: dict[str, Any] = {"thread": thread}
	listed = one_of("entry", entries, params)
	if not listed:
		return []
	rows = database.select(
		f"{_ALL} WHERE entry IN ({listed}) AND thread = %(thread)s ORDER BY creation_us, part", params
	)
	return typed(DeliveryRow, rows)


def threads_forwarded_to(database: Database, address: str, since_us: int, until_us: int) -> list[str]:
	"""Return the threads whose words were forwarded to this address in that time, the latest first."""
	rows = database.select(
		"SELECT thread, MAX(creation_us) AS latest FROM `tabThread Delivery` WHERE address = %(address)s "
		"AND purpose = 'Forward' AND creation_us BETWEEN %(since)s AND %(until)s GROUP BY thread ORDER BY latest DESC",
		{"address": address, "since": since_us, "until": until_us},
	)
	return [row["thread"] for row in rows]


def last_spoken_to(database: Database, address: str, threads: Iterable[str]) -> str:
	"""Return which of these threads last had a message sent to this address, or an empty string."""
	params: dict[str, Any] = {"address": address}
	listed = one_of("thread", threads, params)
	if not listed:
		return ""
	rows = database.select(
		"SELECT thread FROM `tabThread Delivery` WHERE address = %(address)s AND purpose = 'Message' "
		f"AND thread IN ({listed}) ORDER BY creation_us DESC LIMIT 1",
		params,
	)
	return str(rows[0]["thread"]) if rows else ""


def has_source(database: Database, source_key: str) -> bool:
	"""Return whether a delivery with this source key is there."""
	rows = database.select(
		"SELECT name FROM `tabThread Delivery` WHERE source_key = %(source_key)s", {"source_key": source_key}
	)
	return bool(rows)


def move(database: Database, source: str, goal: str) -> None:
	"""Let a thread's deliveries be another thread's."""
	move_rows(database, DELIVERY, source, goal)
