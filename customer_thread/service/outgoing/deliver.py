"""Send what is queued. Each step is a transaction of its own; between them a crash leaves a row that says so."""

from typing import Any

from customer_thread.domain.delivery_states import CLAIM_TIMEOUT
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import Claimed, Sent, SentMail, SentSms
from customer_thread.service.outgoing.record_outcome import (
	failed_for_good,
	record_failure,
	record_mail_sent,
	record_text_sent,
)
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries


def due_deliveries(ports: Ports, limit: int = 50) -> list[str]:
	"""Return the deliveries to send now."""
	return deliveries.due(ports.database, ports.clock.now_us(), limit)


def claim_delivery(ports: Ports, delivery: str) -> Claimed[Any] | None:
	"""Take a queued delivery, or return None if it is another worker's or no longer wanted."""
	row = deliveries.lock(ports.database, delivery)
	now = ports.clock.now_us()
	if row is None or row["state"] != "Queued" or row["due_us"] > now:
		return None
	if not deliveries.claim(ports.database, row, ports.ids.token(), now):
		return None
	try:
		channel = ports.channel(row["channel"] or "")
		outbound = channel.compose(ports, row)
		return Claimed(delivery, channel.rule.name, outbound, row["unsure_since_us"] or None)
	except GatewayError as error:
		record_failure(ports, delivery, error)
		return None


def send_delivery(ports: Ports, claimed: Claimed[Any]) -> Sent | GatewayError:
	"""Hand it to the provider, outside of any transaction, and return what came of it."""
	try:
		return ports.channel(claimed.channel).hand_over(ports, claimed)
	except GatewayError as error:
		return error


def record_delivery(ports: Ports, claimed: Claimed[Any], outcome: Sent | GatewayError) -> None:
	"""Write down what came of it."""
	match outcome:
		case GatewayError():
			record_failure(ports, claimed.delivery, outcome)
		case SentSms():
			record_text_sent(ports, claimed.delivery, outcome)
		case SentMail():
			record_mail_sent(ports, claimed.delivery, outcome)


def give_up_delivery(ports: Ports, delivery: str, broken: Exception) -> None:
	"""Fail a delivery that cannot even be put together, so that it holds up no other."""
	row = deliveries.lock(ports.database, delivery)
	if row and row["state"] == "Queued":
		error = GatewayError("It cannot be put together: {0}", type(broken).__name__, permanent=True)
		failed_for_good(ports, row, error)


def release_abandoned(ports: Ports, *, everything: bool = False) -> int:
	"""Queue the deliveries whose worker died between claim and record; return how many.

	`everything`: no other worker can be alive, so the youngest claims are dead too.
	"""
	now = ports.clock.now_us()
	lost = deliveries.abandoned(ports.database, now + 1 if everything else now - CLAIM_TIMEOUT)
	for row in lost:
		deliveries.release(ports.database, row, now)
	if lost:
		ports.queue.run_soon("deliver")
	return len(lost)
