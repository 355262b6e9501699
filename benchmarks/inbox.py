"""What the inbox costs in the process: a tab with its counts, a thread, a search."""

import json
import sqlite3
from collections.abc import Callable
from functools import partial

from benchmarks.measure import Act, Result, in_turn, times_over
from benchmarks.rows import thread_id
from benchmarks.site import INBOX_LARGE, INBOX_SMALL, INBOX_THIN, site
from benchmarks.words import RARE_WORD
from customer_thread.service.desk.read_inbox import read_tabs
from customer_thread.service.desk.read_thread import read_thread
from customer_thread.service.reading.read_timeline import Query
from customer_thread.standalone.wiring import Host
from customer_thread.store import threads

_LINE = (
	"name, title, party_type, party, code, unmatched_address, last_preview, last_entry, last_us, last_words, "
	"last_words_by, waiting_us, contractor_unread, assigned_to, snoozed_us"
)
_BARE = f"SELECT {_LINE} FROM `tabCustomer Thread` ORDER BY last_us DESC LIMIT 50"
#: what is searched for: said once long ago, said often, by all, and by nobody
SEARCHES = {"once": "no 15012", "in each thread": RARE_WORD, "everywhere": "the gate", "never": "marzipan"}


def measure() -> list[Result]:
	"""Return the rows of this file."""
	large, small, thin = (Host(site(plan)) for plan in (INBOX_LARGE, INBOX_SMALL, INBOX_THIN))
	try:
		return [
			_against_bare(large),
			*_sizes(large, small, "200 threads and 20,000 entries"),
			*_sizes(large, thin, "as many threads and 20,000 entries"),
		]
	finally:
		for host in (large, small, thin):
			host.database.close()


def _tab(host: Host, tab: str = "all", q: str = "") -> bytes:
	page = read_tabs(host.ports, tab=tab, q=q, assigned="", before="")
	return json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode()


def _thread(host: Host) -> bytes:
	thread = threads.get(host.database, thread_id(7))
	if thread is None:
		raise RuntimeError("the thread is not there")
	return json.dumps(read_thread(host.ports, thread, Query())).encode()


def _bare(host: Host) -> Callable[[], bytes]:
	connection = sqlite3.connect(host.database.path)

	def read() -> bytes:
		cursor = connection.execute(_BARE)
		names = [column[0] for column in cursor.description]
		return json.dumps([dict(zip(names, row, strict=True)) for row in cursor]).encode()

	return read


def _against_bare(large: Host) -> Result:
	ours, bare = in_turn(lambda: _tab(large), _bare(large), times=200)
	ratio = times_over(ours, bare)
	what = (
		"the inbox of 2,000 threads and 300,000 entries, a tab with its counts, service call to JSON; against one "
		"bare indexed `SELECT` of the same 50 rows"
	)
	return Result("tab", what, ours.ms, bare.ms, f"{ratio:.2f} ×", "≤ 4 ×", ratio <= 4)


def _sizes(large: Host, small: Host, against: str) -> list[Result]:
	acts: dict[str, Callable[[Host], bytes]] = {
		"the inbox": _tab,
		"a thread of it, with notes and deliveries": _thread,
	}
	for name, words in SEARCHES.items():
		acts[f"a search of it, for what was said {name}"] = partial(_tab, q=words)
	return [
		_flat(f"{what}; against {against}", partial(act, large), partial(act, small))
		for what, act in acts.items()
		# ten entries are no page
		if act is not _thread or "200" in against
	]


def _flat(what: str, large: Act, small: Act) -> Result:
	ours, others = in_turn(large, small, times=60)
	ratio = times_over(ours, others)
	key = "inbox-entries" if "as many" in what else "inbox-threads"
	return Result(key, what, ours.ms, others.ms, f"{ratio:.2f} ×", "≤ 1.2 ×", ratio <= 1.2)
