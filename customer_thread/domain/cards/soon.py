"""Whether what a card tells of takes place so soon that it cannot wait for the morning."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

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


def _is_soon(document: Document, moment: date | None, now: datetime) -> bool:
	if moment is None:
		return False
	if not isinstance(moment, datetime) or document.get("all_day"):
		return (moment.year, moment.month, moment.day) == (now.year, now.month, now.day)
	return moment > now and (moment.date() == now.date() or moment - now <= SOON)
