"""A customer of a business that notifies."""

import pytest
from support.notified import PUBLIC
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.store.rows import ThreadRow


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return the thread of one with a phone and an address."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email)
	return world.customer(SARAH)


@pytest.fixture
def phone_only(world: World) -> ThreadRow:
	"""Return the thread of one with a phone alone."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email)
	return world.customer(SARAH, email="")
