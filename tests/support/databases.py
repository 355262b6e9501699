"""The database fixture: the same test on SQLite, on MariaDB, and inside a site on the site's own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar, cast

import pytest

from customer_thread.domain.errors import Unavailable
from customer_thread.standalone.database import SqliteDatabase
from support.clock import FixedClock
from support.mariadb import MariaDatabase
from support.mariadb_server import maria_database
from support.site import IN_SITE

AnyDatabase = SqliteDatabase | MariaDatabase
T = TypeVar("T")

#: what the tests of the store and the services run on
KINDS = ["site"] if IN_SITE else ["sqlite", pytest.param("mariadb", marks=pytest.mark.mariadb)]


def persist(database: AnyDatabase, verb: Callable[[], T], times: int = 5) -> T:
	"""Run a verb in a transaction, and again when the database could not go on, as every host must.

	On MariaDB three writers that meet in one unique key deadlock: each holds it shared after its Duplicate.
	"""
	for _try in range(times - 1):
		try:
			with database.transaction():
				return verb()
		except Unavailable:
			continue
	with database.transaction():
		return verb()


@pytest.fixture
def clock() -> FixedClock:
	"""Return a clock that stands still."""
	return FixedClock()


def empty_database(kind: str, folder: Path, clock: FixedClock) -> AnyDatabase:
	"""Return an empty database of one of the `KINDS`."""
	if kind == "sqlite":
		return SqliteDatabase(folder / "thread.db", clock)
	if kind == "mariadb":
		return maria_database(clock)
	from support.site_database import SiteDatabase
	from support.site_processes import end_all

	end_all()
	made = SiteDatabase()
	made.empty()
	return cast("AnyDatabase", made)


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[AnyDatabase]:
	"""Return an empty database of each kind."""
	made = empty_database(request.param, tmp_path, clock)
	yield made
	made.close()


@pytest.fixture
def maria(clock: FixedClock) -> Iterator[MariaDatabase]:
	"""Return an empty MariaDB."""
	made = maria_database(clock)
	yield made
	made.close()


@pytest.fixture
def sqlite(tmp_path: Path, clock: FixedClock) -> Iterator[SqliteDatabase]:
	"""Return an empty SQLite database."""
	made = SqliteDatabase(tmp_path / "thread.db", clock)
	yield made
	made.close()
