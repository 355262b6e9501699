"""Tests inside a real site: BENCH is the bench's folder, SITE the site's name. Nothing they write stays."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from support.site import undone
from support.site_portal_documents import new_item

from customer_thread.domain.model import Address, Party

if not (os.environ.get("BENCH") and os.environ.get("SITE")):
	collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def site() -> Iterator[Any]:
	"""Return frappe, connected to the site as Administrator; everything is rolled back.

	No automation is on that the test does not switch on.
	"""
	with undone() as frappe:
		from customer_thread.frappe_host.noted_types import forget_types

		frappe.db.set_value("Thread Automation", {"enabled": 1}, "enabled", 0, update_modified=False)
		forget_types()
		yield frappe


@pytest.fixture
def item(site: Any) -> str:
	"""Return the name of a service by the hour."""
	return new_item(site)


OpenThread = Callable[[str, Address], Any]


@pytest.fixture
def open_thread(site: Any) -> OpenThread:
	"""Return a function that makes a customer with one address and returns their thread."""
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.add_contact_point import add_contact_point
	from customer_thread.service.thread.open_thread import open_thread as opened

	def make(name: str, address: Address) -> Any:
		customer = site.get_doc(
			{
				"doctype": "Customer",
				"customer_name": f"TEST {name}",
				"customer_group": "Individual",
				"territory": "All Territories",
			}
		).insert()
		thread = opened(site_ports(), Party("Customer", customer.name))
		add_contact_point(site_ports(), thread, address, "Customer", customer.name)
		return thread

	return make


@pytest.fixture
def staff(site: Any) -> Any:
	"""Return a function that makes a user of the Desk with some roles and signs them in."""

	def sign_in(*roles: str) -> str:
		site.set_user("Administrator")
		mail = f"test-{uuid4().hex[:8]}@example.com"
		user = site.get_doc({"doctype": "User", "email": mail, "first_name": "TEST", "send_welcome_email": 0})
		for role in roles:
			user.append("roles", {"role": role})
		user.insert()
		site.set_user(mail)
		return mail

	return sign_in
