"""Thread Deliveries: one attempt to reach someone each."""

from collections.abc import Iterable
from typing import Any

from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import DeliveryChannel, DeliveryState, Purpose
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.notices.reasons import both
from customer_thread.domain.routing import Route
from customer_thread.domain.sign_in import without_tokens
from customer_thread.domain.thread.keys import fallback_key
from customer_thread.store import held_words
from customer_thread.store.database import Database, Duplicate, move_rows, one_of
from customer_thread.store.rows import DeliveryRow, EntryStateRow, columns, first, held, typed

DELIVERY = "Thread Delivery"
#: what `pictures` holds once the pictures could not go along
NO_PICTURES = "-"
_ALL = f"SELECT {columns(DeliveryRow)} FROM `tabThread Delivery`"


def queue(
	database: Database,
	purpose: Purpose,
	route: Route,
	now_us: int,
	*,
	thread: str | None = None,
	entry: int = 0,
	text: str = "",
	part: int = 0,
	urgent: bool = False,
	promotional: bool = False,
	message_id: str = "",
	fallback_of: str | None = None,
	source_key: str | None = None,
	hold: Verdict | None = None,
	due_us: int | None = None,
) -> str | None:
	"""Write down that someone is to be reached and return the delivery's id.

	By a route without a channel nobody is: the delivery is skipped, and keeps the reason. `hold`: until when it
	waits, and why; `due_us`: when it is to be sent, if not now. None if one with this source key is there already.
	"""
	waits = hold if route.channel else None
	values = {
		"purpose": purpose,
		"channel": route.channel,
		"address": route.address or None,
		"reason": both(route.reason, waits.reason) if waits else route.reason,
		"state": ("Held" if waits else "Queued") if route.channel else "Skipped",
		"thread": thread,
		"entry": entry,
		"text": text or None,
		"part": part,
		"urgent": int(urgent),
		"promotional": int(promotional),
		"provider_id": message_id or None,
		"fallback_of": fallback_of,
		"source_key": source_key,
		"due_us": waits.until_us if waits else now_us if due_us is None else due_us,
		"creation_us": now_us,
	}
	try:
		return str(database.insert(DELIVERY, values))
	except Duplicate:
		return None


def claim(database: Database, delivery: DeliveryRow, token: str, now_us: int) -> bool:
	"""Claim a queued delivery to send it, with the words and pictures it has by now; return whether it was still queued."""
	claimed = {"state": "Sending", "claim": token, "claimed_us": now_us, "attempts": delivery["attempts"] + 1}
	kept = {**claimed, "text": delivery["text"] or None, "pictures": delivery["pictures"] or None}
	return database.update(DELIVERY, delivery["name"], kept, {"state": "Queued"})


def begin(database: Database, delivery: str, claim: str, now_us: int) -> bool:
	"""Note that a claimed delivery is handed over from now on; return whether the claim still holds."""
	return database.update(DELIVERY, delivery, {"claimed_us": now_us}, {"state": "Sending", "claim": claim})


def release(database: Database, delivery: DeliveryRow, due_us: int) -> None:
	"""Queue a delivery that was claimed and never came back; it may have been accepted all the same."""
	since = delivery["unsure_since_us"] or delivery["claimed_us"]
	again = {"state": "Queued", "claim": None, "due_us": due_us, "unsure_since_us": since}
	database.update(DELIVERY, delivery["name"], again, {"state": "Sending", "claim": delivery["claim"]})


def begin_anew(database: Database, delivery: DeliveryRow, now_us: int) -> None:
	"""Queue a delivery of which is known by now that no try has left; having looked is no try."""
	again = {"state": "Queued", "claim": None, "due_us": now_us, "unsure_since_us": 0}
	database.update(DELIVERY, delivery["name"], {**again, "attempts": delivery["attempts"] - 1})


def record_sent(
	database: Database, delivery: DeliveryRow, provider_id: str, state: DeliveryState, ask_us: int
) -> None:
	"""Note that a delivery was accepted, by which id it is known, how far it has come, and when to ask for more."""
	changes: dict[str, object] = {"provider_id": provider_id or None, "claim": None, "state": state}
	changes["due_us"] = ask_us
	if delivery["state"] != "Failed":
		changes |= {"error_code": None, "error": None}
	if delivery["purpose"] == "Invitation":
		# it has a link that signs in, of which only a hash is kept elsewhere
		changes |= held_words.without(DELIVERY)
	else:
		changes |= _without_tokens(delivery)
	database.update(DELIVERY, delivery["name"], changes)


