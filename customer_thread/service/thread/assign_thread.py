"""A person says whose an unmatched thread is."""

from collections.abc import Collection

from customer_thread.domain.errors import Conflict
from customer_thread.domain.model import Address
from customer_thread.domain.thread import joined, unread
from customer_thread.service.ports import Ports
from customer_thread.service.thread.keep_waiting import last_answered, reckon
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
	came = {row["name"] for row in moved}
	threads.merge(ports.database, source, goal, unread_more, _said_of_both(ports, source, goal, came))
	reckon(ports.database, goal["name"])
	# both may have waited to say the same, and the customer's clocks may be others
	ports.automations.plan_thread(ports, goal["name"])
	ports.live.changed(goal["name"])
	_hand_turn(ports, source, goal)


def _hand_turn(ports: Ports, source: ThreadRow, goal: ThreadRow) -> None:
	"""Let whose turn it was in a thread that is joined have it in the other, if that is nobody's and they may see it."""
	turn, theirs = goal["assigned_to"] or "", source["assigned_to"] or ""
	# whatever the host has for it, a task perhaps, is of a thread that stands for nothing any more
	ports.team.give(source["name"], "")
	if not turn and theirs and ports.team.may_see(theirs, goal["name"]):
		ports.team.give(goal["name"], turn := theirs)
	ports.team.settle(goal["name"], turn)


def _said_of_both(
	ports: Ports, source: ThreadRow, goal: ThreadRow, came: Collection[int]
) -> dict[str, object]:
	"""Return what stays of what staff said of two threads, once the entries of one are the other's: what is done, and what is snoozed."""
	asked = entries.asked_after(ports.database, goal["name"], last_answered(ports.database, goal["name"]))
	done = joined.done_upto(asked, came, goal["done_upto"], source["done_upto"])
	sides = [(row["snoozed_us"], row["waiting_us"]) for row in (source, goal)]
	return {
		"done_upto": done,
		"done_before": min(done, goal["done_before"]),
		"snoozed_us": joined.snoozed_us(sides, ports.clock.now_us()),
		"snoozed_before": 0,
	}
