"""Bring home the pictures that a provider keeps for us."""

from customer_thread.domain.delivery import next_try
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Attachment
from customer_thread.domain.words import preview
from customer_thread.service.ports import Ports
from customer_thread.store import attachments, threads
from customer_thread.store.rows import DueAttachmentRow


def due_attachments(ports: Ports, limit: int = 20) -> list[DueAttachmentRow]:
	"""Return the pictures to fetch now."""
	return attachments.due(ports.database, ports.clock.now_us(), limit)


def fetch_attachment(ports: Ports, attachment: DueAttachmentRow) -> Attachment | GatewayError:
	"""Fetch one, outside of any transaction."""
	try:
		return ports.sms().fetch_attachment(attachment["remote_url"])
	except GatewayError as error:
		return error


def record_attachment(ports: Ports, attachment: DueAttachmentRow, outcome: Attachment | GatewayError) -> None:
	"""Keep the picture, or note why it could not be had and when to try again."""
	attempts = attachment["attempts"] + 1
	changes: dict[str, object] = {"attempts": attempts}
	if isinstance(outcome, Attachment):
		changes |= {
			"state": "Ready",
			"file": ports.files.save(outcome),
			"file_name": preview(outcome.name),
			"content_type": outcome.content_type,
			"size": len(outcome.data),
			"error": None,
		}
	else:
		due_us = next_try(attempts, ports.clock.now_us(), ports.ids.below(401))
		given_up = outcome.permanent or due_us is None
		changes |= {
			"state": "Failed" if given_up else "Pending",
			"due_us": due_us or 0,
			"error": str(outcome),
		}
	if ports.database.update(attachments.ATTACHMENT, attachment["name"], changes, {"state": "Pending"}):
		threads.mark_changed(ports.database, attachment["thread"])
		ports.live.changed(attachment["thread"])
