"""The providers around a business whose system writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.notice_stage import Stage


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
	"""Return the providers around a business that is yet to be."""
	made = Stage(tmp_path)
	yield made
	made.close()
