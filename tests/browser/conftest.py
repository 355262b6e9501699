"""Fixtures of the browser tests: a fresh profile of the one Chromium for each."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from support.chromium import OpenPortal, Portal
from support.host import EmbeddedHost, new_email, new_phone


@pytest.fixture
def open_portal(chromium: Browser) -> Iterator[OpenPortal]:
	"""Return a function that gives somebody a browser of their own; at the end each is checked for misdeeds."""
	opened: list[Portal] = []

	def make(host: EmbeddedHost, customer: str = "", **options: Any) -> Portal:  # noqa: ANN401
		portal = Portal(chromium, host.url, **options)
		opened.append(portal)
		if customer:
			portal.sign_in(host.sign_in_path(customer))
		return portal

	yield make
	for portal in opened:
		portal.close()


@pytest.fixture
def customer(host: EmbeddedHost, phone: str, address: str) -> str:
	"""Return Sarah's id: a customer with a phone and an e-mail address."""
	return host.add_customer(
		"Sarah Lee", phone=phone, email=address, project="Deck Replacement Project · Active"
	)


@pytest.fixture
def bob(host: EmbeddedHost) -> str:
	"""Return the id of another customer, who must see nothing of Sarah's."""
	return host.add_customer("Bob Miller", phone=new_phone(), email=new_email("bob"))


@pytest.fixture
def portal(open_portal: OpenPortal, host: EmbeddedHost, customer: str) -> Portal:
	"""Return Sarah's browser, signed in."""
	return open_portal(host, customer)
