"""A manager erases a customer in a site: Frappe's own traces of our documents go along, and no repair brings them back."""

import json
from typing import Any

import pytest

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.model import Address, Attachment, Party

#: nobody else says or has it
WORDS, EMAIL = "gate code 4711 of the erased", "sarah.erased@customers.example"


@pytest.fixture
def thread(site: Any, open_thread: Any) -> Any:
	"""Return Sarah's thread, with a message, a note, and what Frappe writes down beside them."""
	from customer_thread.domain.thread.new_entry import NewEntry
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.post_entry import post_entry
	from customer_thread.store import notes

	made = open_thread("Sarah Erased", Address("Email", EMAIL))
	files = (Attachment("TEST gate.txt", "text/plain", WORDS.encode()),)
	new = NewEntry("Message", "Customer", "Email", WORDS, 1, "mail:test-erase-all", attachments=files)
	posted = post_entry(site_ports(), made["name"], new)
	notes.add(site_ports().database, made["name"], WORDS, None, 1, None)
	about = {"reference_doctype": "Thread Entry", "reference_name": str(posted.entry)}
	site.get_doc({"doctype": "Comment", "comment_type": "Comment", "content": WORDS, **about}).insert()
	here = {"reference_type": "Customer Thread", "reference_name": made["name"]}
	site.get_doc({"doctype": "ToDo", "description": WORDS, **here}).insert()
	said = {"doctype": "Comment", "comment_type": "Comment", "content": f"about {WORDS}"}
	there = {"reference_doctype": "Customer Thread", "reference_name": made["name"]}
	site.get_doc({**said, **there}).insert()
	attached = {"attached_to_doctype": "Customer Thread", "attached_to_name": made["name"]}
	site.get_doc({"doctype": "File", "file_name": "TEST-4711.txt", "content": WORDS, **attached}).insert()
	site.log_error(title="Customer Thread: TEST", message=f"customer_thread/x.py: {WORDS}")
	return made


def _left(site: Any, needle: str) -> list[tuple[str, str]]:
	"""Return the tables and columns of ours, and of Frappe's that tell of ours, in which this is."""
	from customer_thread.standalone.schema import doctypes

	tables = [f"tab{name}" for name, meta in doctypes().items() if not meta.get("issingle")]
	more = ("Comment", "Deleted Document", "Error Log", "File", "Notification Log", "ToDo", "Version")
	found = []
	for table in (*tables, *(f"tab{name}" for name in more), "__global_search"):
		for row in site.db.sql(f"SELECT * FROM `{table}`", as_dict=True):
			found += [(table, key) for key, value in row.items() if needle in str(value or "")]
	return found


def _erase(thread: Any) -> None:
	from customer_thread import tasks
	from customer_thread.api import desk

	desk.erase(thread=thread["name"], name=thread["title"])
	tasks.erase()


def test_nothing_of_it_is_left_in_the_site(site: Any, thread: Any) -> None:
	file = site.db.get_value("File", {"file_name": "TEST-4711.txt"})
	path = site.get_doc("File", file).get_full_path()
	assert len(_left(site, WORDS)) > 8
	_erase(thread)
	assert _left(site, WORDS) == []
	assert _left(site, EMAIL) == []
	assert [
		one for one in _left(site, thread["title"]) if one[0].startswith(("tabThread", "tabCustomer Thread"))
	] == []
	with pytest.raises(FileNotFoundError):
		open(path).close()
	assert site.get_doc("Customer Thread", thread["name"]).title.startswith("Erased on ")
	run = site.get_doc("Thread Erasure", {"thread": thread["name"]})
	assert (run.state, run.asked_by, run.entries) == ("Done", "Administrator", 1)


def test_our_mails_in_the_queue_go_along_and_frappes_own_stay(site: Any, thread: Any) -> None:
	from customer_thread.frappe_host.traces import FrappeTraces

	message = {"doctype": "Email Queue", "sender": "a@example.com", "message": WORDS, "status": "Sent"}
	to = [{"recipient": EMAIL}]
	ours = site.get_doc({**message, "message_id": "ours@example.com", "recipients": to}).insert()
	other = site.get_doc({**message, "message_id": "other@example.com", "recipients": to}).insert()
	FrappeTraces().of_mails(["<ours@example.com>"])
	assert not site.db.exists("Email Queue", ours.name)
	assert not site.db.exists("Email Queue Recipient", {"parent": ours.name})
	assert site.db.exists("Email Queue", other.name)


def test_an_address_on_file_does_not_bring_it_back(site: Any, thread: Any) -> None:
	from customer_thread.frappe_host import contacts
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.store import threads

	party = Party("Customer", thread["party"])
	customer = site.get_doc("Customer", thread["party"])
	customer.db_set("email_id", EMAIL)
	_erase(thread)
	contacts.sync(site.get_doc("Customer", thread["party"]).as_dict())
	contacts.repair()
	assert threads.of_party(site_ports().database, party) is None
	assert _left(site, EMAIL) == []


@pytest.mark.parametrize("role", ["Thread Agent", "Accounts Manager", "Customer"])
def test_it_is_a_managers_to_do(site: Any, thread: Any, staff: Any, role: str) -> None:
	from customer_thread.api import desk

	staff(role)
	with pytest.raises(NotAllowed):
		desk.erase(thread=thread["name"], name=thread["title"])
	with pytest.raises(NotAllowed):
		desk.erasure(thread=thread["name"])
	site.set_user("Administrator")
	assert site.db.get_value("Customer Thread", thread["name"], "title") == thread["title"]


def test_a_manager_alone_gets_a_copy(site: Any, thread: Any, staff: Any) -> None:
	from customer_thread.api import desk

	given = json.load(desk.export(thread=thread["name"], kind="business").file)
	assert [entry["text"] for entry in given["entries"]] == [WORDS]
	assert [note["text"] for note in given["notes"]] == [WORDS]
	assert desk.export(thread=thread["name"], format="pdf").file.read(5) == b"%PDF-"
	staff("Thread Agent")
	with pytest.raises(NotAllowed):
		desk.export(thread=thread["name"])
