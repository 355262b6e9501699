"""A mail of ours will never arrive."""

from collections.abc import Sequence

from customer_thread.domain.delivery_states import moves_forward
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.inbound import Bounce
from customer_thread.domain.limits import BOUNCE_DAYS, MAIL_MINUTES_EARLY
from customer_thread.domain.people.reply_address import token_in
from customer_thread.domain.times import DAY, MINUTE
from customer_thread.service.outgoing.record_outcome import failed_for_good
from customer_thread.service.ports import Ports
from customer_thread.store import deliveries, sent_to, threads


def receive_bounce(
	ports: Ports, bounce: Bounce, *, recipients: Sequence[str] = (), came_us: int | None = None
) -> bool:
	"""Fail the delivery, once however often it is said; return whether the mail was one of ours.

	A report that does not say which mail it was is about the last that left for the address it names, by the
	thread whose reply address it came to if it came to one. `came_us` is when it came, if not just now.
	"""
	message_id = bounce.message_id or _last_mail(ports, bounce, recipients, came_us)
	known = deliveries.by_message_id(ports.database, message_id) if message_id else None
	row = deliveries.lock(ports.database, known["name"]) if known else None
	if row is None:
		return False
	if moves_forward(row["state"], "Failed"):
		failed_for_good(
			ports, row, GatewayError("{0}", bounce.diagnostic, permanent=True, code=bounce.status)
		)
	return True


def _last_mail(ports: Ports, bounce: Bounce, recipients: Sequence[str], came_us: int | None) -> str:
	came = ports.clock.now_us() if came_us is None else came_us
	# its clock may be slow
	since, until = came - BOUNCE_DAYS * DAY, came + MAIL_MINUTES_EARLY * MINUTE
	thread = _thread_of(ports, recipients)
	for address in bounce.addresses:
		if found := sent_to.last_mail_to(ports.database, address, since, until, thread):
			return found
	return ""


def _thread_of(ports: Ports, recipients: Sequence[str]) -> str:
	tokens = [token_in(recipient) for recipient in recipients]
	for token in [token for token in tokens if token]:
		row = threads.by_reply_token(ports.database, token) or threads.by_contractor_reply_token(
			ports.database, token
		)
		if row:
			return row["name"]
	return ""
