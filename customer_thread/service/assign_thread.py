"""A person says whose an unmatched thread is."""

from customer_thread.domain.errors import Conflict
from customer_thread.domain.model import Address
from customer_thread.domain.words import preview
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
	for doctype in _MOVED:
		for name in threads.rows_of(ports.database, doctype, source["name"]):
			ports.database.update(doctype, name, {"thread": goal["name"]}, {"thread": source["name"]})
	if keep_address:
		kind, _colon, value = source["unmatched_address"].partition(":")
		address = Address("Phone" if kind == "phone" else "Email", value)
		contact_points.add(ports.database, goal["name"], address, "Customer Thread", source["name"])
	ports.database.update(
		threads.THREAD,
		source["name"],
		{"merged_into": goal["name"], "unmatched_address": None, "contractor_unread": 0},
	)
	_refresh(ports, goal, source)
	ports.live.changed(goal["name"])
	return threads.get(ports.database, goal["name"]) or goal


def _refresh(ports: Ports, goal: Row, source: Row) -> None:
	last = entries.last_in(ports.database, goal["name"])
	changes: dict[str, object] = {
		"revision": goal["revision"] + 1,
		"contractor_unread": goal["contractor_unread"] + source["contractor_unread"],
		"customer_unread": entries.unread_after(ports.database, goal["name"], goal["customer_read_upto"]),
		"last_entry": max(goal["last_entry"], source["last_entry"]),
	}
	if last:
		changes |= {"last_us": last["occurred_us"], "last_preview": preview(last["text"] or "")}
	ports.database.update(threads.THREAD, goal["name"], changes)
