"""An automation was saved, switched on or off, or removed: what waits is made what it says now."""

from collections.abc import Iterator

from customer_thread.domain.automations.model import Automation, Wanted
from customer_thread.domain.automations.plan import wanted
from customer_thread.domain.limits import AUTOMATION_MINUTES, MESSAGES_DUE
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import MINUTE
from customer_thread.service.automations.cause import cause_of, holding
from customer_thread.service.automations.is_true import answer_now
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.ports import Ports
from customer_thread.store import automations, causes, scheduled_messages, threads
from customer_thread.store.scheduled_rows import ScheduledMessageRow


def waiting_messages(ports: Ports, automation: str) -> Iterator[ScheduledMessageRow]:
	"""Yield what waits of an automation; each is to be looked at in a transaction of its own."""
	last = ""
	while rows := scheduled_messages.waiting_of(ports.database, automation, MESSAGES_DUE, last):
		yield from rows
		last = rows[-1]["name"]


def look_again(ports: Ports, waiting: ScheduledMessageRow) -> None:
	"""End a message that is not wanted any more, or give it the time that it has now."""
	thread = threads.lock(ports.database, waiting["thread"])
	row = scheduled_messages.lock(ports.database, waiting["name"])
	if thread is None or row is None or row["state"] != "Waiting":
		return
	if row["thread"] != thread["name"]:
		# its thread was joined to another since it was listed, and it was planned anew with that
		return
	found = answer_now(ports, thread, row)
	if isinstance(found, Phrase):
		scheduled_messages.end(ports.database, row["name"], found)
	else:
		reference = Reference(row["reference_doctype"], row["reference_name"])
		plan_document(ports, reference, only=thread["name"])


def documents_to_come(ports: Ports, automation: str) -> Iterator[Reference]:
	"""Yield the documents about which an automation has something to say that is still to come.

	What has gone by before it was switched on is none of its business. Each is to be planned in a transaction of its
	own.
	"""
	rule = automations.get(ports.database, automation)
	if rule is None or not rule.enabled or rule.moment != "Date Field":
		# what follows an event is planned with it
		return
	since_us, last = ports.clock.now_us() - AUTOMATION_MINUTES * MINUTE, ""
	while names := causes.documents_of(ports.database, rule.document_type, since_us, MESSAGES_DUE, last):
		for name in names:
			reference = Reference(rule.document_type, name)
			if _is_to_come(ports, rule, reference):
				yield reference
		last = names[-1]


def _is_to_come(ports: Ports, rule: Automation, reference: Reference) -> bool:
	now = ports.documents.current(reference)
	events = causes.events_of(ports.database, reference.doctype, reference.name)
	for name, of_thread in events.items():
		thread = threads.get(ports.database, name)
		if now and thread and not thread["merged_into"]:
			cause = cause_of(ports, thread, reference, now, of_thread)
			message = wanted(rule, cause, ports.clock.now_us(), holding(ports, thread, cause))
			if isinstance(message, Wanted) and message.planned_us > ports.clock.now_us():
				return True
	return False
