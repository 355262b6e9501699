"""A manager removes a message for privacy; nobody else can, and everything else stays a record."""

from typing import Any

import pytest
from support.persons import SARAH

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.model import Address, Attachment


@pytest.fixture
def entry(site: Any, open_thread: Any) -> Any:
	"""Return a message with a file in Sarah's thread."""
	from customer_thread.domain.thread.new_entry import NewEntry
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.post_entry import post_entry

	thread = open_thread("Sarah Lee", Address("Email", SARAH.email))
	attachments = (Attachment("TEST gate.txt", "text/plain", b"gate code 4711"),)
	new = NewEntry(
		"Message", "Customer", "Email", "gate code 4711", 1, "mail:test-erase", attachments=attachments
	)
	posted = post_entry(site_ports(), thread["name"], new)
	return site.get_doc("Thread Entry", posted.entry)


def _user(site: Any, role: str) -> str:
	mail = f"test-{role.replace(' ', '-').lower()}@example.com"
	doc = {"doctype": "User", "email": mail, "first_name": "TEST", "send_welcome_email": 0}
	site.get_doc({**doc, "roles": [{"role": role}]}).insert()
	return mail


def test_it_leaves_a_stone_in_its_place(site: Any, entry: Any) -> None:
	from customer_thread.api import admin

	file = site.db.get_value("Thread Attachment", {"entry": entry.name}, "file")
	path = site.get_doc("File", file).get_full_path()
	site.set_user(_user(site, "Thread Manager"))
	left = admin.erase_entry(entry=entry.name, reason="She asked for it.")["text"]
	site.set_user("Administrator")
	assert left.startswith("Message removed on ")
	assert site.db.get_value("Thread Entry", entry.name, ["text", "attachments"]) == (left, 0)
	assert not site.db.exists("File", file)
	with pytest.raises(FileNotFoundError):
		open(path).close()
	assert site.db.exists(
		"Thread Note", {"thread": entry.thread, "author": "test-thread-manager@example.com"}
	)
	entry.reload()
	entry.text = "Other words"
	with pytest.raises(site.PermissionError, match="is a record"):
		entry.save()
	site.clear_messages()


@pytest.mark.parametrize("role", ["Thread Agent", "Customer", "Accounts Manager"])
def test_it_is_a_managers_to_do(site: Any, entry: Any, role: str) -> None:
	from customer_thread.api import admin

	site.set_user(_user(site, role))
	with pytest.raises(NotAllowed):
		admin.erase_entry(entry=entry.name, reason="No reason.")
	site.set_user("Administrator")
	assert site.db.get_value("Thread Entry", entry.name, "text") == "gate code 4711"
