"""What takes place so soon that its customer is told in her quiet hours too, as it is or as she was told last."""

from datetime import datetime

from customer_thread.domain.automations.civil_time import day_of
from customer_thread.domain.automations.model import Automation, Cause, DocumentNow
from customer_thread.domain.cards import soon
from customer_thread.domain.cards.model import Document
from customer_thread.domain.cards.values import moment_of
from customer_thread.domain.times import to_us, to_utc


def is_soon(automation: Automation, cause: Cause, now: DocumentNow, now_us: int) -> bool:
	"""Return whether it takes place later today, or within twelve hours."""
	field = automation.soon_field
	return bool(field) and soon.is_soon(_known(field, cause, now), field, _site_time(now_us, now))


def send_before_us(automation: Automation, cause: Cause, now: DocumentNow, now_us: int) -> int:
	"""Return the moment before which it is to be told, µs: it takes place then, or is of no use any more.

	0 where the automation is urgent on no day, or none is to come.
	"""
	field, last = automation.soon_field, automation.valid_until_field
	if not field:
		return 0
	here = _site_time(now_us, now)
	found = [soon.first_to_come(_known(field, cause, now), field, here)]
	if last:
		found.append(soon.first_to_come([now.document], last, here))
	return min((to_us(each.replace(tzinfo=now.zone)) for each in found if each), default=0)


def _known(field: str, cause: Cause, now: DocumentNow) -> list[Document]:
	"""Return the document, and as it was when she was told of it: she counts on that."""
	if not cause.announced_us:
		return [now.document]
	has_time = isinstance(moment_of(now.document.get(field)), datetime) and not now.document.get("all_day")
	told = _site_time(cause.announced_us, now) if has_time else day_of(cause.announced_us, cause.zone)
	return [now.document, {**now.document, field: told}]


def _site_time(us: int, now: DocumentNow) -> datetime:
	return to_utc(us).astimezone(now.zone).replace(tzinfo=None)
