"""Notices among the Thread Deliveries, and whatever else is held until it may ping."""

from collections.abc import Sequence

from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.notices import reasons
from customer_thread.domain.notices.model import Action, Verdict, is_of_browser
from customer_thread.domain.notices.reasons import both, without_hold
from customer_thread.domain.phrase import Phrase
from customer_thread.store.database import Database, Duplicate, one_of
from customer_thread.store.deliveries import DELIVERY
from customer_thread.store.notice_rows import HeldNoticeRow, HeldRow, NoticeLineRow
from customer_thread.store.rows import DeliveryRow, columns, typed

_SELECT = (
	"SELECT d.name, d.entry, d.reason, d.urgent, d.promotional, d.attempts, d.provider_id, d.due_us, "
	"d.creation_us, e.kind, e.author, e.from_history, e.erased_us, v.voided_by, v.send_before_us "
	"FROM `tabThread Delivery` d JOIN `tabThread Entry` e ON e.name = d.entry "
	"LEFT JOIN `tabThread Event` v ON v.name = e.event"
)
_STATES: dict[Action, str] = {"Send": "Queued", "Hold": "Held", "Skip": "Skipped"}


def add(
	database: Database,
	source_key: str,
	verdict: Verdict,
	now_us: int,
	*,
	thread: str,
	entry: int,
	reader: str,
	channel: DeliveryChannel,
	address: str,
	urgent: bool,
	promotional: bool,
	text: str = "",
	message_id: str = "",
	instead_of: str = "",
) -> bool:
	"""Write down what becomes of a notice by one channel, once; return whether it was not written before.

	`instead_of`: the delivery that waited for this decision, which it becomes.
	"""
	values = {
		"purpose": "Notice",
		"thread": thread,
		"entry": entry,
		"reader": reader or None,
		"channel": channel,
		"address": address or None,
		"state": _STATES[verdict.action],
		"reason": verdict.reason,
		"urgent": int(urgent),
		"promotional": int(promotional),
		"text": text or None,
		"provider_id": message_id or None,
		"source_key": source_key,
		"due_us": verdict.until_us or now_us,
		"creation_us": now_us,
	}
	if instead_of:
		# it keeps its own key: what was decided once is not decided again
		del values["source_key"]
		return database.update(DELIVERY, instead_of, values, {"state": "Held"})
	return bool(_insert(database, values))


def put_off(
	database: Database,
	source_key: str,
	now_us: int,
	*,
	thread: str,
	entry: int,
	urgent: bool,
	promotional: bool,
) -> str:
	"""Write down that it is yet to be decided who is notified of an entry, once; return the delivery, "" if it was before."""
	values = {
		"purpose": "Notice",
		"thread": thread,
		"entry": entry,
		"state": "Held",
		"reason": reasons.UNDECIDED,
		"urgent": int(urgent),
		"promotional": int(promotional),
		"source_key": source_key,
		"due_us": now_us,
		"creation_us": now_us,
	}
	return _insert(database, values)


def _insert(database: Database, values: dict[str, object]) -> str:
	try:
		return str(database.insert(DELIVERY, values))
	except Duplicate:
		return ""


def with_entry(database: Database, delivery: str) -> list[HeldNoticeRow]:
	"""Return a notice with what its entry is by now."""
	rows = database.select(f"{_SELECT} WHERE d.name = %(name)s", {"name": delivery})
	return typed(HeldNoticeRow, rows)


def hold(database: Database, delivery: DeliveryRow, verdict: Verdict) -> bool:
	"""Let a delivery that waits wait until then; return whether it was waiting still."""
	own = "" if delivery["purpose"] == "Notice" else without_hold(delivery["reason"])
	changes = {"state": "Held", "reason": both(own, verdict.reason), "due_us": verdict.until_us}
	return database.update(DELIVERY, delivery["name"], changes, {"state": delivery["state"]})


