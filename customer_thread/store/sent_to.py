"""What was sent before: to an address, of a thread, because of something received."""

from collections.abc import Iterable
from typing import Any

from customer_thread.domain.model import DeliveryChannel, Purpose
from customer_thread.store.database import Database, containing, one_of
from customer_thread.store.rows import DeliveryRow, columns, first


def last_mail_to(database: Database, address: str, since_us: int, until_us: int, thread: str = "") -> str:
	"""Return the Message-ID of the last mail that left for an address in that time, or an empty string.

	With a thread, only a mail of that thread's.
	One that has come back since is the last all the same: a report may be read twice.
	"""
	rows = database.select(
		"SELECT provider_id FROM `tabThread Delivery` WHERE address = %(address)s AND channel = 'Email' "
		"AND provider_id IS NOT NULL AND creation_us BETWEEN %(since)s AND %(until)s "
		"AND (%(thread)s = '' OR thread = %(thread)s) ORDER BY creation_us DESC LIMIT 1",
		{"address": address, "since": since_us, "until": until_us, "thread": thread},
	)
	return str(rows[0]["provider_id"] or "") if rows else ""


def last_forwarded_to(database: Database, address: str, since_us: int, until_us: int) -> dict[str, int]:
	"""Return the threads whose words were forwarded to this address in that time, the latest first, and when last."""
	rows = database.select(
		"SELECT thread, MAX(creation_us) AS latest FROM `tabThread Delivery` WHERE address = %(address)s "
		"AND purpose = 'Forward' AND creation_us BETWEEN %(since)s AND %(until)s GROUP BY thread ORDER BY latest DESC",
		{"address": address, "since": since_us, "until": until_us},
	)
	return {str(row["thread"]): int(row["latest"]) for row in rows}


def last_shown_by(
	database: Database, channel: DeliveryChannel, since_us: int, until_us: int
) -> dict[str, int]:
	"""Return the threads whose words the team was shown by a channel in that time, the latest first, and when last."""
	rows = database.select(
		"SELECT thread, MAX(creation_us) AS latest FROM `tabThread Delivery` WHERE channel = %(channel)s "
		"AND purpose = 'Team' AND creation_us BETWEEN %(since)s AND %(until)s GROUP BY thread ORDER BY latest DESC",
		{"channel": channel, "since": since_us, "until": until_us},
	)
	return {str(row["thread"]): int(row["latest"]) for row in rows}


def invitations_since(database: Database, thread: str, since_us: int) -> int:
	"""Return how often a thread's customer was invited since then; another way once one has failed counts as one."""
	rows = database.select(
		"SELECT COUNT(*) AS n FROM `tabThread Delivery` WHERE thread = %(thread)s AND purpose = 'Invitation' "
		"AND creation_us > %(since)s AND fallback_of IS NULL",
		{"thread": thread, "since": since_us},
	)
	return int(rows[0]["n"])


def answers_since(database: Database, address: str, since_us: int, reason: str) -> int:
	"""Return how often the contractor was answered at this address for this reason since then."""
	rows = database.select(
		"SELECT COUNT(*) AS n FROM `tabThread Delivery` WHERE address = %(address)s AND purpose = 'Answer' "
		"AND creation_us > %(since)s AND reason = %(reason)s",
		{"address": address, "since": since_us, "reason": reason},
	)
	return int(rows[0]["n"])


def last_answer(database: Database, address: str, reason: str) -> DeliveryRow | None:
	"""Return the last line to the contractor at this address for this reason."""
	rows = database.select(
		f"SELECT {columns(DeliveryRow)} FROM `tabThread Delivery` WHERE address = %(address)s AND purpose = 'Answer' "
		"AND reason = %(reason)s ORDER BY creation_us DESC LIMIT 1",
		{"address": address, "reason": reason},
	)
	return first(DeliveryRow, rows)


def is_anybody_invited(database: Database) -> bool:
	"""Return whether any customer was ever sent an invitation."""
	rows = database.select(
		"SELECT name FROM `tabThread Delivery` WHERE purpose = 'Invitation' AND channel IS NOT NULL LIMIT 1"
	)
	return bool(rows)


def answers_with(database: Database, words: str, since_us: int) -> list[str]:
	"""Return the answers to the contractor since then that have these words in them."""
	rows = database.select(
		"SELECT name FROM `tabThread Delivery` WHERE purpose = 'Answer' AND creation_us >= %(since)s "
		"AND text LIKE %(words)s ESCAPE '!'",
		{"since": since_us, "words": containing(words)},
	)
	return [str(row["name"]) for row in rows]


def count_to(database: Database, address: str, purpose: Purpose, since_us: int) -> int:
	"""Return how many deliveries of a purpose were made for an address since then."""
	rows = database.select(
		"SELECT COUNT(*) AS n FROM `tabThread Delivery` WHERE address = %(address)s AND purpose = %(purpose)s "
		"AND creation_us > %(since)s",
		{"address": address, "purpose": purpose, "since": since_us},
	)
	return int(rows[0]["n"])


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


def last_post(database: Database, thread: str, channel: DeliveryChannel) -> tuple[str, str]:
	"""Return by which id the provider knows what was last written where the team talks, and its place; or nothing twice."""
	rows = database.select(
		"SELECT provider_id, address FROM `tabThread Delivery` WHERE thread = %(thread)s AND channel = %(channel)s "
		"AND purpose = 'Team' AND provider_id IS NOT NULL ORDER BY creation_us DESC, part DESC LIMIT 1",
		{"thread": thread, "channel": channel},
	)
	return (str(rows[0]["provider_id"] or ""), str(rows[0]["address"] or "")) if rows else ("", "")
