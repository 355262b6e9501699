"""Data folders with many entries, built by bulk SQL through the app's own schema and kept until it changes."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, repeat
from pathlib import Path

from benchmarks import inbox_rows, rows
from benchmarks.rows import FIRST_US, Place, Values
from customer_thread.domain.times import MINUTE
from customer_thread.gateways.system import SystemClock
from customer_thread.standalone import schema
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.store.indexes import INDEXES

ROOT = Path(__file__).parent.parent
CACHE = ROOT / ".cache" / "bench"
_BATCH = 10_000


@dataclass(frozen=True)
class Plan:
	"""A site: the sizes of its threads. Entries come in turn, so that a long thread is spread over the file."""

	name: str
	sizes: tuple[int, ...]
	#: whether it is as an inbox has it: who waits, what is unread and noted, words that are gathered
	has_inbox: bool = False

	@property
	def entries(self) -> int:
		"""Return how many entries the site has."""
		return sum(self.sizes)

	@property
	def step_us(self) -> int:
		"""Return the time between two entries of the site: about three years for all of them."""
		return 1_500_000 * MINUTE // self.entries


SMALL = Plan("small", (50,) * 20)
LARGE = Plan("large", (20_000, 5_000, *repeat(100, 9_750)))
#: 150 and 100 entries a thread
INBOX_LARGE = Plan("inbox-large", (150,) * 2000, has_inbox=True)
INBOX_SMALL = Plan("inbox-small", (100,) * 200, has_inbox=True)
#: as many threads of fewer
INBOX_THIN = Plan("inbox-thin", (10,) * 2000, has_inbox=True)


def site(plan: Plan) -> Path:
	"""Return the data folder of a site, built now unless it is in the cache."""
	folder = CACHE / f"{plan.name}-{_fingerprint(plan)}"
	if not folder.exists():
		for stale in CACHE.glob(f"*{plan.name}-*"):
			shutil.rmtree(stale)
		building = CACHE / f"building-{folder.name}"
		building.mkdir(parents=True)
		_build(building / "thread.db", plan)
		building.rename(folder)
	return folder


def scratch(plan: Plan, name: str) -> Path:
	"""Return a copy of a site that may be written to, beside it on the same disk."""
	folder = CACHE / f"scratch-{name}"
	shutil.rmtree(folder, ignore_errors=True)
	folder.mkdir(parents=True)
	shutil.copy(site(plan) / "thread.db", folder)
	return folder


def _fingerprint(plan: Plan) -> str:
	"""Return a digest of all that decides what the file holds."""
	digest = hashlib.sha256(repr((schema.doctypes(), INDEXES, plan)).encode())
	here = Path(__file__)
	for path in (Path(schema.__file__), here, *map(here.with_name, ("rows.py", "inbox_rows.py", "words.py"))):
		digest.update(path.read_bytes())
	return digest.hexdigest()[:12]


def _build(path: Path, plan: Plan) -> None:
	database = SqliteDatabase(path, SystemClock())
	connection = database.connection
	connection.execute("PRAGMA journal_mode = OFF")
	connection.execute("PRAGMA synchronous = OFF")
	connection.execute("BEGIN")
	threads = len(plan.sizes)
	_insert(connection, "Customer", rows.customers(threads))
	last_us = FIRST_US + plan.entries * plan.step_us
	_insert(connection, "Customer Thread", rows.threads(plan.sizes, plan.entries, last_us))
	_insert(connection, "Thread Contact Point", rows.contact_points(threads))
	places = _places(plan)
	while batch := list(islice(places, _BATCH)):
		for doctype, make in rows.MAKERS.items():
			_insert(connection, doctype, chain.from_iterable(make(place) for place in batch))
	if plan.has_inbox:
		for sql in inbox_rows.STATEMENTS:
			connection.execute(sql)
	connection.execute("COMMIT")
	if plan.has_inbox:
		inbox_rows.gather(database)
	connection.execute("ANALYZE")
	connection.execute("PRAGMA journal_mode = WAL")
	database.close()


def _insert(connection: sqlite3.Connection, doctype: str, values: Iterable[Values]) -> None:
	values = iter(values)
	first = next(values, None)
	if first is None:
		return
	names, marks = ", ".join(f"`{name}`" for name in first), ", ".join(f":{name}" for name in first)
	connection.executemany(f"INSERT INTO `tab{doctype}` ({names}) VALUES ({marks})", chain([first], values))


def _places(plan: Plan) -> Iterator[Place]:
	"""Return the entries of a site in their order: each thread's spread evenly over the whole."""
	order = sorted(
		((position + 0.5) / size, thread, position)
		for thread, size in enumerate(plan.sizes)
		for position in range(size)
	)
	for number, (_when, thread, position) in enumerate(order):
		is_rare = position == plan.sizes[thread] // 3
		yield Place(number + 1, thread, position, FIRST_US + number * plan.step_us, is_rare)