def unhold(database: Database, delivery: DeliveryRow, now_us: int) -> bool:
	"""Queue a message that was held, and return whether it was held still."""
	changes = {"state": "Queued", "reason": without_hold(delivery["reason"]), "due_us": now_us}
	return database.update(DELIVERY, delivery["name"], changes, {"state": "Held"})


def due(database: Database, now_us: int, limit: int, after: tuple[int, str] = (0, "")) -> list[HeldRow]:
	"""Return what is held until now or earlier, behind a place in that order, the longest due first."""
	rows = database.select(
		f"SELECT {columns(HeldRow)} FROM `tabThread Delivery` WHERE state = 'Held' AND due_us <= %(now)s "
		"AND due_us >= %(us)s AND (due_us > %(us)s OR name > %(name)s) ORDER BY due_us, name LIMIT %(limit)s",
		{"now": now_us, "us": after[0], "name": after[1], "limit": limit},
	)
	return typed(HeldRow, rows)


def held(
	database: Database, like: HeldRow, limit: int, after: tuple[int, str] = (0, "")
) -> list[HeldNoticeRow]:
	"""Return the held notices to the same reader by the same way as this one, behind a place, the oldest first."""
	rows = database.select(
		f"{_SELECT} WHERE d.thread = %(thread)s AND d.state = 'Held' "
		"AND d.purpose = 'Notice' AND d.channel = %(channel)s AND COALESCE(d.reader, '') = %(reader)s "
		# a browser is a way of its own; of mails and texts the address may change while they wait
		"AND (%(channel)s <> 'Push' OR d.address = %(address)s) "
		"AND d.creation_us >= %(us)s AND (d.creation_us > %(us)s OR d.name > %(name)s) "
		"ORDER BY d.creation_us, d.name LIMIT %(limit)s",
		{**_way(like), "us": after[0], "name": after[1], "limit": limit},
	)
	return typed(HeldNoticeRow, rows)


def _way(row: HeldRow) -> dict[str, object]:
	return {name: row[name] for name in ("thread", "channel", "reader", "address")}


def send(
	database: Database, delivery: str, reason: Phrase, address: str, text: str, message_id: str, now_us: int
) -> bool:
	"""Queue a notice that was held, with what it says where that is written beforehand; return whether it was."""
	changes = {
		"state": "Queued",
		"reason": reason,
		"address": address,
		"text": text or None,
		"due_us": now_us,
	}
	if message_id:
		changes["provider_id"] = message_id
	return database.update(DELIVERY, delivery, changes, {"state": "Held"})


def wait(database: Database, delivery: str, verdict: Verdict) -> None:
	"""Let a notice that is held wait until then."""
	changes = {"reason": verdict.reason, "due_us": verdict.until_us}
	database.update(DELIVERY, delivery, changes, {"state": "Held"})


def set_right(database: Database, until_us: int, now_us: int) -> int:
	"""Let what is held until after then be due now; return how many."""
	rows = database.select(
		"SELECT name FROM `tabThread Delivery` WHERE state = 'Held' AND due_us > %(until)s",
		{"until": until_us},
	)
	return sum(database.update(DELIVERY, row["name"], {"due_us": now_us}, {"state": "Held"}) for row in rows)


def carry(database: Database, delivery: str, carrier: str) -> bool:
	"""Let another notice speak of what this one was to tell; return whether it was held."""
	changes = {"state": "Skipped", "reason": reasons.IN_DIGEST, "carried_by": carrier}
	return database.update(DELIVERY, delivery, changes, {"state": "Held"})


def carries_any(database: Database, delivery: str) -> bool:
	"""Return whether a notice speaks of more than its own entry."""
	sql = "SELECT name FROM `tabThread Delivery` WHERE carried_by = %(delivery)s LIMIT 1"
	return bool(database.select(sql, {"delivery": delivery}))


