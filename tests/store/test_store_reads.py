"""What is asked often reads an index, and no more rows than it returns, on either database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from support.clock import NOW, FixedClock
from support.databases import KINDS, AnyDatabase, empty_database
from support.persons import MIKE
from support.rows import add_delivery, add_entry, add_event, add_thread

from customer_thread.domain.model import Address, Party
from customer_thread.domain.thread.cursor import Cursor
from customer_thread.domain.thread.said_words import said_words
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store import (
	contact_points,
	deliveries,
	entries,
	events,
	inbox,
	notes,
	sent_to,
	threads,
	word_blocks,
)
from customer_thread.store.database import Row
from customer_thread.store.said import where_said

#: so many rows are nobody's business here
OTHERS = 1500


@dataclass
class Site:
	"""A database with much in it."""

	database: AnyDatabase
	thread: str
	entries: list[int]


def _fill(database: AnyDatabase) -> Site:
	with database.transaction():
		thread = add_thread(database, party_type="Customer", party="mine", code="174", last_us=NOW + 10**6)
		threads_of_others = [
			add_thread(database, party_type="Customer", party=f"p{number}", last_us=NOW - number)
			for number in range(60)
		]
		mine = []
		for number in range(OTHERS):
			other = threads_of_others[number % 60]
			add_entry(database, other, occurred_us=NOW + number, source_key=f"text:o{number}")
			if number % 5 == 0:
				mine.append(
					add_entry(database, thread, occurred_us=NOW + number, source_key=f"text:{number}")
				)
			if number % 50 == 0:
				add_event(database, other, reference_doctype="Sales Invoice", reference_name=f"INV-{number}")
				contact_points.add(database, other, Address("Phone", f"+1555{number:07}"), "Contact", "x")
				notes.add(database, other, "x", None, NOW, None)
			# the contractor's phone has a long history, and some wait
			add_delivery(
				database,
				thread=other,
				entry=number,
				address=MIKE.phone if number % 2 else f"+1666{number:07}",
				state="Queued" if number % 100 == 1 else "Delivered",
				purpose="Forward",
				provider_id=f"SM{number}",
				creation_us=NOW - OTHERS + number,
				due_us=NOW - OTHERS + number,
			)
	return Site(database, thread, mine)


@pytest.fixture(scope="module", params=KINDS)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
	database = empty_database(request.param, tmp_path_factory.mktemp("site"), FixedClock())
	made = _fill(database)
	if isinstance(database, SqliteDatabase):
		database.connection.execute("ANALYZE")
	else:
		for table in ("Thread Entry", "Thread Delivery", "Customer Thread", "Thread Event"):
			database.select(f"ANALYZE TABLE `tab{table}`")
	yield made
	database.close()


class Watch:
	"""A database that notes what a query reads."""

	def __init__(self, database: AnyDatabase) -> None:
		self._database = database
		self.plans: list[str] = []
		self.rows_read = 0
		self.scanned = 0

	def __getattr__(self, name: str) -> Any:  # noqa: ANN401
		return getattr(self._database, name)

	def select(self, sql: str, params: dict[str, Any] | None = None) -> list[Row]:
		if not isinstance(self._database, SqliteDatabase):
			self._database.run("FLUSH STATUS")
			rows = self._database.select(sql, params)
			status = self._database.select("SHOW SESSION STATUS LIKE 'Handler_read%'")
			counts = {row["Variable_name"]: int(row["Value"]) for row in status}
			self.rows_read += sum(counts.values())
			plan = self._database.select(f"EXPLAIN {sql}", params)
			# what a sort or a group reads again of its own small table is no scan of ours
			self.scanned += sum(
				row["type"] in ("ALL", "index") for row in plan if (row["table"] or "<")[0] != "<"
			)
			self.plans += [str(row) for row in plan]
			return rows
		from customer_thread.standalone.database import _dialect

		plan = self._database.select(f"EXPLAIN QUERY PLAN {sql}", params)
		self.plans += [row["detail"] for row in plan]
		self.scanned += sum(row["detail"].startswith("SCAN") for row in plan)
		steps = 0

		def count() -> None:
			nonlocal steps
			steps += 1

		self._database.connection.set_progress_handler(count, 10)
		try:
			rows = self._database.connection.execute(_dialect(sql), params or {}).fetchall()
		finally:
			self._database.connection.set_progress_handler(None, 0)
		# passing over a row costs SQLite's machine four steps at the least
		self.rows_read += steps * 10 // 10
		return rows


Query = Callable[[Any, Site], object]


def _one_of_a_thread(doctype: str, database: AnyDatabase, site: Site) -> object:
	return database.select(
		f"SELECT * FROM `tab{doctype}` WHERE thread = %(thread)s LIMIT 1", {"thread": site.thread}
	)


QUERIES: dict[str, tuple[Query, int]] = {
	"newest page": (lambda db, site: entries.older(db, site.thread, 51), 51),
	"older page": (
		lambda db, site: entries.older(db, site.thread, 51, Cursor(NOW + 700, site.entries[140])),
		51,
	),
	"newer page": (lambda db, site: entries.newer(db, site.thread, 51, Cursor(NOW + 700, 1)), 51),
	"poll without news": (lambda db, site: entries.known_since(db, site.thread, site.entries[-1], 10**9, 50), 0),
	"poll with news": (lambda db, site: entries.known_since(db, site.thread, site.entries[-4], 10**9, 50), 3),
	"one entry": (lambda db, site: entries.get(db, site.thread, site.entries[9]), 1),
	"unread": (lambda db, site: entries.unread_by_customer_between(db, site.thread, site.entries[-6], 10**9), 5),
	"a thread by its party": (lambda db, _: threads.of_party(db, Party("Customer", "mine")), 1),
	"a thread by its code": (lambda db, _: threads.by_number(db, "174"), 1),
	"the list of threads": (
		lambda db, _: inbox.listing(db, which="all", words="", before=None, limit=21),
		21,
	),
	"the next threads": (
		lambda db, _: inbox.listing(db, which="all", words="", before=(NOW - 20, "zz"), limit=21),
		21,
	),
	"due deliveries": (lambda db, _: deliveries.due(db, NOW, 50), 15),
	"nothing due": (lambda db, _: deliveries.due(db, NOW - 2 * OTHERS, 50), 0),
	"a delivery by the provider's id": (lambda db, _: deliveries.by_provider_sid(db, "SM7"), 1),
	"the states of a page's messages": (lambda db, _: deliveries.states_of(db, range(50), "Forward"), 50),
	"an entry's deliveries": (lambda db, _: deliveries.of_entry(db, 7), 1),
	"claimed deliveries": (lambda db, _: deliveries.claimed(db), 0),
	"deliveries put off": (lambda db, _: deliveries.waiting_beyond(db, NOW + 2 * OTHERS), 0),
	"deliveries to ask about": (lambda db, _: deliveries.to_ask_about(db, NOW - 2 * OTHERS, 50), 0),
	"recently forwarded": (
		lambda db, _: sent_to.last_forwarded_to(db, MIKE.phone, NOW - 40, NOW),
		20,
	),
	"last spoken to": (lambda db, site: sent_to.last_spoken_to(db, "+15550000000", [site.thread]), 0),
	"whose phone": (lambda db, _: contact_points.threads_of(db, Address("Phone", "+15550000050")), 1),
	"a thread's addresses": (lambda db, site: contact_points.of_thread(db, site.thread), 0),
	"a document's cards": (
		lambda db, site: events.standing_of_document(db, site.thread, "Sales Invoice", "INV-50"),
		1,
	),
	"a thread's notes": (lambda db, site: notes.of_thread(db, site.thread), 0),
	# as `lock` asks when everything of a thread is moved
	**{
		f"one {doctype} of a thread": (
			partial(_one_of_a_thread, doctype),
			1,
		)
		for doctype in ("Thread Entry", "Thread Event", "Thread Delivery", "Thread Note")
	},
}  # fmt: skip


@pytest.mark.parametrize("name", QUERIES)
def test_it_reads_no_more_than_it_returns(site: Site, name: str) -> None:
	query, rows = QUERIES[name]
	watch = Watch(site.database)
	query(watch, site)
	assert watch.plans, "nothing was asked"
	ordered_by_index = name in ("the list of threads", "the next threads")
	# reading an index in its order, to the limit, is what the list of threads is to do
	assert watch.scanned == 0 or ordered_by_index, watch.plans
	# a thread has thirty columns, each a step of SQLite's machine
	assert watch.rows_read <= 8 * rows + 25, (watch.rows_read, watch.plans)


def test_a_search_of_the_inbox_looks_through_a_block_and_not_the_table(
	site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
	for module in ("word_blocks", "said"):
		monkeypatch.setattr(f"customer_thread.store.{module}.WORDS_BLOCK", 16)
	monkeypatch.setattr("customer_thread.store.word_blocks.INBOX_LATEST", 16)
	database = site.database
	with database.transaction():
		said = add_entry(database, site.thread, text="marzipan", source_key="text:said")
		for number in range(40):
			add_entry(database, site.thread, source_key=f"text:later{number}")
		while (block := word_blocks.next_block(database)) is not None:
			word_blocks.gather(database, block)
	if isinstance(database, SqliteDatabase):
		# by what it has counted, it takes the order of the threads for better than the numbers of the entries
		database.connection.execute("ANALYZE")
	watch: Any = Watch(database)
	assert [where.entry for where in where_said(watch, said_words("marzipan"))] == [said]
	assert watch.rows_read < OTHERS / 2, watch.plans


def test_it_notices_a_full_scan(site: Site) -> None:
	watch = Watch(site.database)
	watch.select("SELECT name FROM `tabThread Entry` WHERE text = 'nothing like it'")
	assert watch.scanned == 1
	assert watch.rows_read > OTHERS / 4


@pytest.mark.parametrize("name", ["newest page", "older page", "newer page", "poll without news"])
def test_it_pages_without_sorting(site: Site, name: str) -> None:
	watch = Watch(site.database)
	QUERIES[name][0](watch, site)
	assert watch.plans, "nothing was asked"
	assert not [plan for plan in watch.plans if "TEMP B-TREE" in plan or "filesort" in plan]


def test_a_page_asks_by_its_entries_where_nothing_is_counted(tmp_path: Path) -> None:
	"""SQLite that has counted nothing takes two columns of an index for better than one, however many rows they have."""
	database = empty_database("sqlite", tmp_path, FixedClock())
	watch: Any = Watch(database)
	deliveries.states_of(watch, range(50), "Forward")
	database.close()
	asked = [plan for plan in watch.plans if " d " in plan]
	assert asked
	assert all("entry (entry=?)" in plan for plan in asked), watch.plans
