"""The Desk of a real site: who may do what, forms and their connections, the workspace."""

import json
from typing import Any
from uuid import uuid4

import pytest

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.errors import NotAllowed, NotSignedIn
from customer_thread.domain.model import Address, Party
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.thread.post_entry import post_entry

SETTINGS, RULE = "Customer Thread Settings", "Thread Card Rule"
RECORDS = ("Customer Thread", "Thread Entry", "Thread Event", "Thread Delivery", "Thread Note")
CONFIGURED = (SETTINGS, RULE)
CHANGES = ("write", "create", "delete", "share", "email", "import", "submit", "cancel", "amend")


# Who may do what


@pytest.mark.parametrize("doctype", RECORDS)
@pytest.mark.parametrize("role", ["Thread Agent", "Thread Manager", "System Manager"])
def test_it_lets_staff_read_and_nobody_change_what_was_said(
	site: Any, staff: Any, role: str, doctype: str
) -> None:
	staff(role)

	assert site.has_permission(doctype, "read")
	assert [kind for kind in CHANGES if site.has_permission(doctype, kind)] == []


@pytest.mark.parametrize("doctype", CONFIGURED)
@pytest.mark.parametrize(
	("role", "may"), [("Thread Agent", False), ("Thread Manager", True), ("System Manager", True)]
)
def test_it_lets_managers_configure(site: Any, staff: Any, role: str, may: bool, doctype: str) -> None:
	staff(role)

	assert site.has_permission(doctype, "read") is may
	assert site.has_permission(doctype, "write") is may
	assert not site.has_permission(doctype, "share")


@pytest.mark.parametrize(
	("role", "may"), [("Thread Agent", False), ("Thread Manager", True), ("System Manager", True)]
)
def test_it_lets_managers_read_what_the_bot_remembers(site: Any, staff: Any, role: str, may: bool) -> None:
	staff(role)

	assert site.has_permission("Thread Bot Memory", "read") is may
	assert [kind for kind in CHANGES if site.has_permission("Thread Bot Memory", kind)] == []


def test_it_exports_nothing_for_an_agent(site: Any, staff: Any) -> None:
	staff("Thread Agent")
	assert all(site.has_permission(doctype, "read") for doctype in RECORDS)
	assert not [doctype for doctype in RECORDS if site.has_permission(doctype, "export")]


@pytest.mark.parametrize("doctype", [*RECORDS, *CONFIGURED])
@pytest.mark.parametrize("role", ["Customer", "Sales Manager", "Accounts Manager"])
def test_it_opens_nothing_to_other_roles(site: Any, staff: Any, role: str, doctype: str) -> None:
	mail = staff(role)
	assert role in site.get_roles(mail)
	assert not site.has_permission(doctype, "read")


@pytest.mark.parametrize(
	"call",
	[
		lambda admin: admin.setup(),
		lambda admin: admin.test_connection(),
		lambda admin: admin.preview_rule(rule="{}", document="x"),
	],
	ids=["setup", "test_connection", "preview_rule"],
)
def test_it_keeps_the_configuring_to_managers(site: Any, staff: Any, call: Any) -> None:
	from customer_thread.api import admin

	staff("Thread Agent")
	with pytest.raises(NotAllowed, match="Thread Manager"):
		call(admin)
	site.set_user("Guest")
	with pytest.raises(NotSignedIn):
		call(admin)


# Forms and lists


def test_it_shows_times_in_the_zone_of_the_site(site: Any, open_thread: Any) -> None:
	from customer_thread.frappe_host.times import site_us

	thread = open_thread("times", Address("Phone", "+12025550188"))
	us = 1_778_850_000_000_000
	said = NewEntry(
		kind="Message", author="Customer", channel="SMS", text="hello", occurred_us=us, source_key="k-t"
	)
	entry = post_entry(site_ports(), thread["name"], said).entry
	event = record_event(site_ports(), thread, NewEvent("Permit filed", "Permit filed", us, "k-e"))

	assert site_us(site.db.get_value("Thread Entry", entry, "occurred_at")) == us
	card = site.db.get_value("Thread Entry", event.entry, "event")
	assert site_us(site.db.get_value("Thread Event", card, "occurred_at")) == us


def test_it_connects_a_customer_with_his_thread(site: Any, open_thread: Any) -> None:
	from frappe.desk.notifications import get_open_count

	thread = open_thread("connected", Address("Phone", "+12025550187"))
	found = get_open_count("Customer", thread["party"])["count"]["external_links_found"]

	assert {"doctype": "Customer Thread", "count": 1, "open_count": 0} in found
	# the others are still there, and counted by their own fields
	assert {"Sales Invoice", "Payment Entry", "Quotation"} <= {row["doctype"] for row in found}


