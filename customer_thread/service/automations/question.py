"""A question of the system's, with what has become of it since."""

from dataclasses import dataclass

from customer_thread.domain.automations.model import Automation, Cause
from customer_thread.domain.automations.questions import (
	PlannedTime,
	Question,
	QuestionState,
	planned_time,
	state_of,
)
from customer_thread.domain.errors import BadInput
from customer_thread.domain.limits import QUESTION_DAYS, QUESTIONS_LOOKED_AT
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import DAY
from customer_thread.service.automations.cause import cause_of, holding
from customer_thread.service.ports import Ports
from customer_thread.store import automations, causes, events, scheduled_messages
from customer_thread.store.rows import ThreadRow
from customer_thread.store.scheduled_rows import ScheduledMessageRow


@dataclass(frozen=True)
class Asked:
	"""One question of a thread."""

	row: ScheduledMessageRow
	reference: Reference
	state: QuestionState
	#: when it takes place as it is now; None: that is not known
	place: PlannedTime | None
	#: the document as it is now, the cards it has had, and the customer's zone
	cause: Cause
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
	# one that was deleted has no name any more
	document = ports.documents.current(reference) if reference.name else None
	cards = causes.events_of(ports.database, reference.doctype, reference.name).get(thread["name"], ())
	cause = cause_of(ports, thread, reference, document, cards)
	place = planned_time(automation, document, cause.zone) if document else None
	question = Question(
		about_us=row["about_us"],
		event=row["event"],
		is_confirmed=bool(row["confirmed_us"]),
		current=document,
		party=cause.party,
		events=cause.events,
		planned_time=place,
		holds=_holds(ports, thread, cause, automation),
	)
	standing = events.standing_of_document(ports.database, thread["name"], reference.doctype, reference.name)
	return Asked(
		row=row,
		reference=reference,
		state=state_of(question, now_us),
		place=place,
		cause=cause,
		url=next((card["url"] for card in standing if card["url"]), ""),
		is_recent=now_us - row["due_us"] <= QUESTION_DAYS * DAY,
	)


def _holds(ports: Ports, thread: ThreadRow, cause: Cause, automation: Automation | None) -> bool:
	if automation is None or cause.current is None:
		return True
	try:
		return holding(ports, thread, cause)(automation, cause.current)
	except BadInput:
		# whoever wrote the condition is told of it elsewhere, and she was asked all the same
		return True
