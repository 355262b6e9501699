"""Whether what was planned has gone by."""

from datetime import date, datetime, time

from customer_thread.domain.cards.model import Document
from customer_thread.domain.cards.values import moment_of

#: of an Appointment or Event, what says when it is
FIELDS = ("scheduled_time", "starts_on", "ends_on", "all_day", "repeat_this_event", "repeat_till")


def is_over(document: Document, now: datetime) -> bool:
	"""Return whether nothing of an Appointment or Event is still to come; `now`: naive, in the site's zone.

	A document that has neither's times is never over.
	"""
	if document.get("scheduled_time"):
		return _begins(document.get("scheduled_time")) <= now
	if not document.get("starts_on"):
		return False
	if document.get("repeat_this_event"):
		last = document.get("repeat_till")
		return bool(last) and _begins(last).date() < now.date()
	if document.get("all_day"):
		last_day = _begins(document.get("ends_on") or document.get("starts_on")).date()
		return datetime.combine(last_day, time.max) <= now
	return _begins(document.get("starts_on")) <= now


def _begins(value: object) -> datetime:
	"""Return a time, or the first of a day; what spells neither is far ahead."""
	moment = moment_of(value)
	return moment if isinstance(moment, datetime) else datetime.combine(moment or date.max, time.min)
