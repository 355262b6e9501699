"""Whether what a card tells of takes place so soon that it cannot wait for the morning."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from customer_thread.domain.cards.model import Document
from customer_thread.domain.cards.values import moment_of

#: what takes place within this time would be over, or nearly so, once a night has ended
SOON = timedelta(hours=12)


def is_soon(documents: Iterable[Document], field: str, now: datetime) -> bool:
	"""Return whether one of these takes place later today, or within the next twelve hours.

	A document as it was and as it is: both the time that is given up and the new one count. `field` says when it is;
	what spells no time is not soon. `now`: naive, in the site's zone.
	"""
	return any(_is_soon(document, moment_of(document.get(field)), now) for document in documents)


def first_to_come(documents: Iterable[Document], field: str, now: datetime) -> datetime | None:
	"""Return the moment before which it is to be told: the first to come at which one of these takes place.

	A day without a time ends with itself. `now`, and what is returned: naive, in the site's zone. None: none is to come.
	"""
	ends = (_ends(document, moment_of(document.get(field))) for document in documents)
	return min((end for end in ends if end and end > now), default=None)


def _ends(document: Document, moment: date | None) -> datetime | None:
	if isinstance(moment, datetime) and not document.get("all_day"):
		return moment
	return datetime.combine(moment, time()) + timedelta(days=1) if moment else None


def _is_soon(document: Document, moment: date | None, now: datetime) -> bool:
	if moment is None:
		return False
	if not isinstance(moment, datetime) or document.get("all_day"):
		return (moment.year, moment.month, moment.day) == (now.year, now.month, now.day)
	return moment > now and (moment.date() == now.date() or moment - now <= SOON)
