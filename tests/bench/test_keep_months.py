"""What is older than a site keeps it goes by the task of the night, with Frappe's own traces of it."""

from typing import Any

import pytest

from customer_thread.domain.model import Address, Attachment
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.domain.times import DAY

#: nobody else says it
OLD, NEW = "zq of ten years ago", "zq of today"


@pytest.fixture
def thread(site: Any, open_thread: Any) -> Any:
	"""Return a thread with a message of ten years ago, what Frappe writes down beside it, and one of today."""
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.post_entry import post_entry
	from customer_thread.store import notes

	ports = site_ports()
	made, now_us = open_thread("Keep", Address("Email", "keep@test.example")), ports.clock.now_us()
	for words, us in ((OLD, now_us - 3650 * DAY), (NEW, now_us)):
		file = (Attachment(f"TEST {words}.txt", "text/plain", words.encode()),)
		said = NewEntry("Message", "Contractor", "Portal", words, us, f"mail:test-{words}", attachments=file)
		entry = post_entry(ports, made["name"], said).entry
		notes.add(ports.database, made["name"], words, None, us, None)
		about = {"reference_doctype": "Thread Entry", "reference_name": str(entry)}
		site.get_doc({"doctype": "Comment", "comment_type": "Comment", "content": words, **about}).insert()
	return made


def _places(site: Any, words: str) -> list[str]:
	"""Return the DocTypes, ours and Frappe's, with a row that has these words."""
	said = {
		"Thread Entry": "text",
		"Thread Note": "text",
		"Thread Attachment": "file_name",
		"Comment": "content",
		"File": "file_name",
	}
	return [
		doctype for doctype, column in said.items() if site.get_all(doctype, {column: ("like", f"%{words}%")})
	]


def _keep(site: Any, months: int) -> None:
	settings = site.get_doc("Customer Thread Settings")
	settings.keep_months = months
	settings.save()


def test_what_is_old_goes_once_it_is_set_and_the_new_stays(site: Any, thread: Any) -> None:
	from customer_thread import tasks

	found = {needle: _places(site, needle) for needle in (OLD, NEW)}
	assert all(len(places) == 5 for places in found.values()), found
	_keep(site, 0)
	tasks.remove_old()
	assert _places(site, OLD) == found[OLD]
	_keep(site, 12)
	tasks.remove_old()
	assert _places(site, OLD) == []
	assert _places(site, NEW) == found[NEW]
	texts = site.get_all("Thread Entry", {"thread": thread["name"]}, ["text"], order_by="name", pluck="text")
	assert texts[0].startswith("Message removed on ")
	assert texts[1:] == [NEW]


def test_what_is_gone_is_gone_from_the_disk(site: Any, thread: Any) -> None:
	from customer_thread import tasks

	files = site.get_all("File", {"file_name": ("like", f"TEST {OLD}%")}, pluck="name")
	[path] = [site.get_doc("File", name).get_full_path() for name in files]
	_keep(site, 12)
	tasks.remove_old()
	with pytest.raises(FileNotFoundError):
		open(path).close()
