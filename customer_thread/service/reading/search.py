"""Search a thread, the newest first, for as long as one search may take."""

from collections.abc import Sequence
from dataclasses import dataclass

from customer_thread.domain.limits import SEARCH_SECONDS
from customer_thread.domain.search import Wanted
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.times import SECOND
from customer_thread.service.ports import Clock
from customer_thread.store import entries
from customer_thread.store.database import Database
from customer_thread.store.rows import PageRow

#: entries looked at in one query: the first, the fewest and the most
_FIRST, _FEWEST, _MOST = 200, 50, 1000
#: a query that took less is followed by a larger one, one that took more by a smaller one
_SHORT, _LONG = SECOND // 100, SECOND // 10


@dataclass(frozen=True)
class Hits:
	"""What was found, newest first."""

	rows: list[PageRow]
	#: where to go on; None if this was all of the thread
	rest: Cursor | None = None


def search(
	database: Database, clock: Clock, thread: str, limit: int, before: Cursor | None, terms: Sequence[Wanted]
) -> Hits:
	"""Return the newest entries before the cursor that hold all terms, at most `limit`."""
	rows: list[PageRow] = []
	began = now = clock.now_us()
	count = _FIRST
	while True:
		since = entries.place_of(database, thread, count, before)
		rows += entries.holding(database, thread, limit - len(rows), before, since, terms)
		if len(rows) >= limit or since is None:
			return Hits(rows)
		before = Cursor(since, 0)
		asked, now = now, clock.now_us()
		if now - began > SEARCH_SECONDS * SECOND:
			return Hits(rows, before)
		if now - asked < _SHORT:
			count = min(count * 4, _MOST)
		elif now - asked > _LONG:
			count = max(count // 4, _FEWEST)
