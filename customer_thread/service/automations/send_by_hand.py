"""Somebody presses a button, and the system writes: the crew is on its way."""

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.model import Automation
from customer_thread.domain.automations.plan import BY_HAND
from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import MINUTES_TO_ARRIVAL
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.thread import keys
from customer_thread.domain.times import DAY, MINUTE
from customer_thread.service.ports import Ports
from customer_thread.store import scheduled_messages
from customer_thread.store.rows import ThreadRow


def send_by_hand(
	ports: Ports,
	thread: ThreadRow,
	automation: Automation,
	reference: Reference | None,
	minutes: int,
	client_id: str,
) -> bool:
	"""Let an automation's message be sent at once, about a document or nothing in particular; return whether it was new.

	`minutes`: to arrival. `client_id`: a UUID; the same one again is the same message. Raise BadInput.
	"""
	if automation.moment != "By Hand" or not automation.enabled:
		raise BadInput("“{0}” is not sent by hand, or is switched off.", automation.title)
	if not 0 <= minutes <= MINUTES_TO_ARRIVAL:
		raise BadInput("minutes must be from 0 to {0}.", MINUTES_TO_ARRIVAL)
	now_us = ports.clock.now_us()
	values = {
		"automation": automation.name,
		"thread": thread["name"],
		"reference_doctype": reference.doctype if reference else None,
		"reference_name": reference.name if reference else None,
		"occurrence": BY_HAND,
		"expects": "Confirmation" if automation.expects_confirmation else None,
		"reason": reasons.PLANNED,
		"due_us": now_us,
		"planned_us": now_us,
		"valid_until_us": now_us + (automation.valid_minutes * MINUTE or DAY),
		"minutes": minutes,
		"source_key": by_hand_key(thread["name"], client_id),
		"creation_us": now_us,
	}
	is_new = bool(scheduled_messages.add(ports.database, values))
	if is_new:
		ports.queue.run_soon("release")
	return is_new


def by_hand_key(thread: str, client_id: str) -> str:
	"""Return the key by which such a message of a thread is written once. Raise BadInput for what is no UUID."""
	return keys.source_key("by hand", f"{thread}:{keys.client_id(client_id)}")
