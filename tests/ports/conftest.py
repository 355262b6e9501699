"""Every implementation of a port, by its name; inside a site those of Frappe."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.clock import FixedClock, SeededIds
from support.databases import clock, database, sqlite
from support.site import IN_SITE
from support.world import HeardBell, KnownParties

from customer_thread.domain.model import Party
from customer_thread.gateways.system import SystemClock, SystemIds
from customer_thread.service.ports import Bell, Clock, Files, Ids, Parties, PartyInfo
from customer_thread.standalone.database import SqliteDatabase
from customer_thread.standalone.files import FolderFiles
from customer_thread.standalone.parties import SqliteParties
from customer_thread.standalone.wiring import NoDesk

__all__ = ["clock", "database", "sqlite"]

SARAH = PartyInfo("Sarah Lee", "Deck Replacement Project · Active", "America/Chicago")


@pytest.fixture(params=["site"] if IN_SITE else ["folder"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Files]:
	"""Return each Files port, empty."""
	if request.param == "folder":
		yield FolderFiles(tmp_path / "files")
		return
	from support.site_ports import site_files

	with site_files() as made:
		yield made


@pytest.fixture(params=["site"] if IN_SITE else ["no desk", "heard"])
def bell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bell]:
	"""Return each Bell port."""
	if request.param == "no desk":
		yield NoDesk()
		return
	if request.param == "heard":
		tables = SqliteDatabase(tmp_path / "thread.db", FixedClock())
		with tables.transaction():
			yield HeardBell(tables)
		tables.close()
		return
	from support.site_ports import site_bell

	with site_bell() as made:
		yield made


@pytest.fixture(params=["system", "fixed"])
def any_clock(request: pytest.FixtureRequest) -> Clock:
	"""Return each Clock port."""
	return SystemClock() if request.param == "system" else FixedClock()


@pytest.fixture(params=["system", "seeded"])
def ids(request: pytest.FixtureRequest) -> Ids:
	"""Return each Ids port."""
	return SystemIds() if request.param == "system" else SeededIds()


@pytest.fixture(params=["site", "dict"] if IN_SITE else ["sqlite", "dict"])
def sarah(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Parties, Party]]:
	"""Return each Parties port, and a customer it knows."""
	if request.param == "site":
		from support.site_ports import site_party

		with site_party(SARAH) as found:
			yield found
		return
	if request.param == "dict":
		known = KnownParties()
		known.known[Party("Customer", "CUST-1")] = SARAH
		yield known, Party("Customer", "CUST-1")
		return
	tables = SqliteDatabase(tmp_path / "thread.db", FixedClock())
	parties = SqliteParties(tables)
	with tables.transaction():
		party = parties.add(SARAH.name, SARAH.project, SARAH.timezone)
	yield parties, party
	tables.close()
