"""A mail of ours will never arrive."""

from customer_thread.domain.delivery_states import moves_forward
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.inbound import Bounce
from customer_thread.service.outgoing.record_outcome import failed_for_good
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries


def receive_bounce(ports: Ports, bounce: Bounce) -> bool:
	"""Fail the delivery, once however often it is said; return whether the mail was one of ours."""
	known = deliveries.by_message_id(ports.database, bounce.message_id)
	row = deliveries.lock(ports.database, known["name"]) if known else None
	if row is None:
		return False
	if moves_forward(row["state"], "Failed"):
		failed_for_good(
			ports, row, GatewayError("{0}", bounce.diagnostic, permanent=True, code=bounce.status)
		)
	return True
