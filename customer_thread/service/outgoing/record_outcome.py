"""Write down what became of a delivery, and go the other way if it failed for good."""

from customer_thread.domain.delivery_states import (
	ASK_AFTER,
	CLOCK_SLACK,
	SPREAD,
	is_last,
	longest_wait,
	may_be_asked,
	moves_forward,
	next_look,
	next_try,
)
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import DeliveryState
from customer_thread.domain.outbound import SentMail, SentPush, SentSms
from customer_thread.domain.times import SECOND
from customer_thread.service.outgoing.go_other_way import go_other_way
from customer_thread.service.outgoing.note_consent import note_consent
from customer_thread.service.outgoing.picture_message import send_without_pictures
from customer_thread.service.outgoing.write_failure_line import write_failure_line
from customer_thread.service.ports import Ports
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import deliveries, erasing, threads
from customer_thread.store.rows import DeliveryRow


def record_text_sent(ports: Ports, delivery: str, sent: SentSms) -> None:
	"""Note that the provider accepted a text."""
	row = deliveries.lock(ports.database, delivery)
	if row is None or sent.provider_sid in row["earlier_ids"].split():
		# it was queued anew since: this try is over
		return
	others = row["unsure_since_us"] or row["state"] != "Sending"
	if deliveries.other_bearer(ports.database, delivery, sent.provider_sid) or (
		others and sent.provider_sid in deliveries.earlier_ids_to(ports.database, row["address"])
	):
		# two deliveries of the same words, and the other one took this text for its own
		taken = GatewayError("Another message of the same words was taken for it.", ambiguous=True)
		record_failure(ports, delivery, row["claim"] or "", taken)
	elif sent.error and moves_forward(row["state"], sent.state):
		# found at the provider after a time-out, and undelivered by then
		failed_for_good(ports, {**row, "provider_id": sent.provider_sid}, sent.error)
	else:
		_record_sent(ports, row, sent.provider_sid, sent.state)


def record_mail_sent(ports: Ports, delivery: str, sent: SentMail) -> None:
	"""Note that a mail was handed over."""
	row = deliveries.lock(ports.database, delivery)
	if row:
		_record_sent(ports, row, sent.message_id, "Sent")


def record_push_sent(ports: Ports, delivery: str, sent: SentPush) -> None:
	"""Note that a push was handed over."""
	row = deliveries.lock(ports.database, delivery)
	if row:
		_record_sent(ports, row, sent.push_id, "Sent")


def _record_sent(ports: Ports, row: DeliveryRow, known_by: str, state: DeliveryState) -> None:
	"""Set nothing back that a report has moved on before."""
	further = state if moves_forward(row["state"], state) else row["state"]
	# what is said of it already says when, too: a mail to ourselves may be back before its server has answered
	ask_us = ports.clock.now_us() + ASK_AFTER if further == state else row["due_us"]
	deliveries.record_sent(ports.database, row, known_by, further, ask_us)
	show_delivery(ports, row)


def record_status(
	ports: Ports, row: DeliveryRow, provider_sid: str, state: DeliveryState, error: GatewayError | None
) -> None:
	"""Note what a provider says became of a text it has accepted; nothing is set back."""
	if not moves_forward(row["state"], state):
		if not row["provider_id"] and row["state"] == "Sending":
			# no further, but accepted: that is known if our own call never comes back
			deliveries.record_report(ports.database, row, provider_sid, row["state"], row["due_us"])
	elif error:
		failed_for_good(ports, {**row, "provider_id": provider_sid}, error)
	else:
		ask_us = ports.clock.now_us() + ASK_AFTER
		deliveries.record_report(ports.database, row, provider_sid, state, ask_us)
		show_delivery(ports, row)


def record_not_left(ports: Ports, delivery: str, claim: str) -> None:
	"""Note that no try so far has left: what becomes of it is decided anew, unless it was tried often enough."""
	row = deliveries.lock(ports.database, delivery)
	if row is None or row["state"] != "Sending" or row["claim"] != claim:
		return
	if row["provider_id"]:
		# a report came after the provider was asked: it has left
		_record_sent(ports, row, row["provider_id"], row["state"])
	elif is_last(row["attempts"]):
		often = GatewayError("It could not be sent, however often it was tried.", permanent=True)
		failed_for_good(ports, row, often)
	else:
		deliveries.begin_anew(ports.database, row, ports.clock.now_us())