def resort(
	database: Database, entry: int, reader: str, ways: Sequence[Verdict], browser: str, now_us: int
) -> bool:
	"""Let the notices wait by which a reader is to learn of an entry after all; return whether there are any.

	None, where a notice of it left or waits, also within another; a push that failed is none. `browser`: where they
	are pushed to. A text is the last resort: one that was not sent for another reason never is.
	"""
	rows = database.select(
		"SELECT d.name, d.channel, d.reason, COALESCE(c.state, d.state) AS state FROM `tabThread Delivery` d "
		"LEFT JOIN `tabThread Delivery` c ON c.name = d.carried_by WHERE d.entry = %(entry)s "
		"AND d.purpose = 'Notice' AND COALESCE(d.reader, '') = %(reader)s ORDER BY d.name",
		{"entry": entry, "reader": reader},
	)
	left = [row for row in rows if not (row["state"] == "Failed" and is_of_browser(row["channel"]))]
	if any(row["state"] != "Skipped" for row in left):
		return False
	skipped = {
		row["channel"]: row["name"]
		for row in left
		if row["channel"] != "SMS" or row["reason"] == reasons.LAST_RESORT
	}
	found = False
	for way in ways:
		if way.channel in skipped:
			changes = {"state": "Held", "reason": way.reason, "due_us": way.until_us or now_us}
			changes |= {"carried_by": None} | ({"address": browser} if is_of_browser(way.channel) else {})
			found |= database.update(DELIVERY, skipped[way.channel], changes, {"state": "Skipped"})
	return found


def rename_reader(database: Database, old: str, new: str) -> None:
	"""Let what waits for somebody be theirs by their new name."""
	rows = database.select(
		"SELECT name FROM `tabThread Delivery` WHERE reader = %(old)s AND state IN ('Held', 'Queued', 'Sending')",
		{"old": old},
	)
	for row in rows:
		database.update(DELIVERY, row["name"], {"reader": new})


def part_again(database: Database, carrier: str, now_us: int) -> None:
	"""Let what a notice was to tell together with others wait again, each for itself."""
	rows = database.select(
		"SELECT name FROM `tabThread Delivery` WHERE carried_by = %(carrier)s", {"carrier": carrier}
	)
	waits = {"state": "Held", "reason": reasons.GATHERING, "due_us": now_us, "text": None}
	for row in rows:
		database.update(DELIVERY, row["name"], {**waits, "carried_by": None}, {"state": "Skipped"})
	if rows:
		database.update(DELIVERY, carrier, waits)


def entries_in(database: Database, delivery: str, entry: int, limit: int) -> list[int]:
	"""Return the entries that a notice tells of, its own first and then the oldest first, at most so many."""
	rows = database.select(
		"SELECT entry FROM `tabThread Delivery` WHERE carried_by = %(delivery)s "
		"ORDER BY creation_us, name LIMIT %(limit)s",
		{"delivery": delivery, "limit": limit},
	)
	return [entry, *(int(row["entry"]) for row in rows)][:limit]


def lines_of(database: Database, entries: Sequence[int]) -> list[NoticeLineRow]:
	"""Return these entries as a notice tells them, in this order."""
	params: dict[str, object] = {}
	listed = one_of("entry", entries, params)
	if not listed:
		return []
	rows = database.select(
		f"SELECT {columns(NoticeLineRow)} FROM `tabThread Entry` WHERE name IN ({listed})", params
	)
	return sorted(typed(NoticeLineRow, rows), key=lambda row: entries.index(row["name"]))


def counted(database: Database, delivery: str, entry: int) -> tuple[int, int, int]:
	"""Return how many entries a notice tells, how many of them are cards, and the latest."""
	rows = database.select(
		"SELECT COUNT(*) AS n, SUM(CASE WHEN e.kind = 'Event' THEN 1 ELSE 0 END) AS cards, MAX(e.name) AS latest "
		"FROM `tabThread Entry` e WHERE e.name = %(entry)s OR e.name IN "
		"(SELECT d.entry FROM `tabThread Delivery` d WHERE d.carried_by = %(delivery)s)",
		{"delivery": delivery, "entry": entry},
	)
	row = rows[0]
	return int(row["n"]), int(row["cards"] or 0), int(row["latest"] or 0)
