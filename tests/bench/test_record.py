"""What the thread keeps is closed to everybody, Administrator among them, on every way that Frappe offers."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from support.persons import SARAH

from customer_thread.domain.model import Address
from customer_thread.domain.thread.new_entry import NewEntry

#: of each DocType, a field that nobody is to change, and what to
CLOSED = {
	"Customer Thread": ("title", "TEST somebody else"),
	"Thread Entry": ("text", "TEST other words"),
	"Thread Event": ("title", "TEST other words"),
	"Thread Note": ("text", "TEST other words"),
	"Thread Delivery": ("state", "Delivered"),
	"Thread Attachment": ("file_name", "other.txt"),
	"Thread Contact Point": ("value", "+12025550199"),
	"Thread Text Consent": ("state", "Allowed"),
	"Thread Bot Memory": ("words", "TEST other words"),
	"Thread Calendar": ("user", "Administrator"),
	"Thread Upload": ("file_name", "other.jpg"),
	"Thread Preference": ("sms", "Off"),
	"Thread Preference Change": ("new", "On"),
}
Change = Callable[[Any, str, str], object]


def _set_value(_site: Any, doctype: str, name: str) -> object:
	from frappe.client import set_value

	return set_value(doctype, name, *CLOSED[doctype])


def _save(site: Any, doctype: str, name: str) -> object:
	from frappe.client import save

	field, value = CLOSED[doctype]
	return save({**site.get_doc(doctype, name).as_dict(), field: value})


def _save_without_permissions(site: Any, doctype: str, name: str) -> object:
	return site.get_doc(doctype, name).update(dict([CLOSED[doctype]])).save(ignore_permissions=True)


def _delete(_site: Any, doctype: str, name: str) -> object:
	from frappe.client import delete

	return delete(doctype, name)


def _rename(_site: Any, doctype: str, name: str) -> object:
	from frappe.client import rename_doc

	return rename_doc(doctype, name, f"other-{uuid4().hex[:6]}")


def _copy(site: Any, doctype: str, name: str) -> object:
	from frappe.client import insert

	unique = {
		"code": None,
		"reply_token": None,
		"contractor_token": None,
		"party": None,
		"source_key": None,
		"token": None,
	}
	return insert({**site.get_doc(doctype, name).as_dict(), "name": None, **unique, "__islocal": 1})


def _edit_in_the_list(site: Any, doctype: str, name: str) -> object:
	from frappe.desk.doctype.bulk_update.bulk_update import _bulk_action

	if _bulk_action(doctype, [name], "update", dict([CLOSED[doctype]])) != [name]:
		return None
	raise site.PermissionError("is a record: the list says that it failed")


WAYS = (_set_value, _save, _save_without_permissions, _delete, _rename, _copy, _edit_in_the_list)


@pytest.fixture
def written(site: Any, open_thread: Any) -> dict[str, str]:
	"""Return of each DocType the name of a row."""
	from customer_thread.api import desk
	from customer_thread.domain.cards.new_event import NewEvent
	from customer_thread.domain.model import Attachment
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.cards.record_event import record_event
	from customer_thread.service.thread.post_entry import post_entry

	thread = open_thread("record", Address("Phone", SARAH.phone))
	ports, key = site_ports(), uuid4().hex
	files = (Attachment("deck.txt", "text/plain", b"deck"),)
	said = NewEntry("Message", "Customer", "SMS", "TEST", 1, key, attachments=files)
	entry = post_entry(ports, thread["name"], said).entry
	record_event(ports, thread, NewEvent("Permit filed", "Permit filed", 1, key))
	note = desk.note(customer=thread["party"], text="TEST note")
	assert note
	sent = desk.send(customer=thread["party"], text="TEST", channel="portal")
	consent = {"phone": SARAH.phone, "sender": uuid4().hex, "state": "Opted Out"}
	memory = {"mouth": "SMS", "speaker": uuid4().hex, "words": "TEST"}
	calendar = {"thread": thread["name"], "user": "Guest", "token": uuid4().hex, "made_us": 1}
	upload = {"thread": thread["name"], "file_name": "deck.jpg", "uploaded_us": 1}
	preference = {"thread": thread["name"], "user": "Guest", "changed_us": 1}
	change = {"thread": thread["name"], "field": "sms", "way": "Page", "changed_us": 1}
	return {
		"Customer Thread": thread["name"],
		"Thread Entry": str(entry),
		"Thread Event": site.db.get_value("Thread Event", {"thread": thread["name"]}),
		"Thread Note": note["id"],
		"Thread Delivery": sent["deliveries"][0]["id"],
		"Thread Attachment": site.db.get_value("Thread Attachment", {"entry": entry}),
		"Thread Contact Point": site.db.get_value("Thread Contact Point", {"thread": thread["name"]}),
		"Thread Text Consent": str(ports.database.insert("Thread Text Consent", consent)),
		"Thread Bot Memory": str(ports.database.insert("Thread Bot Memory", memory)),
		"Thread Calendar": str(ports.database.insert("Thread Calendar", calendar)),
		"Thread Upload": str(ports.database.insert("Thread Upload", upload)),
		"Thread Preference": str(ports.database.insert("Thread Preference", preference)),
		"Thread Preference Change": str(ports.database.insert("Thread Preference Change", change)),
	}


@pytest.mark.parametrize("user", ["Administrator", "Thread Manager", "System Manager"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_it_lets_nobody_change_what_it_keeps(
	site: Any,
	staff: Any,
	written: dict[str, str],
	monkeypatch: pytest.MonkeyPatch,
	way: Change,
	user: str,
) -> None:
	# a list takes back what failed, and with it what the test has written
	monkeypatch.setattr(site.db, "rollback", lambda **_options: None)
	if user != "Administrator":
		staff(user)
	for doctype, name in written.items():
		was = site.db.get_value(doctype, name, "*")
		count = site.db.count(doctype)
		with pytest.raises((site.PermissionError, site.ValidationError)) as refused:
			way(site, doctype, name)
		if user == "Administrator":
			assert "is a record" in str(refused.value) or way is _rename, doctype
		assert site.db.get_value(doctype, name, "*") == was
		assert site.db.count(doctype) == count
	site.clear_messages()


def test_it_still_lets_the_services_write(site: Any, written: dict[str, str]) -> None:
	from customer_thread.api import desk

	thread = written["Customer Thread"]
	customer = site.db.get_value("Customer Thread", thread, "party")
	doc = site.get_doc("Customer", customer)
	doc.customer_name = "TEST renamed"
	doc.save()
	assert site.db.get_value("Customer Thread", thread, "title") == "TEST renamed"
	site.rename_doc("Customer", customer, f"{customer} other", force=True)
	assert site.db.get_value("Customer Thread", thread, "party") == f"{customer} other"
	assert desk.read(thread=thread, upto=int(written["Thread Entry"])) == {"unread": 0}
