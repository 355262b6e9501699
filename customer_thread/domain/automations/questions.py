"""Whether what a customer was asked can still be answered: it is about what she was told, and about nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.civil_time import begin_us, end_us
from customer_thread.domain.automations.model import Automation, CauseEvent, DocumentNow
from customer_thread.domain.cards.new_event import CONFIRMED
from customer_thread.domain.cards.values import moment_of
from customer_thread.domain.model import Party

#: Open: a yes counts. Moved: to another time. Cancelled: called off. Gone: not planned any more, or not this customer's.
#: Over: its time has come. Confirmed: she has said yes. Changed: what it was asked for is not so any more.
QuestionState = Literal["Open", "Moved", "Cancelled", "Gone", "Over", "Confirmed", "Changed"]

#: how the keys of questions begin that answer a yes to an older one
ASKED_AGAIN = "asked:"
#: what says when a document takes place, where its automation does not: ERPNext's Appointment, Event, Maintenance Visit
BEGINS = ("scheduled_time", "starts_on", "mntc_date")
#: what took place, or needs nobody any more: an Event's, an Appointment's and a Maintenance Visit's own words
_SETTLED = ("Closed", "Completed", "Done", "Fully Completed")


@dataclass(frozen=True)
class PlannedTime:
	"""When something takes place."""

	begins_us: int
	#: from then on it is over
	ends_us: int
	#: some time on this day; None: at the time itself
	day: date | None = None


@dataclass(frozen=True)
class Question:
	"""What was asked, and what has become of it."""

	#: when what was asked about begins, as it was told; 0: that is not known
	about_us: int
	#: the card that it was asked because of; empty for none
	event: str
	is_confirmed: bool
	#: None: it is not there any more
	current: DocumentNow | None
	#: whose thread it was asked in
	party: Party | None
	#: the document's cards in that thread, in the order in which they happened
	events: Sequence[CauseEvent]
	planned_time: PlannedTime | None
	#: whether the automation's condition still holds
	holds: bool = True


def planned_time(automation: Automation | None, now: DocumentNow, zone: ZoneInfo) -> PlannedTime | None:
	"""Return when that takes place which an automation's message is about, or None if the document does not say.

	`zone`: the customer's, in which days begin and end.
	"""
	document = now.document
	named = (automation.date_field, automation.valid_until_field, automation.soon_field) if automation else ()
	fields = [*[name for name in named if name][:1], *BEGINS]
	value = next((document[name] for name in fields if moment_of(document.get(name))), None)
	moment, all_day = moment_of(value), bool(document.get("all_day"))
	begins_us = begin_us(value, now.zone, zone, all_day=all_day)
	if moment is None or begins_us is None:
		return None
	ends = moment_of(document.get("ends_on"))
	if all_day or not isinstance(moment, datetime):
		last = max(_day(moment), _day(ends) if ends else date.min)
		return PlannedTime(begins_us, end_us(last, now.zone, zone) or begins_us, _day(moment))
	return PlannedTime(begins_us, max(begins_us, end_us(ends, now.zone, zone) or 0))


def state_of(question: Question, now_us: int) -> QuestionState:
	"""Return what has become of a question."""
	now, place = question.current, question.planned_time
	is_asked_time_over = 0 < question.about_us <= now_us
	if now is None or now.is_draft or (now.parties and question.party not in now.parties):
		return "Over" if is_asked_time_over else "Gone"
	if is_called_off(now, question.events):
		return "Over" if is_asked_time_over else "Cancelled"
	if place and place.ends_us <= now_us:
		return "Over"
	if _is_moved(question):
		return "Moved"
	if question.is_confirmed:
		return "Confirmed"
	return "Open" if question.holds and not is_settled(now) else "Changed"


def is_called_off(now: DocumentNow, events: Sequence[CauseEvent]) -> bool:
	"""Return whether the document is cancelled, as it says itself or as its newest card that stands says."""
	standing = [event for event in events if not event.is_void and event.event_type != CONFIRMED]
	said = standing[-1].event_type.casefold() if standing else ""
	return now.is_cancelled or now.document.get("status") == "Cancelled" or "cancel" in said


def is_settled(now: DocumentNow) -> bool:
	"""Return whether a document says itself that it is done or closed."""
	return any(now.document.get(field) in _SETTLED for field in ("status", "completion_status"))


def _is_moved(question: Question) -> bool:
	if question.about_us and question.planned_time:
		return question.planned_time.begins_us != question.about_us
	# the card that it was told by was taken back
	return any(event.is_void for event in question.events if event.name == question.event)


def _day(moment: date) -> date:
	return moment.date() if isinstance(moment, datetime) else moment
