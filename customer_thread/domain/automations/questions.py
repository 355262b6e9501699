"""Whether what a customer was asked can still be answered: it is about what she was told, and about nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from customer_thread.domain.automations.model import CauseEvent, DocumentNow
from customer_thread.domain.cards.model import Document
from customer_thread.domain.cards.values import moment_of
from customer_thread.domain.model import Party
from customer_thread.domain.times import to_us

#: Open: a yes counts. Moved: to another time. Cancelled: called off. Gone: not planned any more, or not this customer's.
#: Over: its time has come. Confirmed: she has said yes.
QuestionState = Literal["Open", "Moved", "Cancelled", "Gone", "Over", "Confirmed"]

#: what says when a document takes place, where its automation does not: ERPNext's Appointment, Event, Maintenance Visit
_BEGINS = ("scheduled_time", "starts_on", "mntc_date")
_CALLED_OFF = ("Cancelled", "Closed")


@dataclass(frozen=True)
class PlannedTime:
	"""When something takes place."""

	begins_us: int
	ends_us: int
	#: some time on that day
	is_day: bool = False


@dataclass(frozen=True)
class Question:
	"""What was asked, and what has become of it."""

	#: when what was asked about begins, as it was told; 0: that is not known
	about_us: int
	#: the card that it was asked because of; empty for none
	event: str
	is_confirmed: bool
	#: None: it is not there any more
	now: DocumentNow | None
	#: whose thread it was asked in
	party: Party | None
	#: the document's cards in that thread, in the order in which they happened
	events: Sequence[CauseEvent]
	planned_time: PlannedTime | None
	#: whether the automation's condition still holds
	holds: bool = True


def planned_time(document: Document, date_field: str, zone: ZoneInfo) -> PlannedTime | None:
	"""Return when a document takes place, or None if it does not say; `zone`: in which its times are."""
	fields = (date_field, *_BEGINS) if date_field else _BEGINS
	begins = next((moment for name in fields if (moment := moment_of(document.get(name)))), None)
	if begins is None:
		return None
	ends = moment_of(document.get("ends_on"))
	if not isinstance(begins, datetime) or document.get("all_day"):
		last = max(_day(begins), _day(ends) if ends else date.min)
		return PlannedTime(_us(_day(begins), zone), _us(last + timedelta(days=1), zone), is_day=True)
	begins_us = _us(begins, zone)
	return PlannedTime(begins_us, max(begins_us, _us(ends, zone) if isinstance(ends, datetime) else 0))


def state_of(question: Question, now_us: int) -> QuestionState:
	"""Return what has become of a question."""
	now, place = question.now, question.planned_time
	is_told_time_over = 0 < question.about_us <= now_us
	if now is None or now.is_draft or question.party not in now.parties:
		return "Over" if is_told_time_over else "Gone"
	if is_called_off(now, question.events):
		return "Over" if is_told_time_over else "Cancelled"
	if not question.holds:
		return "Over" if is_told_time_over else "Gone"
	if place and place.ends_us <= now_us:
		return "Over"
	if _is_moved(question):
		return "Moved"
	return "Confirmed" if question.is_confirmed else "Open"


def is_called_off(now: DocumentNow, events: Sequence[CauseEvent]) -> bool:
	"""Return whether the document is cancelled, as it says itself or as its newest card that stands says."""
	standing = [event for event in events if not event.is_void]
	said = standing[-1].event_type.casefold() if standing else ""
	return now.is_cancelled or now.document.get("status") in _CALLED_OFF or "cancel" in said


def _is_moved(question: Question) -> bool:
	if question.about_us and question.planned_time:
		return question.planned_time.begins_us != question.about_us
	# the card that it was told by was taken back
	return any(event.is_void for event in question.events if event.name == question.event)


def _day(moment: date) -> date:
	return moment.date() if isinstance(moment, datetime) else moment


def _us(moment: date, zone: ZoneInfo) -> int:
	at = moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)
	return to_us(at.replace(tzinfo=zone))
