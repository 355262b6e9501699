"""Whether an automation has a message to send about a document in a thread, as both are now, and when."""

from collections.abc import Callable, Collection, Iterable
from itertools import takewhile

from customer_thread.domain.automations import reasons
from customer_thread.domain.automations.civil_time import begin_us, end_us, planned_us
from customer_thread.domain.automations.model import Automation, Cause, CauseEvent, DocumentNow, Wanted
from customer_thread.domain.automations.questions import planned_time
from customer_thread.domain.automations.soon import is_soon, send_before_us
from customer_thread.domain.cards.new_event import CONFIRMED
from customer_thread.domain.cards.values import names
from customer_thread.domain.errors import BadInput
from customer_thread.domain.phrase import Phrase
from customer_thread.domain.times import DAY, MINUTE

#: what a document without a date of its own is asked about at most once
ONCE = "once"
#: of what one button press makes
BY_HAND = "by hand"
#: whether an automation's condition holds; raises BadInput
Holds = Callable[[Automation, DocumentNow], bool]


def wanted(
	automation: Automation,
	cause: Cause,
	now_us: int,
	holds: Holds,
	carried_on_by: Collection[str] = (),
) -> Wanted | Phrase:
	"""Return the message that is to be sent, whether or not it has been, or why there is none.

	`carried_on_by`: events that make void what this automation tells, and which it tells along as long as it waits.
	"""
	now = cause.current
	if now is None:
		return reasons.NO_DOCUMENT
	against = _against(automation, cause, now)
	if against:
		return against
	if automation.moment == "By Hand":
		return reasons.CANCELLED if now.is_cancelled else _by_hand(automation, cause, now, now_us)
	if automation.moment == "Date Field":
		found = _by_date(automation, cause, now)
	else:
		found = _by_event(automation, cause, carried_on_by)
	if isinstance(found, Phrase):
		return found
	begins_us, occurrence, event, since_us = found
	if _is_over(automation, cause, carried_on_by):
		return reasons.OVER
	try:
		if not holds(automation, now):
			return reasons.NOT_SO
	except BadInput as error:
		return reasons.unworkable(error.phrase)
	due_us = planned_us(begins_us, automation.offset_minutes, automation.at_time, cause.zone)
	return _wanted(automation, cause, now, due_us, occurrence, event, now_us, since_us)


def _against(automation: Automation, cause: Cause, now: DocumentNow) -> Phrase | None:
	if not automation.enabled:
		return reasons.SWITCHED_OFF
	if now.is_draft:
		return reasons.DRAFT
	if now.parties and cause.party not in now.parties:
		return reasons.OTHER_CUSTOMER
	if cause.is_silent_lead and not automation.to_any_lead:
		return reasons.SILENT_LEAD
	return None


def _standing(cause: Cause) -> list[CauseEvent]:
	# a yes says nothing about whether the rest still holds
	return [event for event in cause.events if not event.is_void and event.event_type != CONFIRMED]


def _is_over(automation: Automation, cause: Cause, carried_on_by: Collection[str]) -> bool:
	"""Return whether an event ends it: of a date the newest, for what is settled may be taken up again.

	Of what follows an event any that came behind it, whatever else has happened since.
	"""
	ends, since = names(automation.ended_by), _standing(cause)[-1:]
	if automation.moment == "After Event":
		tells = {*names(automation.after_event), *carried_on_by}
		since = list(takewhile(lambda event: event.event_type not in tells, reversed(_standing(cause))))
	return any(event.event_type in ends for event in since)


def _by_date(automation: Automation, cause: Cause, now: DocumentNow) -> tuple[int, str, str, int] | Phrase:
	if now.is_cancelled:
		return reasons.CANCELLED
	if not any(not event.is_void for event in cause.events):
		return reasons.NO_EVENT
	value = now.document.get(automation.date_field)
	begins_us = begin_us(value, now.zone, cause.zone, all_day=bool(now.document.get("all_day")))
	if begins_us is None:
		return reasons.NO_DATE
	return begins_us, ONCE if automation.once else str(value)[:40], "", 0


def _by_event(
	automation: Automation, cause: Cause, carried_on_by: Collection[str]
) -> tuple[int, str, str, int] | Phrase:
	kinds, standing = names(automation.after_event), _standing(cause)
	is_carried_on = bool(standing) and standing[-1].event_type in carried_on_by
	found = [
		event for event in cause.events if event.event_type in kinds and (is_carried_on or not event.is_void)
	]
	if not found:
		return reasons.NO_EVENT
	event = found[-1]
	if event.from_history or event.occurred_us < automation.in_force_since_us:
		return reasons.MADE_LATE
	# what is told along is new, however long the first has waited
	since_us = standing[-1].occurred_us if is_carried_on else 0
	return event.occurred_us, ONCE if automation.once else event.name, event.name, since_us


def carrying_on(automation: Automation, others: Iterable[Automation]) -> frozenset[str]:
	"""Return the events whose own messages give way to one of this automation that has not left."""
	kinds = set(names(automation.after_event))
	return frozenset(
		kind
		for other in others
		if not kinds.isdisjoint(names(other.gives_way_to))
		for kind in names(other.after_event)
	)


def _by_hand(automation: Automation, cause: Cause, now: DocumentNow, now_us: int) -> Wanted:
	return _wanted(automation, cause, now, now_us, BY_HAND, "", now_us)


def _wanted(
	automation: Automation,
	cause: Cause,
	now: DocumentNow,
	due_us: int,
	occurrence: str,
	event: str,
	now_us: int,
	since_us: int = 0,
) -> Wanted:
	last = now.document.get(automation.valid_until_field) if automation.valid_until_field else None
	until = [max(due_us, since_us) + (automation.valid_minutes * MINUTE or DAY)]
	all_day = bool(now.document.get("all_day"))
	if (over := end_us(last, now.zone, cause.zone, all_day=all_day)) is not None:
		until.append(over)
	about = planned_time(automation, now, cause.zone)
	urgent = automation.urgent or is_soon(automation, cause, now, now_us)
	at_once = automation.moment == "After Event" and not (automation.offset_minutes or automation.at_time)
	return Wanted(
		automation=automation.name,
		occurrence=occurrence,
		planned_us=due_us,
		valid_until_us=min(until),
		computed_from=f"{due_us}:{min(until)}:{event}:{cause.zone.key}"[:140],
		event=event,
		expects="Confirmation" if automation.expects_confirmation else None,
		about_us=about.begins_us if about else 0,
		urgent=urgent,
		send_before_us=send_before_us(automation, cause, now, now_us),
		settles=at_once and not urgent,
	)
