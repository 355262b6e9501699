"""A person says whose an unmatched thread is."""

from customer_thread.domain.errors import Conflict
from customer_thread.domain.model import Address
from customer_thread.domain.thread import unread
from customer_thread.service.ports import Ports
from customer_thread.service.thread.keep_waiting import reckon
from customer_thread.store import (
	calendars,
	contact_points,
	deliveries,
	entries,
	events,
	notes,
	preferences,
	scheduled_messages,
	sign_ins,
	subscriptions,
	threads,
	uploads,
)
from customer_thread.store.rows import ThreadRow


def assign_thread(
	ports: Ports, unmatched: ThreadRow, target: ThreadRow, *, keep_address: bool = True
) -> ThreadRow:
	"""Move everything in an unmatched thread to a customer's, at its own times, and return that thread.

	The number it came from becomes the customer's contact point. Doing it again to the same customer changes nothing.
	Raise Conflict if the thread is a customer's already.
	"""
	held = {name: threads.lock(ports.database, name) for name in sorted({unmatched["name"], target["name"]})}
	source, goal = held[unmatched["name"]], held[target["name"]]
	if source is None or goal is None or source["party"] or source["merged_into"]:
		if source and target["name"] in (source["name"], source["merged_into"]):
			return target
		raise Conflict("Somebody has assigned this conversation already. Load it again to see whose it is.")
	if keep_address and source["unmatched_address"]:
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


def _join(ports: Ports, source: ThreadRow, goal: ThreadRow) -> None:
	moved = entries.move(ports.database, source["name"], goal["name"])
	for rows in (
		events,
		deliveries,
		notes,
		preferences,
		scheduled_messages,
		sign_ins,
		subscriptions,
		calendars,
		uploads,
	):
		rows.move(ports.database, source["name"], goal["name"])
	since_read = [row for row in moved if row["name"] > goal["customer_read_upto"]]
	unread_more = sum(
		unread.for_customer(row["kind"], row["author"], from_history=bool(row["from_history"]))
		for row in since_read
	)
	threads.merge(ports.database, source, goal, unread_more)
	reckon(ports.database, goal["name"])
	# both may have waited to say the same, and the customer's clocks may be others
	ports.automations.plan_thread(ports, goal["name"])
	ports.live.changed(goal["name"])
