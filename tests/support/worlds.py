"""The world fixture: the same test of a service on SQLite and on MariaDB."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.clock import FixedClock
from support.databases import AnyDatabase, clock, database
from support.world import World

__all__ = ["clock", "database", "world"]


@pytest.fixture
def world(database: AnyDatabase, clock: FixedClock, tmp_path: Path) -> Iterator[World]:
	"""Return a business with an empty database."""
	made = World(database, clock, tmp_path)
	yield made
	made.close()
