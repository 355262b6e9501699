"""A person says whose an unmatched thread is."""

from customer_thread.domain.errors import Conflict
from customer_thread.domain.model import Address
from customer_thread.domain.thread import unread
from customer_thread.service.ports import Ports
from customer_thread.store import contact_points, deliveries, entries, events, notes, threads
from customer_thread.store.database import Row

_MOVED = (entries.ENTRY, events.EVENT, deliveries.DELIVERY, notes.NOTE)


def assign_thread(ports: Ports, unmatched: Row, target: Row, *, keep_address: bool = True) -> Row:
	"""Move everything in an unmatched thread to a customer's, at its own times, and return that thread.

	The number it came from becomes his contact point. Doing it again to the same customer changes nothing.
	Raise Conflict if the thread is a customer's already.
	"""
	held = {name: threads.lock(ports.database, name) for name in sorted({unmatched["name"], target["name"]})}
	source, goal = held[unmatched["name"]], held[target["name"]]
	if source is None or goal is None or source["party"] or source["merged_into"]:
		if source and source["name"] == target["name"]:
			return target
		raise Conflict("This conversation belongs to a customer already.")
	if keep_address:
		address = Address.of_key(source["unmatched_address"])
		contact_points.add(ports.database, goal["name"], address, "Customer Thread", source["name"])
	_join(ports, source, goal)
	return threads.get(ports.database, goal["name"]) or goal


def join_threads(ports: Ports, source: str, goal: str) -> None:
	"""Move everything in one thread to another, which stands for both from now on."""
	held = {name: threads.lock(ports.database, name) for name in sorted({source, goal})}
	old, new = held[source], held[goal]
	if old and new and source != goal and not old["merged_into"] and not new["merged_into"]:
		_join(ports, old, new)


def _join(ports: Ports, source: Row, goal: Row) -> None:
	moved = {doctype: _move(ports, doctype, source["name"], goal["name"]) for doctype in _MOVED}
	gone = {
		"merged_into": goal["name"],
		"unmatched_address": None,
		"contractor_unread": 0,
		"last_preview": None,
	}
	ports.database.update(
		threads.THREAD, source["name"], {**gone, "customer_unread": 0, "party_type": None, "party": None}
	)
	_refresh(ports, goal, source, moved[entries.ENTRY])
	ports.live.changed(goal["name"])


def _move(ports: Ports, doctype: str, source: str, goal: str) -> list[Row]:
	"""Move a thread's rows and return them as they were."""
	moved = []
	# held one by one: a query might not see what was committed since this transaction began to read
	while row := ports.database.lock(doctype, {"thread": source}):
		ports.database.update(doctype, row["name"], {"thread": goal})
		moved.append(row)
	return moved


def _refresh(ports: Ports, goal: Row, source: Row, moved: list[Row]) -> None:
	since_read = [row for row in moved if row["name"] > goal["customer_read_upto"]]
	unread_more = sum(
		unread.for_customer(row["kind"], row["author"], from_history=bool(row["from_history"]))
		for row in since_read
	)
	changes: dict[str, object] = {
		"revision": goal["revision"] + 1,
		"contractor_unread": goal["contractor_unread"] + source["contractor_unread"],
		"customer_unread": goal["customer_unread"] + unread_more,
		"last_entry": max(goal["last_entry"], source["last_entry"]),
	}
	if moved and (not goal["last_entry"] or source["last_us"] >= goal["last_us"]):
		changes |= {"last_us": source["last_us"], "last_preview": source["last_preview"]}
	ports.database.update(threads.THREAD, goal["name"], changes)
