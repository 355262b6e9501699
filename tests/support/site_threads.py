"""Threads in a site: which DocTypes they are made of, and two people's."""

from typing import Any

import pytest

from customer_thread.domain.model import Address
from support.persons import BOB, SARAH

#: the DocTypes that hold a customer's rows
RECORDS = (
	"Customer Thread",
	"Thread Attachment",
	"Thread Contact Point",
	"Thread Delivery",
	"Thread Entry",
	"Thread Event",
	"Thread Note",
	"Thread Preference",
	"Thread Preference Change",
	"Thread Text Consent",
)


@pytest.fixture
def sarah(open_thread: Any) -> Any:
	"""Return Sarah's thread, her mail address on file."""
	return open_thread("Sarah Lee", Address("Email", SARAH.email))


@pytest.fixture
def bob(open_thread: Any) -> Any:
	"""Return Bob's thread, his mail address on file."""
	return open_thread("Bob Miller", Address("Email", BOB.email))
