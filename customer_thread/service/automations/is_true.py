"""Whether a scheduled message is still what the document and its automation say."""

from dataclasses import dataclass

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.model import Automation, Cause, DocumentNow, Wanted
from customer_thread.domain.automations.plan import carrying_on, wanted
from customer_thread.domain.automations.questions import ASKED_AGAIN
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import zone
from customer_thread.service.automations.cause import cause_of, holding
from customer_thread.service.automations.question import what_became_of
from customer_thread.service.ports import Ports
from customer_thread.store import automations, causes, scheduled_messages, threads
from customer_thread.store.rows import DeliveryRow, ThreadRow
from customer_thread.store.scheduled_rows import ScheduledMessageRow


@dataclass(frozen=True)
class Answer:
	"""The message as it would be sent now, and what it is made from."""

	automation: Automation
	cause: Cause
	current: DocumentNow
	message: Wanted


def answer_now(ports: Ports, thread: ThreadRow, row: ScheduledMessageRow) -> Answer | Phrase:
	"""Return the message that a row's automation has to send about its document now, or why none."""
	automation = automations.get(ports.database, row["automation"])
	if automation is None:
		return reasons.NO_AUTOMATION
	reference = Reference(row["reference_doctype"], row["reference_name"])
	now = _current(ports, reference)
	events = causes.events_of(ports.database, reference.doctype, reference.name)
	cause = cause_of(ports, thread, reference, now, events.get(thread["name"], ()))
	rules = automations.enabled_for(ports.database, reference.doctype)
	message = wanted(
		automation,
		cause,
		ports.clock.now_us(),
		holding(ports, thread, cause),
		carrying_on(automation, rules),
	)
	if isinstance(message, Phrase) or now is None:
		return message if isinstance(message, Phrase) else reasons.NO_DOCUMENT
	return Answer(automation, cause, now, message)


def _current(ports: Ports, reference: Reference) -> DocumentNow | None:
	"""Return the document as it is, and an empty one for what is sent by hand about nothing in particular."""
	if reference.doctype:
		# one that was deleted has no name any more
		return ports.documents.current(reference) if reference.name else None
	return DocumentNow({}, frozenset(), zone(ports.settings().default_timezone))


def why_not(ports: Ports, delivery: DeliveryRow) -> Phrase | None:
	"""Return why an automated message that is about to leave is not true any more, or of no use; None if it is.

	A delivery that no automation caused is none of its business.
	"""
	row = scheduled_messages.of_entry(ports.database, delivery["entry"])
	thread = threads.get(ports.database, row["thread"]) if row else None
	if row is None or thread is None:
		return None
	if ports.clock.now_us() >= row["valid_until_us"]:
		return reasons.TOO_LATE
	if row["source_key"].startswith(ASKED_AGAIN):
		return None if what_became_of(ports, thread, row).state in ("Open", "Confirmed") else reasons.MOVED
	found = answer_now(ports, thread, row)
	if isinstance(found, Phrase):
		return found
	is_same = found.message.occurrence == row["occurrence"] and found.message.about_us == row["about_us"]
	return None if is_same else reasons.MOVED
