"""Fixtures for every test: the program as a process, and people who use it."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

from support.cli import WarmCli
from support.host import EmbeddedHost, new_email, new_phone
from support.people import Browser, Staff
from support.site import IN_SITE
from support.surroundings import Surroundings

if TYPE_CHECKING:
	from playwright.sync_api import Browser as Chromium
	from playwright.sync_api import Playwright

# how long an example takes depends on what else the machine does
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def warm_cli() -> Iterator[WarmCli]:
	"""Return the command line, ready to run quickly."""
	cli = WarmCli()
	yield cli
	cli.close()


@pytest.fixture(scope="session")
def playwright() -> "Iterator[Playwright]":
	"""Return what drives browsers: one in a test process."""
	# a bench has no Playwright
	from playwright.sync_api import sync_playwright

	with sync_playwright() as driver:
		yield driver


@pytest.fixture(scope="session")
def chromium(playwright: "Playwright") -> "Iterator[Chromium]":
	"""Return the one Chromium of a test process, without what makes it a program on a desk."""
	from support.chromium import LIGHT, launched

	with launched(playwright, LIGHT) as browser:
		yield browser


def _serving(host: Surroundings) -> Surroundings:
	host.start()
	host.set_up()
	return host


@pytest.fixture(scope="module")
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Surroundings]:
	"""Return a server that is set up; the tests of a module share it and keep apart by their customers."""
	if IN_SITE:
		from support.site_host import SiteHost

		running: Surroundings = SiteHost(tmp_path_factory.mktemp("host"))
	else:
		cli = request.getfixturevalue("warm_cli")
		running = EmbeddedHost(tmp_path_factory.mktemp("host") / "data", cli)
	yield _serving(running)
	running.close()


@pytest.fixture
def own_host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Surroundings]:
	"""Return a server that is set up, for a test that kills it or changes its settings."""
	if IN_SITE:
		from support.site_host import SiteHost

		# there is one site, and the module's own host goes on in it
		running: Surroundings = SiteHost(tmp_path, outer=request.getfixturevalue("host"))
	else:
		running = EmbeddedHost(tmp_path / "data", request.getfixturevalue("warm_cli"))
	yield _serving(running)
	running.close()


@pytest.fixture
def staff(host: EmbeddedHost) -> Staff:
	"""Return somebody of the business."""
	return host.staff


@pytest.fixture
def phone() -> str:
	"""Return a phone number that nobody else has."""
	return new_phone()


@pytest.fixture
def address() -> str:
	"""Return an e-mail address that nobody else has."""
	return new_email()


@pytest.fixture
def sarah(host: EmbeddedHost, phone: str, address: str) -> Browser:
	"""Return a customer with a phone and an e-mail address, signed in."""
	return host.sign_in(host.add_customer("Sarah Lee", phone=phone, email=address))


@pytest.fixture
def charlie(host: EmbeddedHost) -> Browser:
	"""Return another customer, who must see nothing of anybody else."""
	return host.sign_in(host.add_customer("Charlie Day", phone=new_phone(), email=new_email("charlie")))
