"""Bring what waits in a thread up to what its customer's zone is now."""

from customer_thread.domain.limits import MESSAGES_DUE
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.ports import Ports
from customer_thread.store import scheduled_messages


def plan_thread(ports: Ports, thread: str) -> None:
	"""Plan anew, in this thread, the documents about which something waits there."""
	waiting = scheduled_messages.waiting_in(ports.database, thread, MESSAGES_DUE)
	about = {(row["reference_doctype"], row["reference_name"]) for row in waiting}
	for doctype, name in sorted(about):
		plan_document(ports, Reference(doctype, name), only=thread)
