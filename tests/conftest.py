"""Fixtures for every test: the program as a process, and people who use it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from support.cli import WarmCli
from support.host import EmbeddedHost, new_email, new_phone
from support.people import Browser, Staff

if TYPE_CHECKING:
	from playwright.sync_api import Browser as Chromium


@pytest.fixture(scope="session")
def warm_cli() -> Iterator[WarmCli]:
	"""Return the command line, ready to run quickly."""
	cli = WarmCli()
	yield cli
	cli.close()


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Chromium]":
	"""Return the one Chromium of a test process."""
	# a bench has no Playwright
	from playwright.sync_api import sync_playwright
	from support.chromium import launch

	with sync_playwright() as playwright:
		browser = launch(playwright)
		yield browser
		browser.close()


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory, warm_cli: WarmCli) -> Iterator[EmbeddedHost]:
	"""Return a server that is set up; the tests of a module share it and keep apart by their customers."""
	running = EmbeddedHost(tmp_path_factory.mktemp("host") / "data", warm_cli)
	running.start()
	running.set_up()
	yield running
	running.close()


@pytest.fixture
def own_host(tmp_path: Path, warm_cli: WarmCli) -> Iterator[EmbeddedHost]:
	"""Return a server that is set up, for a test that kills it or changes its settings."""
	running = EmbeddedHost(tmp_path / "data", warm_cli)
	running.start()
	running.set_up()
	yield running
	running.close()


@pytest.fixture
def staff(host: EmbeddedHost) -> Staff:
	"""Return somebody of the business."""
	return host.staff


@pytest.fixture
def phone() -> str:
	"""Return Sarah's phone number."""
	return new_phone()


@pytest.fixture
def address() -> str:
	"""Return Sarah's e-mail address."""
	return new_email()


@pytest.fixture
def sarah(host: EmbeddedHost, phone: str, address: str) -> Browser:
	"""Return a customer with a phone and an e-mail address, signed in."""
	return host.sign_in(host.add_customer("Sarah Lee", phone=phone, email=address))


@pytest.fixture
def charlie(host: EmbeddedHost) -> Browser:
	"""Return another customer, who must see nothing of anybody else."""
	return host.sign_in(host.add_customer("Charlie Day", phone=new_phone(), email=new_email("charlie")))
