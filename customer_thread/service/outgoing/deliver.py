"""Send what is queued. Each step is a transaction of its own; between them a crash leaves a row that says so."""

from collections.abc import Collection
from typing import Any

from customer_thread.domain.delivery_states import (
	CLAIM_TIMEOUT,
	CLOCK_SLACK,
	LONGEST_HOLD,
	is_last,
	longest_wait,
	may_be_asked,
)
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import DeliveryChannel
from customer_thread.domain.notices.model import Verdict
from customer_thread.domain.notices.reasons import OF_THE_WAY
from customer_thread.domain.outbound import Claimed, NotLeft, Outcome, SentMail, SentPush, SentSms
from customer_thread.service.outgoing.compose_sign_in import why_no_link
from customer_thread.service.outgoing.picture_message import choose_pictures
from customer_thread.service.outgoing.reach import has_opted_out_since
from customer_thread.service.outgoing.record_outcome import (
	failed_for_good,
	is_looked_up,
	record_failure,
	record_mail_sent,
	record_not_left,
	record_push_sent,
	record_text_sent,
	show_delivery,
)
from customer_thread.service.ports import Ports
from customer_thread.service.sign_in.notice_link import with_fresh_link
from customer_thread.service.thread.in_language import in_office_language, in_thread_language
from customer_thread.store import deliveries, notices, threads
from customer_thread.store.rows import DeliveryRow

#: as the provider says it, which is not asked
OPTED_OUT = GatewayError(
	"The customer replied STOP and gets no texts from this number. Write by e-mail; START turns texts on again.",
	permanent=True,
)


def due_deliveries(ports: Ports, limit: int = 50, channel: DeliveryChannel | None = None) -> list[str]:
	"""Return the deliveries to send now, of one channel or of all."""
	return deliveries.due(ports.database, ports.clock.now_us(), limit, channel)


def claim_delivery(ports: Ports, delivery: str) -> Claimed[Any] | None:
	"""Take a queued delivery, or return None if it is another worker's, no longer wanted, or another is on its way there."""
	row = deliveries.lock(ports.database, delivery)
	now = ports.clock.now_us()
	if row is None or row["state"] != "Queued" or row["due_us"] > now:
		return None
	if deliveries.in_flight_to(ports.database, row["address"]):
		return None
	verdict = ports.notices.decide_again(ports, row)
	# what may have left is looked up first: of what has, nothing waits and nothing is skipped
	is_open = bool(row["unsure_since_us"]) and is_looked_up(ports, row)
	if verdict and not is_open:
		_wait_or_end(ports, row, verdict)
		return None
	is_unwanted = has_opted_out_since(ports, row)
	if is_unwanted and not is_open:
		failed_for_good(ports, row, OPTED_OUT)
		return None
	if row["purpose"] == "Sign In" and (why := why_no_link(ports, row)):
		deliveries.skip(ports.database, delivery, why)
		return None
	# it stands in its row before it leaves: another try is the same text, or the provider could not be asked for it
	row = {**row, "text": with_fresh_link(ports, row), "pictures": choose_pictures(ports, row)}
	claim = ports.ids.token()
	if not deliveries.claim(ports.database, row, claim, now):
		return None
	try:
		channel = ports.channel(row["channel"] or "")
		compose = ports.notices.compose.get(channel.rule.name) if row["purpose"] == "Notice" else None
		outbound = (compose or channel.compose)(_speaking_to(ports, row), row)
	except GatewayError as error:
		record_failure(ports, delivery, claim, error)
		return None
	return Claimed(
		delivery,
		channel.rule.name,
		outbound,
		row["unsure_since_us"] or None,
		claim,
		only_look=bool(verdict) or is_unwanted or (is_last(row["attempts"] + 1) and is_looked_up(ports, row)),
	)


def _speaking_to(ports: Ports, row: DeliveryRow) -> Ports:
	"""Return the ports that speak to whom it goes; a notice and a link to sign in find out their reader's by themselves."""
	if row["purpose"] in ("Message", "Invitation"):
		thread = threads.get(ports.database, row["thread"]) if row["thread"] else None
		return in_thread_language(ports, thread) if thread else ports
	return ports if row["purpose"] in ("Notice", "Sign In") else in_office_language(ports)


