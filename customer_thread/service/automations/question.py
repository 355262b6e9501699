"""A question of the system's, with what has become of it since."""

from dataclasses import dataclass

from customer_thread.domain.automations.model import Automation, CauseEvent, DocumentNow
from customer_thread.domain.automations.questions import (
	PlannedTime,
	Question,
	QuestionState,
	planned_time,
	state_of,
)
from customer_thread.domain.limits import QUESTION_DAYS, QUESTIONS_LOOKED_AT
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import DAY
from customer_thread.service.ports import Ports
from customer_thread.store import automations, events, scheduled_messages
from customer_thread.store.rows import ThreadRow
from customer_thread.store.scheduled_rows import ScheduledMessageRow
from customer_thread.store.threads import party_of


@dataclass(frozen=True)
class Asked:
	"""One question of a thread."""

	row: ScheduledMessageRow
	reference: Reference
	state: QuestionState
	#: when it takes place as it is now; None: that is not known
	place: PlannedTime | None
	now: DocumentNow | None
	#: where the document's newest card that stands leads; empty for nowhere
	url: str
	#: whether it was asked so lately that an answer may well mean it, whatever became of it
	is_recent: bool

	@property
	def about_us(self) -> int:
		"""Return when what was asked about begins, as it was told, or as it is; 0 if neither is known."""
		return self.row["about_us"] or (self.place.begins_us if self.place else 0)


def asked_in(ports: Ports, thread: ThreadRow) -> list[ScheduledMessageRow]:
	"""Return the questions of a thread, the newest first: of each document the newest, which replaces the others."""
	newest: dict[tuple[str, str], ScheduledMessageRow] = {}
	for row in scheduled_messages.questions(ports.database, thread["name"], QUESTIONS_LOOKED_AT):
		newest.setdefault((row["reference_doctype"], row["reference_name"]), row)
	return list(newest.values())


def what_became_of(ports: Ports, thread: ThreadRow, row: ScheduledMessageRow) -> Asked:
	"""Return a question with what has become of it until now, within this transaction."""
	now_us = ports.clock.now_us()
	reference = Reference(row["reference_doctype"], row["reference_name"])
	automation = automations.get(ports.database, row["automation"] or "")
	document = ports.documents.current(reference)
	place = _place(automation, document)
	cards = events.of_document(ports.database, reference.doctype, reference.name)
	theirs = [card for card in cards if card["thread"] == thread["name"]]
	question = Question(
		about_us=row["about_us"],
		event=row["event"],
		is_confirmed=bool(row["confirmed_us"]),
		now=document,
		party=party_of(thread),
		events=[
			_event(card["name"], card["event_type"], card["occurred_us"], card["voided_by"])
			for card in theirs
		],
		planned_time=place,
	)
	return Asked(
		row=row,
		reference=reference,
		state=state_of(question, now_us),
		place=place,
		now=document,
		url=next((card["url"] for card in reversed(theirs) if not card["voided_by"] and card["url"]), ""),
		is_recent=now_us - row["due_us"] <= QUESTION_DAYS * DAY,
	)


def about_us(automation: Automation, document: DocumentNow) -> int:
	"""Return when what an automation's message asks about begins, as the document is now, µs; 0 if it does not say."""
	place = _place(automation, document)
	return place.begins_us if place else 0


def _place(automation: Automation | None, document: DocumentNow | None) -> PlannedTime | None:
	if document is None:
		return None
	return planned_time(document.document, automation.date_field if automation else "", document.zone)


def _event(name: str, event_type: str, occurred_us: int, voided_by: str | None) -> CauseEvent:
	return CauseEvent(name, event_type, occurred_us, is_void=bool(voided_by))
