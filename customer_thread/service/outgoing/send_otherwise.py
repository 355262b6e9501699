"""A person lets what failed go by the other channel."""

from customer_thread.domain.errors import Conflict, NotFound
from customer_thread.service.outgoing.go_other_way import go_other_way
from customer_thread.service.outgoing.record_outcome import show_failure
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries


def send_otherwise(ports: Ports, delivery: str) -> str:
	"""Queue a failed delivery's words by the other channel, once, and return the new delivery's id.

	Raise NotFound, or Conflict with why they cannot go.
	"""
	row = deliveries.lock(ports.database, delivery)
	if row is None:
		raise NotFound("There is no such delivery.")
	if row["state"] != "Failed" or not row["failed_us"]:
		raise Conflict("Somebody has dealt with this one already.")
	if row["fallback_of"]:
		raise Conflict("Both ways have failed. Try again, or call them.")
	if not go_other_way(ports, row):
		raise Conflict("There is no other way to reach them: no address on file, or they want none by it.")
	show_failure(ports, row)
	return deliveries.instead_of(ports.database, row) or ""