def is_looked_up(ports: Ports, row: DeliveryRow) -> bool:
	"""Return whether the provider can be asked for a try of which nothing is known: it gives each an id of its own."""
	channel = ports.channels.get(row["channel"]) if row["channel"] else None
	return channel is not None and channel.new_message_id is None


def record_failure(ports: Ports, delivery: str, claim: str, error: GatewayError) -> None:
	"""Note why it was not accepted, and when to try again or that nothing more can be done.

	Only of what is still the claim's: another worker's try is another matter.
	"""
	row = deliveries.lock(ports.database, delivery)
	if row is None or row["state"] != "Sending" or row["claim"] != claim:
		return
	looked_up = is_looked_up(ports, row)
	if row["provider_id"] and looked_up:
		# no answer came, but a report did: it was accepted
		_record_sent(ports, row, row["provider_id"], row["state"])
		return
	now, spread = ports.clock.now_us(), ports.ids.below(SPREAD + 1)
	due = next_try(row["attempts"], now, spread)
	if due and error.retry_after:
		# no longer than anything waits: what waits longer is taken for the work of a wrong clock
		asked = min(error.retry_after * SECOND, longest_wait(row["attempts"]) - CLOCK_SLACK)
		due = max(due, now + asked)
	if error.ambiguous and looked_up:
		due = next_look(row["attempts"], now, spread)
		due = due and max(due, may_be_asked(min(row["claimed_us"], now)))
	if error.permanent or due is None:
		# what may have left goes no other way as well
		failed_for_good(ports, row, error, falls_back=not (error.ambiguous and looked_up))
		return
	deliveries.postpone(ports.database, row, error, due)
	show_delivery(ports, row)
	_ring(ports, row)


def failed_for_good(ports: Ports, row: DeliveryRow, error: GatewayError, *, falls_back: bool = True) -> None:
	"""Mark the delivery failed, remember what it says of the number, and fall back once.

	What failed only for the pictures that went along is sent without them.
	"""
	if send_without_pictures(ports, row, error):
		show_delivery(ports, row)
		return
	deliveries.fail(ports.database, row, error, ports.clock.now_us())
	if not row["address"] or _is_erased(ports, row):
		# its customer was erased since it left: nobody is to hear of it, and no other way is taken
		erasing.erase_delivery(ports.database, row["name"])
		return
	show_failure(ports, row)
	if error.consent and row["channel"]:
		how = f"provider: {error.code}"
		note_consent(ports, row["channel"], row["address"], error.consent, ports.clock.now_us(), how)
	if not falls_back or row["fallback_of"] or not go_other_way(ports, row):
		_ring(ports, row)
	write_failure_line(ports, row, error)
	if row["purpose"] == "Team" and row["entry"]:
		# nobody looks for what does not appear
		ports.bell.ring(row["entry"])


def _is_erased(ports: Ports, row: DeliveryRow) -> bool:
	thread = threads.get(ports.database, row["thread"]) if row["thread"] else None
	return bool(thread and thread["erased_us"])


def _ring(ports: Ports, row: DeliveryRow) -> None:
	"""Tell in the Desk what the contractor does not hear, now or at all."""
	if row["purpose"] == "Forward" and row["entry"]:
		ports.bell.ring(row["entry"])


def show_delivery(ports: Ports, row: DeliveryRow) -> None:
	"""Let the pages of its thread see that a delivery has moved on."""
	if row["thread"]:
		show_change(ports, row["thread"])


def show_failure(ports: Ports, row: DeliveryRow) -> None:
	"""Let whoever looks at it see that a delivery has failed, or does so no more; what is in no thread stands in the list."""
	show_delivery(ports, row)
	if not row["thread"]:
		ports.live.list_changed()
