"""Bring the scheduled messages about a document up to what it and the automations say now."""

from collections.abc import Collection, Sequence
from functools import partial

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.fields_read import fields_read
from customer_thread.domain.automations.keys import message_key
from customer_thread.domain.automations.model import Automation, Cause, Wanted
from customer_thread.domain.automations.plan import carrying_on, wanted
from customer_thread.domain.automations.reconcile import (
	Change,
	Delay,
	End,
	Insert,
	Known,
	Miss,
	Step,
	reconcile,
)
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.portal.pages import Reference
from customer_thread.service.automations.cause import cause_of, holding
from customer_thread.service.ports import Ports
from customer_thread.service.thread.hold_threads import hold_threads
from customer_thread.store import automations, causes, scheduled_messages, threads
from customer_thread.store.rows import ThreadRow
from customer_thread.store.scheduled_rows import ScheduledMessageRow


def plan_document(ports: Ports, reference: Reference, only: str = "") -> None:
	"""Write, move and end messages so that what waits is what is wanted; once more changes nothing.

	`only`: in this thread alone. Whoever holds one waits for no other, whose holder may wait for that one.
	"""
	if reference.doctype not in ports.automated():
		return
	events = causes.events_of(ports.database, reference.doctype, reference.name)
	known: dict[str, list[ScheduledMessageRow]] = {}
	for row in scheduled_messages.about(ports.database, reference.doctype, reference.name):
		known.setdefault(row["thread"], []).append(row)
	waited_for = {name for name, rows in known.items() if any(row["state"] == "Waiting" for row in rows)}
	found = sorted({*events, *waited_for}) if not only else [only]
	if not found:
		return
	rules = automations.enabled_for(ports.database, reference.doctype)
	now = ports.documents.current(reference, fields_read(rules))
	for name in found:
		# held before its messages, as whoever sends them holds it
		thread = threads.lock(ports.database, name)
		if thread and not thread["merged_into"]:
			rows = known.get(name, [])
			_plan(
				ports,
				thread,
				cause_of(ports, thread, reference, now, events.get(name, ()), rows),
				rules,
				rows,
			)


def hold_threads_of(ports: Ports, reference: Reference, own: str) -> None:
	"""Hold a thread, and those in which something may be planned about a document, for whoever holds none yet."""
	events: Collection[str] = ()
	if reference.doctype in ports.automated():
		events = causes.events_of(ports.database, reference.doctype, reference.name)
	hold_threads(ports, {own, *events})


def answers_of(
	ports: Ports, thread: ThreadRow, cause: Cause, rules: Sequence[Automation]
) -> list[tuple[Automation, Wanted | Phrase]]:
	"""Return of each automation which message it has to send, or why none; those sent by hand are left out."""
	ask = partial(wanted, cause=cause, now_us=ports.clock.now_us(), holds=holding(ports, thread, cause))
	by_itself = [rule for rule in rules if rule.moment != "By Hand"]
	return [(rule, ask(rule, carried_on_by=carrying_on(rule, by_itself))) for rule in by_itself]


def _plan(
	ports: Ports,
	thread: ThreadRow,
	cause: Cause,
	rules: Sequence[Automation],
	rows: Sequence[ScheduledMessageRow],
) -> None:
	answers = answers_of(ports, thread, cause, rules)
	steps = reconcile(answers, [_known(row) for row in rows], cause, ports.clock.now_us())
	for step in steps:
		_take(ports, cause, step)
	if any(isinstance(step, Insert | Change) for step in steps):
		ports.queue.run_soon("release")


def _known(row: ScheduledMessageRow) -> Known:
	return Known(
		name=row["name"],
		automation=row["automation"],
		state=row["state"],
		occurrence=row["occurrence"],
		event=row["event"],
		computed_from=row["computed_from"],
		first_us=row["first_us"],
	)


def _take(ports: Ports, cause: Cause, step: Step) -> None:
	database = ports.database
	match step:
		case Insert():
			values = {
				"automation": step.wanted.automation,
				"thread": cause.thread,
				"state": step.state,
				"reference_doctype": cause.reference.doctype,
				"reference_name": cause.reference.name,
				"occurrence": step.wanted.occurrence,
				"source_key": message_key(
					step.wanted.automation, cause.thread, cause.reference, step.wanted.occurrence
				),
				"creation_us": ports.clock.now_us(),
				**_timed(step),
			}
			scheduled_messages.add(database, values)
		case Change():
			scheduled_messages.change(database, step.name, _timed(step))
		case Delay():
			scheduled_messages.wait(database, step.name, {"due_us": step.due_us})
		case End():
			scheduled_messages.end(database, step.name, step.reason)
		case Miss():
			scheduled_messages.miss(database, step.name, reasons.MADE_LATE)


def _timed(step: Insert | Change) -> dict[str, object]:
	return {
		"reason": step.reason,
		"event": step.wanted.event or None,
		"due_us": step.due_us,
		"planned_us": step.wanted.planned_us,
		"valid_until_us": step.wanted.valid_until_us,
		"first_us": step.first_us,
		"expects": step.wanted.expects,
		"computed_from": step.wanted.computed_from,
	}