def test_it_connects_an_entry_with_its_deliveries(site: Any, open_thread: Any) -> None:
	from frappe.desk.notifications import get_open_count

	from customer_thread.service.outgoing.send_message import send_message

	thread = open_thread("sent", Address("Phone", "+12025550186"))
	posted = send_message(site_ports(), thread, "hello", channel="portal")
	found = get_open_count("Thread Entry", posted.entry)["count"]["external_links_found"]
	counted = site.db.count("Thread Delivery", {"entry": posted.entry})

	assert {row["doctype"]: row["count"] for row in found} == {
		"Thread Delivery": counted,
		"Thread Attachment": 0,
	}


def test_it_serves_the_desk_its_scripts(site: Any) -> None:
	for doctype, words in (
		("Customer", "customer_thread.add_thread_button(frm)"),
		("Lead", "customer_thread.add_thread_button(frm)"),
		("Customer Thread", "customer_thread.show_conversation = "),
		(RULE, "customer_thread.suggest_fields = "),
		(SETTINGS, "customer_thread.follow_history = "),
	):
		script = site.desk.form.meta.get_meta(doctype, cached=False).get("__js")
		assert words in script
		assert "{% include" not in script


def test_it_has_one_workspace_for_staff(site: Any, staff: Any) -> None:
	from frappe.desk.desktop import get_workspace_sidebar_items
	from frappe.modules.import_file import import_file_by_path

	path = site.get_app_path(
		"customer_thread", "customer_thread", "workspace", "customer_threads", "customer_threads.json"
	)
	for _migration in range(2):
		import_file_by_path(path, force=True)
	assert site.get_all("Workspace", {"module": "Customer Thread"}, pluck="name") == ["Customer Threads"]
	workspace = site.get_doc("Workspace", "Customer Threads")
	blocks = [one["data"] for one in json.loads(workspace.content) if one["type"] == "shortcut"]
	assert {one["shortcut_name"] for one in blocks} == {one.label for one in workspace.shortcuts}
	assert ("Inbox" in {one.label for one in workspace.shortcuts}, len(workspace.roles)) == (True, 3)

	staff("Thread Agent")
	assert "Customer Threads" in [page["name"] for page in get_workspace_sidebar_items()["pages"]]
	staff("Sales User")
	assert "Customer Threads" not in [page["name"] for page in get_workspace_sidebar_items()["pages"]]


def test_it_says_who_has_read(site: Any, staff: Any, open_thread: Any) -> None:
	from customer_thread.api import desk

	thread = open_thread("unread", Address("Phone", "+12025550185"))
	said = NewEntry(
		kind="Message", author="Customer", channel="SMS", text="hi", occurred_us=1, source_key="k-u"
	)
	entry = post_entry(site_ports(), thread["name"], said).entry
	unread = {"party": thread["party"], "contractor_unread": (">", 0)}
	assert site.db.count("Customer Thread", unread) == 1

	staff("Thread Agent")
	assert desk.read(thread=thread["name"], upto=entry) == {"unread": 0}
	assert site.db.count("Customer Thread", unread) == 0


def test_it_finds_a_lead_s_thread_too(site: Any) -> None:
	from frappe.desk.notifications import get_open_count

	from customer_thread.service.thread.open_thread import open_thread

	lead = site.get_doc(
		{"doctype": "Lead", "lead_name": "TEST lead", "email_id": f"{uuid4().hex[:8]}@example.com"}
	).insert()
	open_thread(site_ports(), Party("Lead", lead.name))
	found = get_open_count("Lead", lead.name)["count"]["external_links_found"]

	assert {"doctype": "Customer Thread", "count": 1, "open_count": 0} in found


@pytest.mark.parametrize("role", ["Thread Agent", "Thread Manager", "System Manager"])
def test_it_shows_staff_no_reply_token(site: Any, staff: Any, open_thread: Any, role: str) -> None:
	thread = open_thread("token", Address("Phone", "+12025550184"))
	staff(role)
	for field in ("reply_token", "contractor_token"):
		[row] = site.get_list("Customer Thread", {"name": thread["name"]}, ["name", field, "title"])
		assert set(row) == {"name", "title"}
	document = site.get_doc("Customer Thread", thread["name"])
	document.apply_fieldlevel_read_permissions()
	assert not document.get("reply_token")
	assert not document.get("contractor_token")
	site.clear_messages()
