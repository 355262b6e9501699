"""Send what is queued. Each step is a transaction of its own; between them a crash leaves a row that says so."""

from dataclasses import dataclass

from customer_thread.domain.delivery import CLAIM_LIFE
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.outbound import OutboundMail, OutboundSms, SentMail, SentSms
from customer_thread.domain.times import MINUTE
from customer_thread.service.outgoing.compose import compose
from customer_thread.service.outgoing.record_outcome import (
	failed_for_good,
	record_failure,
	record_mail_sent,
	record_text_sent,
)
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries


@dataclass(frozen=True)
class Claimed:
	"""A delivery that is this worker's to send."""

	delivery: str
	outbound: OutboundSms | OutboundMail
	#: when an earlier try began that may have been taken all the same, µs; None if there was none
	unsure_since_us: int | None


def due_deliveries(ports: Ports, limit: int = 50) -> list[str]:
	"""Return the deliveries to send now."""
	return deliveries.due(ports.database, ports.clock.now_us(), limit)


def claim_delivery(ports: Ports, delivery: str) -> Claimed | None:
	"""Take a queued delivery, or return None if it is another worker's or no longer wanted."""
	row = deliveries.lock(ports.database, delivery)
	now = ports.clock.now_us()
	if row is None or row["state"] != "Queued" or row["due_us"] > now:
		return None
	if not deliveries.claim(ports.database, row, ports.ids.token(), now):
		return None
	try:
		return Claimed(delivery, compose(ports, row), row["unsure_since_us"] or None)
	except GatewayError as error:
		record_failure(ports, delivery, error)
		return None


def send_delivery(ports: Ports, claimed: Claimed) -> SentSms | SentMail | GatewayError:
	"""Hand it to the provider, outside of any transaction, and return what came of it."""
	try:
		if isinstance(claimed.outbound, OutboundMail):
			# a second try carries the same Message-ID, by which mailboxes know it again
			ports.mail().send(claimed.outbound)
			return SentMail(claimed.outbound.message_id)
		if claimed.unsure_since_us is not None:
			earlier = _taken_before(ports, claimed.delivery, claimed.outbound, claimed.unsure_since_us)
			if earlier:
				return earlier
		return ports.sms().send(claimed.outbound)
	except GatewayError as error:
		return error


def _taken_before(ports: Ports, delivery: str, text: OutboundSms, since_us: int) -> SentSms | None:
	"""Return the text of an earlier try: what this delivery bears, else what no other one accounts for."""
	found = ports.sms().find_sent(text, since_us - MINUTE)
	# asked after the provider: a report may have told this delivery its id meanwhile
	bearers = deliveries.bearers_of(ports.database, [sent.provider_sid for sent in found])
	own = [sent for sent in found if bearers.get(sent.provider_sid) == delivery]
	nobodys = [sent for sent in found if sent.provider_sid not in bearers]
	return next(iter(own + nobodys), None) or _reported(ports, delivery)


def _reported(ports: Ports, delivery: str) -> SentSms | None:
	"""Return the text that a report has told this delivery of; the provider's list may be late."""
	row = deliveries.get(ports.database, delivery)
	return SentSms(row["provider_id"], row["state"]) if row and row["provider_id"] else None


def record_delivery(ports: Ports, claimed: Claimed, outcome: SentSms | SentMail | GatewayError) -> None:
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
	lost = deliveries.abandoned(ports.database, now + 1 if everything else now - CLAIM_LIFE)
	for row in lost:
		deliveries.release(ports.database, row, now)
	if lost:
		ports.queue.run_soon("deliver")
	return len(lost)
