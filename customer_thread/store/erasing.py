"""What is left of a conversation that is being erased, some at a time, and how it goes."""

from collections.abc import Collection, Mapping, Sequence

from customer_thread.store import word_blocks
from customer_thread.store.database import Database, Name, one_of
from customer_thread.store.deliveries import DELIVERY
from customer_thread.store.entries import ENTRY
from customer_thread.store.events import EVENT
from customer_thread.store.leaving_rows import (
	LeavingAnswerRow,
	LeavingDeliveryRow,
	LeavingEntryRow,
	LeavingEventRow,
)
from customer_thread.store.left_behind import EMPTIED
from customer_thread.store.rows import columns, typed
from customer_thread.store.threads import THREAD

_SAYS = " OR ".join(f"COALESCE(`{column}`, '') <> ''" for column in EMPTIED[DELIVERY])
#: in the hand of a worker, who writes down what came of it
_IN_HAND = "(state = 'Sending' AND COALESCE(claim, '') <> '')"


def close(database: Database, thread: str, title: str, tokens: tuple[str, str], now_us: int) -> None:
	"""Let a thread be nobody's, and take nothing in any more; `title`: what it is called from now on."""
	known = {"title": title, "reply_token": tokens[0], "contractor_token": tokens[1], "erased_us": now_us}
	database.update(THREAD, thread, {**EMPTIED[THREAD], **known})


def let_follow(database: Database, thread: str, goal: str) -> None:
	"""Let a thread be erased with another one."""
	database.update(THREAD, thread, {"merged_into": goal})


def threads_of(database: Database, thread: str) -> list[str]:
	"""Return a thread and all that were joined to it, or to one that was."""
	found, level = [thread], [thread]
	while level:
		params: dict[str, object] = {}
		listed = one_of("thread", level, params)
		rows = database.select(
			f"SELECT name FROM `tabCustomer Thread` WHERE merged_into IN ({listed}) ORDER BY name", params
		)
		level = [str(row["name"]) for row in rows if row["name"] not in found]
		found += level
	return found


def entries_left(
	database: Database, threads: Collection[str], asked_us: int, limit: int
) -> list[LeavingEntryRow]:
	"""Return entries that were not erased by then, the oldest first."""
	params: dict[str, object] = {"asked": asked_us, "limit": limit}
	listed = one_of("thread", threads, params)
	rows = database.select(
		f"SELECT {columns(LeavingEntryRow)} FROM `tabThread Entry` WHERE thread IN ({listed}) "
		"AND erased_us < %(asked)s ORDER BY name LIMIT %(limit)s",
		params,
	)
	return typed(LeavingEntryRow, rows)


def events_left(
	database: Database, threads: Collection[str], asked_us: int, limit: int
) -> list[LeavingEventRow]:
	"""Return events that were not erased by then."""
	params: dict[str, object] = {"asked": asked_us, "limit": limit}
	listed = one_of("thread", threads, params)
	rows = database.select(
		f"SELECT {columns(LeavingEventRow)} FROM `tabThread Event` WHERE thread IN ({listed}) "
		"AND erased_us < %(asked)s LIMIT %(limit)s",
		params,
	)
	return typed(LeavingEventRow, rows)


def deliveries_left(database: Database, threads: Collection[str], limit: int) -> list[LeavingDeliveryRow]:
	"""Return deliveries that say something still, and are in nobody's hand."""
	params: dict[str, object] = {"limit": limit}
	listed = one_of("thread", threads, params)
	rows = database.select(
		f"SELECT {columns(LeavingDeliveryRow)} FROM `tabThread Delivery` WHERE thread IN ({listed}) "
		f"AND ({_SAYS}) AND NOT {_IN_HAND} LIMIT %(limit)s",
		params,
	)
	return typed(LeavingDeliveryRow, rows)


def answers_left(database: Database, asked_us: int, limit: int) -> list[LeavingDeliveryRow]:
	"""Return what the bot answered until then, whomever that was about, that says something still and waits no more."""
	rows = database.select(
		f"SELECT {columns(LeavingDeliveryRow)} FROM `tabThread Delivery` WHERE purpose = 'Answer' "
		"AND text IS NOT NULL AND creation_us <= %(asked)s AND state NOT IN ('Queued', 'Held') "
		f"AND NOT {_IN_HAND} LIMIT %(limit)s",
		{"asked": asked_us, "limit": limit},
	)
	return typed(LeavingDeliveryRow, rows)


def answers_waiting(database: Database, limit: int, after: str = "") -> list[LeavingAnswerRow]:
	"""Return what the bot is about to answer, behind a name in that order."""
	rows = database.select(
		f"SELECT {columns(LeavingAnswerRow)} FROM `tabThread Delivery` WHERE state IN ('Queued', 'Held') "
		"AND purpose = 'Answer' AND name > %(after)s ORDER BY name LIMIT %(limit)s",
		{"after": after, "limit": limit},
	)
	return typed(LeavingAnswerRow, rows)


