"""What could not be delivered for good goes by the other channel."""

from customer_thread.domain.notices.decide import ANSWERS_WITHIN
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.routing import Route, fallback
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.outgoing.queue_invitation import invite_otherwise
from customer_thread.service.outgoing.reach import business_of, reach_of
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, entries, failures, threads
from customer_thread.store.rows import DeliveryRow, ThreadRow


def go_other_way(ports: Ports, row: DeliveryRow) -> bool:
	"""Queue what a failed delivery carried by the other channel, once for an entry; return whether there is a way.

	Then neither it nor another part of its message waits for anybody any more.
	"""
	if not _goes(ports, row):
		return False
	for part in _others(ports, row) if row["entry"] else [row]:
		failures.settle(ports.database, part["name"])
	return True


def _others(ports: Ports, row: DeliveryRow) -> list[DeliveryRow]:
	"""Return the parts of its message that went first."""
	return [
		part
		for part in deliveries.of_entry(ports.database, row["entry"])
		if part["purpose"] == row["purpose"] and not part["fallback_of"]
	]


def _goes(ports: Ports, row: DeliveryRow) -> bool:
	thread = threads.get(ports.database, row["thread"]) if row["thread"] else None
	entry = entries.words_of(ports.database, row["entry"]) if row["entry"] else None
	if row["purpose"] == "Notice":
		# what it told stands in the thread
		return False
	messages = {rule.name for rule in ports.rules}
	if thread is None or row["channel"] not in messages:
		return False
	if row["purpose"] == "Invitation":
		return invite_otherwise(ports, row, thread)
	if entry is None:
		return False
	first = Route(row["channel"], row["address"], row["reason"])
	business = business_of(ports, thread, row["purpose"], len(entry["text"]))
	route = fallback(first, reach_of(ports, thread), business, row["purpose"], ports.rules)
	if route is None:
		return False
	others = _others(ports, row)
	if ports.channel(route.channel or "").rule.limit is None:
		whole = next((other for other in others if other["channel"] == route.channel), None)
		if whole:
			# only its beginning went this way
			return whole["state"] != "Failed"
	queue_delivery(
		ports,
		thread,
		row["entry"],
		row["purpose"],
		route,
		entry["text"],
		attachments=entry["attachments"],
		urgent=bool(row["urgent"]),
		promotional=bool(row["promotional"]),
		hold=_hold(ports, thread, row),
		fallback_of=row["name"],
	)
	# the other way carries the whole message: parts of it that have not left yet stay
	for part in others:
		deliveries.skip(ports.database, part["name"], route.reason)
	return True


def _hold(ports: Ports, thread: ThreadRow, row: DeliveryRow) -> Verdict | None:
	"""Return until when the other way waits: a mail may come back in the night, hours after a person wrote it."""
	is_late = ports.clock.now_us() - row["creation_us"] > ANSWERS_WITHIN
	if row["purpose"] != "Message" or row["urgent"] or not is_late:
		return None
	return ports.notices.hold_message(ports, thread, bool(row["promotional"]))
