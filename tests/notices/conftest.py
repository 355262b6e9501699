"""A business whose clock the tests set, and one that plays what a test tells it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.clocked_host import ClockedHost
from support.notice_stage import Stage


@pytest.fixture(scope="module")
def clocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedHost]:
	"""Return a server that is set up, and whose clock is set; the tests of a module share it."""
	host = ClockedHost(tmp_path_factory.mktemp("clocked") / "data")
	host.start()
	host.set_up()
	yield host
	host.close()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
	"""Return the providers around a business that is yet to be."""
	made = Stage(tmp_path)
	yield made
	made.close()
