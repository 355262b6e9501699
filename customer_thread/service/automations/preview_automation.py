"""What an automation would write about one document, to whom, by which way, and when: nothing is written."""

from dataclasses import replace
from typing import TypedDict

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.check import check, check_text
from customer_thread.domain.automations.goes import goes
from customer_thread.domain.automations.model import Automation, Cause, CauseEvent, DocumentNow
from customer_thread.domain.automations.plan import wanted
from customer_thread.domain.automations.scheduled_words import goes_words
from customer_thread.domain.automations.text import render_text
from customer_thread.domain.errors import BadInput
from customer_thread.domain.notices.texts import segments
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import iso
from customer_thread.service.automations.cause import cause_of, holding, text_context
from customer_thread.service.automations.office import office_reader
from customer_thread.service.automations.opt_out_words import with_opt_out
from customer_thread.service.outgoing.way import way_to
from customer_thread.service.ports import Ports
from customer_thread.store import causes, threads
from customer_thread.store.rows import ThreadRow

#: to arrival, in a preview
_MINUTES = 15


class AutomationPreview(TypedDict):
	"""A message as it would be sent, and why it would be, or not."""

	#: empty if there are none
	text: str
	#: as a text message
	segments: int
	#: the customer's name; empty if nobody is told of this document
	customer: str
	#: SMS or Email; empty: it stays in the portal
	channel: str
	#: why by that way
	way: str
	#: when it would leave, ISO 8601 in UTC; empty if it is not sent, or when somebody presses the button
	at: str
	#: the same in words, by the customer's clock: "Thu 8:00am, after quiet hours"
	when: str
	#: in which “at 9:00” is meant: the customer's
	zone: str
	#: what it waits for until then, or why it is not sent
	reason: str
	#: the automation itself is at fault
	broken: bool


def preview_automation(
	ports: Ports, automation: Automation, reference: Reference, fields: frozenset[str] | None = None
) -> AutomationPreview:
	"""Return the words and what becomes of them, as if the automation had been switched on long ago.

	`fields`: the fieldnames of its document type, if they are known.
	"""
	automation = replace(automation, enabled=True, in_force_since_us=0)
	try:
		check(automation, fields)
		return _tried_out(ports, automation, reference)
	except BadInput as error:
		return {**_NOTHING, "reason": error.worded(ports.translate), "broken": True}


def check_on_document(ports: Ports, automation: Automation) -> None:
	"""Raise BadInput if what it says of the newest document of its type is too long, an opt-out, or nothing."""
	for name in causes.newest_of(ports.database, automation.document_type):
		reference = Reference(automation.document_type, name)
		found = _found(ports, reference)
		if found and holding(ports, found[0], found[1])(automation, found[2]):
			_words(ports, automation, *found)


_NOTHING: AutomationPreview = {
	"text": "",
	"segments": 0,
	"customer": "",
	"channel": "",
	"way": "",
	"at": "",
	"when": "",
	"zone": "",
	"reason": "",
	"broken": False,
}


def _tried_out(ports: Ports, automation: Automation, reference: Reference) -> AutomationPreview:
	found = _found(ports, reference)
	if found is None:
		return {**_NOTHING, "reason": reasons.NO_EVENT.worded(ports.translate)}
	thread, cause, now = found
	text, by = _words(ports, automation, thread, cause, now), automation.channel.lower()
	now_us = ports.clock.now_us()
	at_us, why = goes(
		automation,
		now_us,
		lambda us: wanted(automation, cause, us, holding(ports, thread, cause)),
		lambda us: ports.notices.hold_new_message(ports, thread, automation.promotional, us),
	)
	if automation.promotional:
		text = with_opt_out(ports, thread, text, by, max(at_us, now_us))
	way = way_to(ports, thread, len(text), by)
	return {
		**_NOTHING,
		"text": text,
		"segments": segments(text),
		"customer": thread["title"],
		"channel": way.channel or "",
		"way": str(way.reason),
		"at": iso(at_us) if at_us else "",
		"when": goes_words(at_us, why, replace(office_reader(ports, now), zone=cause.zone)) if at_us else "",
		"zone": cause.zone.key,
		"reason": why.worded(ports.translate),
	}


def _found(ports: Ports, reference: Reference) -> tuple[ThreadRow, Cause, DocumentNow] | None:
	"""Return in whose thread a document is, and what is known of it there."""
	now = ports.documents.current(reference)
	events = causes.events_of(ports.database, reference.doctype, reference.name)
	if now is None:
		return None
	for name in events or _threads_of(ports, now):
		thread = threads.get(ports.database, name)
		if thread and not thread["merged_into"]:
			told: tuple[CauseEvent, ...] = tuple(events.get(name, ()))
			return thread, cause_of(ports, thread, reference, now, told), now
	return None


def _threads_of(ports: Ports, now: DocumentNow) -> list[str]:
	rows = (threads.of_party(ports.database, party) for party in sorted(now.parties, key=str))
	return [row["name"] for row in rows if row]


def _words(ports: Ports, automation: Automation, thread: ThreadRow, cause: Cause, now: DocumentNow) -> str:
	"""Return what the customer would read. Raise BadInput."""
	text = render_text(automation, text_context(ports, thread, cause, now, _MINUTES))
	check_text(automation, text, ports.translate)
	return text
