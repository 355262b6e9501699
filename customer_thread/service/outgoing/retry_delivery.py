"""Try a failed delivery again."""

from customer_thread.domain.errors import Conflict, NotFound
from customer_thread.service.outgoing.record_outcome import show_failure
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, notices, threads
from customer_thread.store.rows import DeliveryRow


def retry_delivery(ports: Ports, delivery: str) -> DeliveryRow:
	"""Queue a failed delivery anew and return it; a person's words that are late by now wait for the end of quiet hours.

	Raise NotFound, or Conflict if it has not failed or its words went the other way.
	"""
	row = deliveries.lock(ports.database, delivery)
	if row is None:
		raise NotFound("There is no such delivery.")
	if row["state"] != "Failed":
		raise Conflict("Only a failed delivery can be tried again; this one is {0}.", row["state"].lower())
	if deliveries.went_otherwise(ports.database, row):
		raise Conflict("Somebody has dealt with this one already.")
	if why := why_not_again(row):
		raise why
	requeue(ports, row)
	wait_for_morning(ports, delivery)
	return deliveries.get(ports.database, delivery) or row


def why_not_again(delivery: DeliveryRow) -> Conflict | None:
	"""Return why a delivery that failed cannot be tried again, or None if it can."""
	if delivery["purpose"] == "Invitation" and not delivery["text"]:
		return Conflict("Its link is not kept once it has left: please invite them again.")
	if delivery["purpose"] == "Notice":
		return Conflict("A notice is not sent again: what it tells stands in the thread.")
	return None


def requeue(ports: Ports, delivery: DeliveryRow, *, after: int = 0) -> None:
	"""Put a failed delivery back into the queue, due so many µs from now; one that has moved on meanwhile is left alone."""
	keeps_id = ports.channel(delivery["channel"] or "").new_message_id is not None
	message_id = delivery["provider_id"] if keeps_id else ""
	if deliveries.requeue(ports.database, delivery, message_id, ports.clock.now_us() + after):
		ports.queue.run_soon("deliver")
		show_failure(ports, delivery)


def wait_for_morning(ports: Ports, delivery: str) -> None:
	"""Hold a person's words that were queued anew until the customer's quiet hours end, unless they are urgent."""
	row = deliveries.get(ports.database, delivery)
	thread = threads.get(ports.database, row["thread"]) if row and row["thread"] else None
	if row is None or thread is None or row["purpose"] != "Message" or row["urgent"]:
		return
	hold = ports.notices.hold_message(ports, thread, bool(row["promotional"]))
	if hold:
		notices.hold(ports.database, row, hold)
