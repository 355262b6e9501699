"""What reading a thread costs in the process: pages and search."""

import json
import sqlite3
from collections.abc import Callable
from itertools import cycle

from benchmarks.measure import Result, Series, in_turn, times_over
from benchmarks.rows import thread_id
from benchmarks.site import LARGE, SMALL, site
from benchmarks.words import RARE_WORD
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.standalone.wiring import Host

LONG, FIVE_THOUSAND = thread_id(0), thread_id(1)
_COLUMNS = (
	"name, kind, author, label, channel, subject, text, quoted, occurred_us, client_id, attachments, "
	"call_seconds, event"
)
_BARE = (
	f"SELECT {_COLUMNS} FROM `tabThread Entry` WHERE thread = ? ORDER BY occurred_us DESC, name DESC LIMIT 50"
)
#: places of the long thread whose pages are read, evenly spread
_PLACES = 20


def measure() -> list[Result]:
	"""Return the rows of this file."""
	large, small = Host(site(LARGE)), Host(site(SMALL))
	try:
		return [_against_bare(large), _site_size(large, small), _older(large), _search(large)]
	finally:
		large.database.close()
		small.database.close()


def _page(host: Host, thread: str, query: Query) -> bytes:
	page = read_timeline(host.ports, thread, query)
	return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode()


def _bare(host: Host) -> Callable[[], bytes]:
	connection = sqlite3.connect(host.database.path)

	def read() -> bytes:
		cursor = connection.execute(_BARE, (LONG,))
		names = [column[0] for column in cursor.description]
		return json.dumps([dict(zip(names, row, strict=True)) for row in cursor]).encode()

	return read


def _against_bare(large: Host) -> Result:
	ours, bare = in_turn(lambda: _page(large, LONG, Query()), _bare(large), times=200)
	return _ratio("newest", "newest page of a thread (50 entries), service call to JSON", ours, bare, 3)


def _site_size(large: Host, small: Host) -> Result:
	ours, others = in_turn(
		lambda: _page(large, LONG, Query()), lambda: _page(small, thread_id(0), Query()), times=200
	)
	what = "the same, thread of 20,000 in a site of 1,000,000; against thread of 50 in a site of 1,000"
	return _ratio("site", what, ours, others, 1.3)


def _older(large: Host) -> Result:
	places = large.database.select(
		"SELECT occurred_us, name FROM `tabThread Entry` WHERE thread = %(thread)s ORDER BY occurred_us, name",
		{"thread": LONG},
	)
	chosen = places[100 :: len(places) // _PLACES][:_PLACES]
	queries = [Query(before=str(Cursor(row["occurred_us"], row["name"]))) for row in chosen]
	for query in queries:
		_page(large, LONG, query)
	turn = cycle(queries)
	times = len(queries) * 10
	older, newest = in_turn(
		lambda: _page(large, LONG, next(turn)), lambda: _page(large, LONG, Query()), times=times
	)
	return _ratio("older", "any older page by cursor (20 places); against the newest", older, newest, 1.2)


def _search(large: Host) -> Result:
	def search(thread: str) -> Callable[[], object]:
		return lambda: read_timeline(large.ports, thread, Query(q=RARE_WORD))

	found = read_timeline(large.ports, LONG, Query(q=RARE_WORD))["entries"]
	if len(found) != 1:
		raise RuntimeError(f"the rare word was found {len(found)} times")
	long, short = in_turn(search(LONG), search(FIVE_THOUSAND))
	ratio = times_over(long, short)
	return Result(
		"search",
		"search for a rare word in a thread of 20,000; against one of 5,000, both in the site of 1,000,000",
		long.ms,
		short.ms,
		f"{ratio:.2f} ×",
		"≤ 40 ms; ≤ 4.8 ×, linear in the thread",
		long.median <= 0.040 and ratio <= 4.8,
	)


def _ratio(key: str, what: str, ours: Series, others: Series, most: float) -> Result:
	ratio = times_over(ours, others)
	return Result(key, what, ours.ms, others.ms, f"{ratio:.2f} ×", f"≤ {most:g} ×", ratio <= most)
