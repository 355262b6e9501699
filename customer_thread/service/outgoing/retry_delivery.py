"""Try a failed delivery again."""

from customer_thread.domain.errors import Conflict, NotFound
from customer_thread.service.outgoing.record_outcome import show_delivery
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries
from customer_thread.store.rows import DeliveryRow


def retry_delivery(ports: Ports, delivery: str) -> DeliveryRow:
	"""Queue a failed delivery anew and return it. Raise NotFound, or Conflict if it has not failed."""
	row = deliveries.lock(ports.database, delivery)
	if row is None:
		raise NotFound("There is no such delivery.")
	if row["state"] != "Failed":
		raise Conflict("Only a failed delivery can be tried again; this one is {0}.", row["state"].lower())
	if row["purpose"] == "Invitation" and not row["text"]:
		raise Conflict("Its link is not kept once it has left: please invite them again.")
	if row["purpose"] == "Notice":
		raise Conflict("A notice is not sent again: what it tells stands in the thread.")
	requeue(ports, row)
	return deliveries.get(ports.database, delivery) or row


def requeue(ports: Ports, delivery: DeliveryRow) -> None:
	"""Put a failed delivery back into the queue; one that has moved on meanwhile is left alone."""
	keeps_id = ports.channel(delivery["channel"] or "").new_message_id is not None
	message_id = delivery["provider_id"] if keeps_id else ""
	if deliveries.requeue(ports.database, delivery, message_id, ports.clock.now_us()):
		ports.queue.run_soon("deliver")
		show_delivery(ports, delivery)