def _without_tokens(delivery: DeliveryRow) -> dict[str, object]:
	"""Return the change that leaves no link in the words of a delivery that signs anybody in: it has left with them."""
	text = without_tokens(delivery["text"])
	return {"text": text} if text != delivery["text"] else {}


def record_report(
	database: Database, delivery: DeliveryRow, provider_sid: str, state: DeliveryState, ask_us: int
) -> None:
	"""Note how far the provider reports a text to have come, and when to ask for more."""
	changes = {"provider_id": provider_sid, "state": state, "due_us": ask_us}
	database.update(DELIVERY, delivery["name"], {**changes, **_without_tokens(delivery)})


def record_back(database: Database, delivery: DeliveryRow, now_us: int) -> None:
	"""Note that a mail to ourselves has come back, and when."""
	changes = {"state": "Delivered", "claim": None, "due_us": now_us, "error_code": None, "error": None}
	database.update(DELIVERY, delivery["name"], changes)


def ask_again(database: Database, delivery: str, due_us: int) -> None:
	"""Note when the provider is asked again what became of an accepted delivery."""
	database.update(DELIVERY, delivery, {"due_us": due_us}, {"state": "Sending", "claim": None})


def postpone(database: Database, delivery: DeliveryRow, error: GatewayError, due_us: int) -> None:
	"""Queue a delivery that was not accepted, to be tried again then."""
	changes = {"state": "Queued", "claim": None, "due_us": due_us, **_wrong(error)}
	if error.ambiguous and not delivery["unsure_since_us"]:
		# stays until the text is sent: every later try looks it up first
		changes["unsure_since_us"] = delivery["claimed_us"]
	database.update(DELIVERY, delivery["name"], changes)


def fail(database: Database, delivery: DeliveryRow, error: GatewayError, now_us: int) -> None:
	"""Note that nothing more is done by itself, and by which id the provider knows it if it does.

	It waits for somebody to deal with it, unless it is a notice: what that told stands in the thread.
	"""
	changes: dict[str, object] = {"state": "Failed", "claim": None}
	changes["provider_id"] = delivery["provider_id"] or None
	changes["failed_us"] = 0 if delivery["purpose"] == "Notice" else now_us
	# an invitation that is tried once more goes with the link it has, any other is given a new one
	words = {} if delivery["purpose"] == "Invitation" else _without_tokens(delivery)
	database.update(DELIVERY, delivery["name"], {**changes, **words, **_wrong(error)})


def _wrong(error: GatewayError) -> dict[str, object]:
	return {"error_code": error.code, "error": str(error)}


def requeue(database: Database, delivery: DeliveryRow, message_id: str, now_us: int) -> bool:
	"""Queue a failed delivery as if it were new and return whether it was one still.

	A mail keeps its Message-ID; a text gets a new id with the provider's next answer, and its earlier ones are kept:
	what is said of them is said of the tries before.
	"""
	values: dict[str, object] = {"state": "Queued", "attempts": 0, "due_us": now_us, "claim": None}
	values["failed_us"] = 0
	values["provider_id"] = message_id or None
	if delivery["provider_id"] and not message_id:
		values["earlier_ids"] = " ".join([*delivery["earlier_ids"].split(), delivery["provider_id"]])
		values["unsure_since_us"] = 0
	return database.update(DELIVERY, delivery["name"], values, {"state": "Failed"})


def give_up_pictures(database: Database, delivery: DeliveryRow, error: GatewayError, now_us: int) -> bool:
	"""Queue a delivery anew without the pictures for which it failed, and return whether it could be."""
	fail(database, delivery, error, now_us)
	if not requeue(database, delivery, "", now_us):
		return False
	return database.update(DELIVERY, delivery["name"], {"pictures": NO_PICTURES})


def hurry(database: Database, entry: int, now_us: int) -> None:
	"""Let what of an entry waits for its first try be due."""
	for row in of_entry(database, entry):
		if row["state"] == "Queued" and not row["attempts"] and row["due_us"] > now_us:
			set_due(database, row["name"], now_us)


def skip(database: Database, delivery: str, reason: str) -> None:
	"""Send a delivery no more, if it waits; no link in its words signs anybody in."""
	row = get(database, delivery)
	left = _without_tokens(row) if row else {}
	for waiting in ("Queued", "Held"):
		database.update(
			DELIVERY, delivery, {"state": "Skipped", "reason": reason, **left}, {"state": waiting}
		)