def sent_to(database: Database, addresses: Collection[str], limit: int) -> list[LeavingDeliveryRow]:
	"""Return the deliveries of no thread to these addresses: links that were asked for."""
	params: dict[str, object] = {"limit": limit}
	listed = one_of("address", addresses, params)
	if not listed:
		return []
	rows = database.select(
		f"SELECT {columns(LeavingDeliveryRow)} FROM `tabThread Delivery` WHERE address IN ({listed}) "
		f"AND thread IS NULL AND purpose <> 'Answer' AND NOT {_IN_HAND} LIMIT %(limit)s",
		params,
	)
	return typed(LeavingDeliveryRow, rows)


def is_anything_in_hand(database: Database, threads: Collection[str], asked_us: int) -> bool:
	"""Return whether a worker sends one of these threads' deliveries now, or what the bot has answered."""
	params: dict[str, object] = {"asked": asked_us}
	listed = one_of("thread", threads, params)
	rows = database.select(
		f"SELECT name FROM `tabThread Delivery` WHERE {_IN_HAND} AND (thread IN ({listed}) OR (purpose = 'Answer' "
		"AND text IS NOT NULL AND creation_us <= %(asked)s)) LIMIT 1",
		params,
	)
	return bool(rows)


def erase_entry(database: Database, entry: int, source_key: str | None, asked_us: int) -> None:
	"""Leave nothing of an entry but that it was there; `source_key`: by which a repeat of it is known."""
	database.update(ENTRY, entry, {**EMPTIED[ENTRY], "source_key": source_key, "erased_us": asked_us})
	word_blocks.forget(database, entry)


def erase_event(database: Database, event: str, source_key: str | None, asked_us: int) -> None:
	"""The same of an event."""
	database.update(EVENT, event, {**EMPTIED[EVENT], "source_key": source_key, "erased_us": asked_us})


def erase_delivery(database: Database, delivery: str) -> None:
	"""Leave of a delivery how far it came; what waits is not sent, nor what failed again."""
	for waiting in ("Queued", "Held", "Sending", "Failed"):
		database.update(DELIVERY, delivery, {"state": "Skipped"}, {"state": waiting})
	database.update(DELIVERY, delivery, {**EMPTIED[DELIVERY], "failed_us": 0})


def rows_of(database: Database, doctype: str, threads: Collection[str], limit: int) -> list[Name]:
	"""Return the ids of a DocType's rows that are these threads'."""
	params: dict[str, object] = {"limit": limit}
	listed = one_of("thread", threads, params)
	rows = database.select(
		f"SELECT name FROM `tab{doctype}` WHERE thread IN ({listed}) LIMIT %(limit)s", params
	)
	return [row["name"] for row in rows]


def remove(database: Database, doctype: str, names: Sequence[Name]) -> None:
	"""Remove rows."""
	for name in names:
		database.delete(doctype, {"name": name})


def empty(database: Database, doctype: str, names: Sequence[Name]) -> None:
	"""Leave nothing in rows that stay."""
	for name in names:
		database.update(doctype, name, EMPTIED[doctype])


def forget_places(database: Database) -> None:
	"""Forget at which documents the runs that brought in history have stopped: a document may bear a name."""
	rows = database.select(
		"SELECT name FROM `tabThread History` WHERE state <> 'Running' "
		"AND (COALESCE(place, '') <> '' OR COALESCE(error, '') <> '')"
	)
	nothing: Mapping[str, object] = {"place": None, "error": None}
	for row in rows:
		database.update("Thread History", row["name"], nothing)


def is_erased(database: Database, source_keys: Collection[str]) -> bool:
	"""Return whether what has one of these keys was erased with its whole conversation."""
	params: dict[str, object] = {}
	listed = one_of("key", source_keys, params)
	rows = database.select(
		"SELECT e.name FROM `tabThread Entry` e JOIN `tabCustomer Thread` t ON t.name = e.thread "
		f"WHERE e.source_key IN ({listed}) AND t.erased_us > 0",
		params,
	)
	return bool(rows)


def consents_of(database: Database, phones: Collection[str]) -> list[Name]:
	"""Return the ids of what these numbers said, but for a STOP, which holds for good."""
	params: dict[str, object] = {}
	listed = one_of("phone", phones, params)
	if not listed:
		return []
	rows = database.select(
		f"SELECT name FROM `tabThread Text Consent` WHERE phone IN ({listed}) AND state <> 'Opted Out'",
		params,
	)
	return [row["name"] for row in rows]


def links_to(database: Database, addresses: Collection[str]) -> list[Name]:
	"""Return the ids of the links that were sent to these addresses."""
	params: dict[str, object] = {}
	listed = one_of("address", addresses, params)
	if not listed:
		return []
	rows = database.select(f"SELECT name FROM `tabThread Sign In` WHERE address IN ({listed})", params)
	return [row["name"] for row in rows]
