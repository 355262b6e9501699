"""Bring home the pictures that a provider keeps for us."""

from customer_thread.domain.delivery_states import CLAIM_TIMEOUT, SPREAD, next_try
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Attachment
from customer_thread.service.ports import Ports
from customer_thread.service.thread.picture_size import picture_size
from customer_thread.service.thread.show_change import show_change
from customer_thread.store import attachments, deliveries
from customer_thread.store.rows import DueAttachmentRow


def due_attachments(ports: Ports, limit: int = 20) -> list[DueAttachmentRow]:
	"""Return the pictures to fetch now."""
	return attachments.due(ports.database, ports.clock.now_us(), limit)


def claim_attachment(ports: Ports, attachment: DueAttachmentRow) -> DueAttachmentRow | None:
	"""Take one, or return None if another worker has; one whose worker dies is due again once the claim is old."""
	until = ports.clock.now_us() + CLAIM_TIMEOUT
	return {**attachment, "due_us": until} if attachments.claim(ports.database, attachment, until) else None


def fetch_attachment(ports: Ports, attachment: DueAttachmentRow) -> Attachment | GatewayError:
	"""Fetch one, outside of any transaction."""
	try:
		return ports.texting["SMS"]().fetch_attachment(attachment["remote_url"])
	except GatewayError as error:
		return error


def record_attachment(ports: Ports, attachment: DueAttachmentRow, outcome: Attachment | GatewayError) -> None:
	"""Keep the picture, or note why it could not be had and when to try again.

	Nothing of one that was removed meanwhile, or that another worker has claimed since.
	"""
	if not attachments.is_waited_for(ports.database, attachment):
		return
	if isinstance(outcome, Attachment):
		attachments.ready(
			ports.database, attachment, outcome, ports.files.save(outcome), picture_size(outcome)
		)
	else:
		due_us = next_try(attachment["attempts"] + 1, ports.clock.now_us(), ports.ids.below(SPREAD + 1))
		if outcome.permanent or due_us is None:
			attachments.fail(ports.database, attachment, str(outcome))
		else:
			attachments.postpone(ports.database, attachment, str(outcome), due_us)
	if not attachments.has_pending(ports.database, attachment["entry"]):
		# what was waiting for the pictures goes with them, or without those that never come
		deliveries.hurry(ports.database, attachment["entry"], ports.clock.now_us())
		ports.queue.run_soon("deliver")
	show_change(ports, attachment["thread"])