def erase(database: Database, delivery: str) -> None:
	"""Forget the words of a delivery, which nobody can send any more."""
	database.update(DELIVERY, delivery, {**held_words.without(DELIVERY), "failed_us": 0})


def get(database: Database, delivery: str) -> DeliveryRow | None:
	"""Return a delivery."""
	return first(DeliveryRow, database.select(f"{_ALL} WHERE name = %(name)s", {"name": delivery}))


def instead_of(database: Database, delivery: DeliveryRow) -> str:
	"""Return the newest delivery that stands in for this one, or for another part of its message; empty for none."""
	rows = database.select(
		"SELECT f.name FROM `tabThread Delivery` f JOIN `tabThread Delivery` d ON d.name = f.fallback_of "
		"WHERE d.name = %(name)s OR (d.entry > 0 AND d.entry = %(entry)s AND d.purpose = %(purpose)s) "
		"ORDER BY f.creation_us DESC, f.part LIMIT 1",
		{"name": delivery["name"], "entry": delivery["entry"], "purpose": delivery["purpose"]},
	)
	return str(rows[0]["name"]) if rows else ""


def went_otherwise(database: Database, delivery: DeliveryRow) -> bool:
	"""Return whether another delivery stands in for this one that failed and is held, or for another part of its message."""
	if delivery["fallback_of"]:
		return False
	if instead_of(database, delivery):
		return True
	if delivery["failed_us"]:
		# whoever lets it go otherwise settles it
		return False
	# the newest: a query might not see what was written since this transaction began to read
	key = fallback_key(delivery["entry"], delivery["purpose"])
	where = {"source_key": key} if delivery["entry"] else {"fallback_of": delivery["name"]}
	return database.lock(DELIVERY, where) is not None


def lock(database: Database, delivery: str) -> DeliveryRow | None:
	"""Return a delivery's newest state and hold it."""
	return held(DeliveryRow, database.lock(DELIVERY, {"name": delivery}))


def by_provider_sid(database: Database, provider_sid: str) -> DeliveryRow | None:
	"""Return the delivery of the text that its provider knows by this id."""
	return _by_id(database, provider_sid)


def by_message_id(database: Database, message_id: str) -> DeliveryRow | None:
	"""Return the delivery of the mail with this Message-ID."""
	return _by_id(database, message_id)


def by_source(database: Database, source_key: str) -> DeliveryRow | None:
	"""Return the delivery with this source key."""
	sql = f"{_ALL} WHERE source_key = %(source_key)s"
	return first(DeliveryRow, database.select(sql, {"source_key": source_key}))


def _by_id(database: Database, provider_id: str) -> DeliveryRow | None:
	"""Look into the column that holds either: a Message-ID has angle brackets, a provider's id has none."""
	return first(DeliveryRow, database.select(f"{_ALL} WHERE provider_id = %(id)s", {"id": provider_id}))


def bearers_of(database: Database, provider_sids: Iterable[str]) -> dict[str, str]:
	"""Return which delivery bears each of these ids of texts; an id that none bears is left out."""
	params: dict[str, Any] = {}
	listed = one_of("id", provider_sids, params)
	if not listed:
		return {}
	rows = database.select(
		f"SELECT name, provider_id FROM `tabThread Delivery` WHERE provider_id IN ({listed})", params
	)
	return {row["provider_id"]: row["name"] for row in rows}


def other_bearer(database: Database, delivery: str, provider_sid: str) -> bool:
	"""Return whether another delivery bears this id of a text, and hold that answer."""
	bearer = database.lock(DELIVERY, {"provider_id": provider_sid})
	return bearer is not None and bearer["name"] != delivery


def earlier_ids_to(database: Database, address: str) -> set[str]:
	"""Return the ids of the texts to an address that were tries before their deliveries were queued anew."""
	rows = database.select(
		"SELECT earlier_ids FROM `tabThread Delivery` WHERE address = %(address)s AND earlier_ids IS NOT NULL",
		{"address": address},
	)
	return {sid for row in rows for sid in str(row["earlier_ids"]).split()}


