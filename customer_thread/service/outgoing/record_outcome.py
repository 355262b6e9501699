"""Write down what became of a delivery, and go the other way if it failed for good."""

from customer_thread.domain.delivery_states import SPREAD, moves_forward, next_try
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import DeliveryState
from customer_thread.domain.outbound import SentMail, SentSms
from customer_thread.domain.routing import Route, fallback
from customer_thread.service.outgoing.note_consent import note_consent
from customer_thread.service.outgoing.queue_delivery import queue_delivery
from customer_thread.service.outgoing.reach import business_of, reach_of
from customer_thread.service.ports import Ports
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import deliveries, entries, threads
from customer_thread.store.rows import DeliveryRow


def record_text_sent(ports: Ports, delivery: str, sent: SentSms) -> None:
	"""Note that the provider accepted a text."""
	row = deliveries.lock(ports.database, delivery)
	if row and sent.error and moves_forward(row["state"], sent.state):
		# found at the provider after a time-out, and undelivered by then
		failed_for_good(ports, {**row, "provider_id": sent.provider_sid}, sent.error)
	elif row:
		_record_sent(ports, row, sent.provider_sid, sent.state)


def record_mail_sent(ports: Ports, delivery: str, sent: SentMail) -> None:
	"""Note that a mail was handed over."""
	row = deliveries.lock(ports.database, delivery)
	if row:
		_record_sent(ports, row, sent.message_id, "Sent")


def _record_sent(ports: Ports, row: DeliveryRow, known_by: str, state: DeliveryState) -> None:
	"""Set nothing back that a report has moved on before."""
	further = state if moves_forward(row["state"], state) else row["state"]
	deliveries.record_sent(ports.database, row, known_by, further)
	show_delivery(ports, row)


def record_failure(ports: Ports, delivery: str, error: GatewayError) -> None:
	"""Note why it was not accepted, and when to try again or that nothing more can be done."""
	row = deliveries.lock(ports.database, delivery)
	if row is None or row["state"] != "Sending":
		return
	due = next_try(row["attempts"], ports.clock.now_us(), ports.ids.below(SPREAD + 1))
	if error.permanent or due is None:
		failed_for_good(ports, row, error)
		return
	deliveries.postpone(ports.database, row, error, due)
	show_delivery(ports, row)


def failed_for_good(ports: Ports, row: DeliveryRow, error: GatewayError) -> None:
	"""Mark the delivery failed, remember what it says of the number, and fall back once."""
	deliveries.fail(ports.database, row, error)
	show_delivery(ports, row)
	if error.consent and row["channel"]:
		how = f"provider: {error.code}"
		note_consent(ports, row["channel"], row["address"], error.consent, ports.clock.now_us(), how)
	_fall_back(ports, row)


def _fall_back(ports: Ports, row: DeliveryRow) -> None:
	thread = threads.get(ports.database, row["thread"]) if row["thread"] else None
	entry = entries.words_of(ports.database, row["entry"]) if row["entry"] else None
	if thread is None or entry is None or row["fallback_of"] or row["channel"] not in ports.channels:
		return
	first = Route(row["channel"], row["address"], row["reason"])
	business = business_of(ports, thread, row["purpose"], len(entry["text"]))
	route = fallback(first, reach_of(ports, thread), business, row["purpose"], ports.rules)
	if route is None:
		return
	queue_delivery(ports, thread, row["entry"], row["purpose"], route, entry["text"], fallback_of=row["name"])
	# the other way carries the whole message: parts of it that have not left yet stay
	for part in deliveries.of_entry(ports.database, row["entry"]):
		if part["purpose"] == row["purpose"] and not part["fallback_of"]:
			deliveries.skip(ports.database, part["name"], route.reason)


def show_delivery(ports: Ports, row: DeliveryRow) -> None:
	"""Let the pages of its thread see that a delivery has moved on."""
	if row["thread"]:
		show_change(ports, row["thread"])
