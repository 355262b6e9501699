"""A demo for the tests, and Sarah in it."""

from collections.abc import Iterator

import pytest
from support.people import Browser
from support.running_demo import Demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
	"""Return a demo that the tests of a module share."""
	running = Demo(tmp_path_factory.mktemp("demo"), "--port", "0")
	yield running
	log = running.log()
	running.close()
	assert "Traceback" not in log, log


@pytest.fixture(scope="module")
def sarah(demo: Demo) -> Browser:
	"""Return Sarah, signed in by the link in the terminal."""
	return demo.sign_in(demo.link)