def _wait_or_end(ports: Ports, row: DeliveryRow, verdict: Verdict) -> None:
	"""Write down that a delivery is not to be sent now after all, and why."""
	if verdict.action == "Skip":
		deliveries.skip(ports.database, row["name"], verdict.reason)
		if verdict.reason in OF_THE_WAY:
			ports.notices.resort(ports, row["name"])
	else:
		notices.hold(ports.database, row, verdict)
	show_delivery(ports, row)


def begin_delivery(ports: Ports, claimed: Claimed[Any]) -> bool:
	"""Note that it is handed over now, and return whether it is still this worker's to send.

	For a host where time passes between the claim and the hand-over: what holds is asked about only when a request
	that began this late can no longer arrive.
	"""
	return deliveries.begin(ports.database, claimed.delivery, claimed.claim, ports.clock.now_us())


def send_delivery(ports: Ports, claimed: Claimed[Any]) -> Outcome:
	"""Hand it to the provider, outside of any transaction, and return what came of it."""
	try:
		return ports.channel(claimed.channel).hand_over(ports, claimed)
	except GatewayError as error:
		return error


def record_delivery(ports: Ports, claimed: Claimed[Any], outcome: Outcome) -> None:
	"""Write down what came of it."""
	match outcome:
		case GatewayError():
			record_failure(ports, claimed.delivery, claimed.claim, outcome)
		case NotLeft():
			record_not_left(ports, claimed.delivery, claimed.claim)
		case SentSms():
			record_text_sent(ports, claimed.delivery, outcome)
		case SentMail():
			record_mail_sent(ports, claimed.delivery, outcome)
		case SentPush():
			record_push_sent(ports, claimed.delivery, outcome)
	heard = ports.channel(claimed.channel).heard
	if heard:
		heard(ports, claimed, outcome)


def give_up_delivery(ports: Ports, delivery: str, broken: Exception) -> None:
	"""Fail a delivery that cannot even be put together, so that it holds up no other."""
	row = deliveries.lock(ports.database, delivery)
	if row and row["state"] == "Queued":
		error = GatewayError("It cannot be put together: {0}", type(broken).__name__, permanent=True)
		failed_for_good(ports, row, error)


def release_abandoned(ports: Ports, in_hand: Collection[str] | None = None) -> int:
	"""Queue the deliveries whose worker died between claim and record; return how many.

	`in_hand`: what the only worker there is works on, so that every other claim is dead, however young. None: there
	may be other workers, and a claim is dead when it is old.
	"""
	now = ports.clock.now_us()
	lost = 0
	for row in deliveries.claimed(ports.database):
		if in_hand is None and row["claimed_us"] > now + CLOCK_SLACK:
			# the clock was set back since: how old the claim is counts from now on
			deliveries.begin(ports.database, row["name"], row["claim"] or "", now)
		elif row["name"] not in in_hand if in_hand is not None else row["claimed_us"] < now - CLAIM_TIMEOUT:
			_release(ports, row, now)
			lost += 1
	if lost:
		ports.queue.run_soon("deliver")
	return lost


def _release(ports: Ports, row: DeliveryRow, now_us: int) -> None:
	if not is_looked_up(ports, row):
		deliveries.release(ports.database, row, now_us)
	elif row["provider_id"]:
		# a report told of it before its own call came back: it was accepted
		deliveries.record_sent(ports.database, row, row["provider_id"], row["state"], now_us)
	else:
		since = min(row["claimed_us"], now_us)
		deliveries.release(ports.database, row, max(now_us, may_be_asked(since)))


def set_clock_right(ports: Ports) -> int:
	"""Let what waits longer than anything waits be due at its time: the clock was set back; return how many."""
	now = ports.clock.now_us()
	late = [
		row
		for row in deliveries.waiting_beyond(ports.database, now + longest_wait(0))
		if row["due_us"] > now + longest_wait(row["attempts"])
	]
	for row in late:
		deliveries.set_due(ports.database, row["name"], may_be_asked(now) if row["unsure_since_us"] else now)
	if late:
		ports.queue.run_soon("deliver")
	held = notices.set_right(ports.database, now + LONGEST_HOLD, now)
	if held:
		ports.queue.run_soon("release")
	return len(late) + held