def due(database: Database, now_us: int, limit: int, channel: DeliveryChannel | None = None) -> list[str]:
	"""Return the deliveries to send now, the longest waiting first; to one address only in their order.

	The parts of a message leave one after the other, also while one of them waits for its next try.
	"""
	rows = database.select(
		"SELECT d.name FROM `tabThread Delivery` d WHERE d.state = 'Queued' AND d.due_us <= %(now)s "
		"AND (%(channel)s = '' OR d.channel = %(channel)s) "
		"AND (d.part = 0 OR NOT EXISTS (SELECT 1 FROM `tabThread Delivery` e WHERE e.address = d.address "
		"AND e.state = 'Queued' AND e.entry = d.entry AND e.purpose = d.purpose AND e.part < d.part)) "
		# two questions, so that each is one range of the index over address and state
		"AND NOT EXISTS (SELECT 1 FROM `tabThread Delivery` e WHERE e.address = d.address "
		"AND e.state = 'Sending' AND e.claim IS NOT NULL) "
		"AND NOT EXISTS (SELECT 1 FROM `tabThread Delivery` e WHERE e.address = d.address "
		"AND e.state = 'Queued' AND e.due_us <= %(now)s "
		"AND (e.creation_us < d.creation_us OR (e.creation_us = d.creation_us AND e.part < d.part))) "
		"ORDER BY d.due_us, d.part LIMIT %(limit)s",
		{"now": now_us, "limit": limit, "channel": channel or ""},
	)
	return [row["name"] for row in rows]


def in_flight_to(database: Database, address: str) -> bool:
	"""Return whether a delivery to this address is claimed."""
	sql = (
		"SELECT name FROM `tabThread Delivery` WHERE address = %(address)s AND state = 'Sending' "
		"AND claim IS NOT NULL LIMIT 1"
	)
	return bool(database.select(sql, {"address": address}))


def claimed(database: Database) -> list[DeliveryRow]:
	"""Return the deliveries that are claimed."""
	return typed(DeliveryRow, database.select(f"{_ALL} WHERE state = 'Sending' AND claim IS NOT NULL"))


def waiting_beyond(database: Database, until_us: int) -> list[DeliveryRow]:
	"""Return the queued deliveries that are due only after then."""
	rows = database.select(f"{_ALL} WHERE state = 'Queued' AND due_us > %(until)s", {"until": until_us})
	return typed(DeliveryRow, rows)


def set_due(database: Database, delivery: str, due_us: int) -> None:
	"""Let a queued delivery be due then."""
	database.update(DELIVERY, delivery, {"due_us": due_us}, {"state": "Queued"})


def to_ask_about(database: Database, now_us: int, limit: int) -> list[DeliveryRow]:
	"""Return the accepted deliveries of which too long nothing was heard, the longest first."""
	rows = database.select(
		f"{_ALL} WHERE state = 'Sending' AND claim IS NULL AND due_us <= %(now)s ORDER BY due_us LIMIT %(limit)s",
		{"now": now_us, "limit": limit},
	)
	return typed(DeliveryRow, rows)


def states_of(database: Database, entries: Iterable[int], purpose: str) -> list[EntryStateRow]:
	"""Return how far the deliveries of these entries have come; once one fell back, only of the fallback."""
	params: dict[str, Any] = {"purpose": purpose}
	listed = one_of("entry", entries, params)
	if not listed:
		return []
	rows = database.select(
		"SELECT d.entry, d.state, d.attempts, d.due_us, d.claimed_us FROM `tabThread Delivery` d "
		f"WHERE d.entry IN ({listed}) AND d.purpose = %(purpose)s AND (d.fallback_of IS NOT NULL OR NOT EXISTS "
		"(SELECT 1 FROM `tabThread Delivery` f WHERE f.entry = d.entry AND f.purpose = d.purpose "
		"AND f.fallback_of IS NOT NULL))",
		params,
	)
	return typed(EntryStateRow, rows)


def of_entry(database: Database, entry: int) -> list[DeliveryRow]:
	"""Return the deliveries of an entry in the order they were made."""
	# the message itself before its notices
	rows = database.select(
		f"{_ALL} WHERE entry = %(entry)s "
		"ORDER BY creation_us, CASE WHEN purpose = 'Notice' THEN 1 ELSE 0 END, part",
		{"entry": entry},
	)
	return typed(DeliveryRow, rows)


def of_entries(database: Database, thread: str, entries: Iterable[int]) -> list[DeliveryRow]:
	"""Return the deliveries of these entries of a thread."""
	params: dict[str, Any] = {"thread": thread}
	listed = one_of("entry", entries, params)
	if not listed:
		return []
	rows = database.select(
		f"{_ALL} WHERE entry IN ({listed}) AND thread = %(thread)s "
		"ORDER BY creation_us, CASE WHEN purpose = 'Notice' THEN 1 ELSE 0 END, part",
		params,
	)
	return typed(DeliveryRow, rows)


def move(database: Database, source: str, goal: str) -> None:
	"""Let a thread's deliveries be another thread's."""
	move_rows(database, DELIVERY, source, goal)
