"""Write down what became of a delivery, and go the other way if it failed for good."""

from typing import Any

from customer_thread.domain.delivery import moves_forward, next_try
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Consent
from customer_thread.domain.outbound import SentSms
from customer_thread.domain.routing import Route, fallback
from customer_thread.gateways.twilio_sms.errors import is_not_textable, is_opted_out, words_for
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.outgoing.reach import business_of, reach_of
from customer_thread.service.ports import Ports
from customer_thread.store import consents, deliveries, entries, threads
from customer_thread.store.rows import DeliveryRow


def record_sent(ports: Ports, delivery: str, sent: SentSms) -> None:
	"""Note that the provider took it; a report that came first is not set back."""
	row = deliveries.lock(ports.database, delivery)
	if row is None:
		return
	moves = moves_forward(row["state"], sent.state)
	if moves and sent.state == "Failed":
		# found at the provider after a time-out, and undelivered by then
		error = GatewayError(words_for(sent.error_code), permanent=True, code=sent.error_code)
		failed_for_good(ports, {**row, "provider_id": sent.provider_id}, error)
		return
	changes: dict[str, Any] = {"provider_id": sent.provider_id, "claim": None}
	if moves:
		changes["state"] = sent.state
	if row["state"] != "Failed":
		changes |= {"error_code": None, "error": None}
	mark(ports, row, changes)


def record_failure(ports: Ports, delivery: str, error: GatewayError) -> None:
	"""Note why it was not taken, and when to try again or that nothing more can be done."""
	row = deliveries.lock(ports.database, delivery)
	if row is None or row["state"] != "Sending":
		return
	due = next_try(row["attempts"], ports.clock.now_us(), ports.ids.below(401))
	if error.permanent or due is None:
		failed_for_good(ports, row, error)
		return
	changes = {"state": "Queued", "due_us": due, "claim": None, "error_code": error.code, "error": str(error)}
	if error.ambiguous and not row["unsure_since_us"]:
		# stays until the text is sent: every later try looks it up first
		changes["unsure_since_us"] = row["claimed_us"]
	mark(ports, row, changes)


def failed_for_good(ports: Ports, row: DeliveryRow, error: GatewayError) -> None:
	"""Mark the delivery failed, remember what it says of the number, and fall back once."""
	mark(
		ports,
		row,
		{
			"state": "Failed",
			"claim": None,
			"provider_id": row["provider_id"],
			"error_code": error.code,
			"error": str(error),
		},
	)
	said = _said(error.code) if row["channel"] == "SMS" else None
	if said:
		sender = ports.settings().sender
		now = ports.clock.now_us()
		consents.record(ports.database, row["address"], sender, said, now, f"provider: {error.code}")
	_fall_back(ports, row)


def _said(code: str) -> Consent | None:
	"""Return what an error code says of the number, if anything."""
	if is_opted_out(code):
		return "Opted Out"
	return "Not Textable" if is_not_textable(code) else None


def _fall_back(ports: Ports, row: DeliveryRow) -> None:
	thread = threads.get(ports.database, row["thread"]) if row["thread"] else None
	entry = entries.words_of(ports.database, row["entry"]) if row["entry"] else None
	if thread is None or entry is None or row["fallback_of"]:
		return
	first = Route(row["channel"], row["address"], row["reason"])
	route = fallback(first, reach_of(ports, thread), business_of(ports), row["purpose"])
	if route is None:
		return
	queue_delivery(ports, thread, row["entry"], row["purpose"], route, entry["text"], fallback_of=row["name"])
	# the other way carries the whole message: parts of it that have not left yet stay
	for part in deliveries.of_entry(ports.database, row["entry"]):
		if part["purpose"] == row["purpose"] and not part["fallback_of"]:
			kept = {"state": "Skipped", "reason": route.reason}
			ports.database.update(deliveries.DELIVERY, part["name"], kept, {"state": "Queued"})


def mark(ports: Ports, row: DeliveryRow, changes: dict[str, Any]) -> None:
	"""Change a delivery and let the pages of its thread see it."""
	ports.database.update(deliveries.DELIVERY, row["name"], changes)
	if row["thread"]:
		threads.mark_changed(ports.database, row["thread"])
		ports.live.changed(row["thread"])
