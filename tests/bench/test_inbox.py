"""The inbox of a real site: whose turn it is by Frappe's own assignment, and who may be given what."""

import json
from typing import Any
from uuid import uuid4

import pytest

from customer_thread.domain.model import Party
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.service.thread.post_entry import post_entry


@pytest.fixture
def waiting(site: Any) -> dict[str, Any]:
	"""Return the thread of a customer who waits."""
	mark = uuid4().hex[:6]
	values = {"doctype": "Customer", "customer_name": f"TEST sarah {mark}", "customer_type": "Individual"}
	thread = open_thread(site_ports(), Party("Customer", str(site.get_doc(values).insert().name)))
	said = NewEntry(
		kind="Message",
		author="Customer",
		channel="SMS",
		text=f"zq{mark}",
		occurred_us=site_ports().clock.now_us(),
		source_key=f"test-{mark}",
	)
	post_entry(site_ports(), thread["name"], said)
	return {"name": thread["name"], "title": values["customer_name"], "mark": mark}


def _titles(**given: object) -> list[str]:
	from customer_thread.api import desk

	return [line["title"] for line in desk.inbox(limit=100, **given)["threads"]]


def _assign(thread: str, user: str) -> None:
	from frappe.desk.form import assign_to

	assign_to.add({"doctype": "Customer Thread", "name": thread, "assign_to": json.dumps([user])})


def test_it_is_found_by_whose_turn_it_is(site: Any, staff: Any, waiting: dict[str, Any]) -> None:
	from frappe.desk.form import assign_to

	ann = staff("Thread Agent")
	staff("Thread Agent")
	assert waiting["title"] in _titles(tab="waiting", assigned="nobody")
	_assign(waiting["name"], ann)
	assert waiting["title"] not in _titles(tab="waiting", assigned="nobody")
	assert waiting["title"] in _titles(tab="waiting", assigned=ann)
	assert waiting["title"] not in _titles(tab="waiting", assigned="me")
	site.set_user(ann)
	assert waiting["title"] in _titles(tab="waiting", assigned="me")
	[line] = [line for line in _all_lines() if line["title"] == waiting["title"]]
	assert line["assigned_to"] == ann
	assign_to.close("Customer Thread", waiting["name"], ann)
	assert waiting["title"] in _titles(tab="waiting", assigned="nobody")


def _all_lines() -> list[dict[str, Any]]:
	from customer_thread.api import desk

	found: list[dict[str, Any]] = desk.inbox(tab="waiting", limit=100)["threads"]
	return found


def test_it_is_given_to_nobody_who_may_not_see_it(site: Any, staff: Any, waiting: dict[str, Any]) -> None:
	outsider = staff("Sales User")
	staff("Thread Agent")
	with pytest.raises(site.PermissionError):
		_assign(waiting["name"], outsider)
	assert not site.has_permission("Customer Thread", doc=waiting["name"], user=outsider)


def test_what_is_done_is_counted_no_more(site: Any, staff: Any, waiting: dict[str, Any]) -> None:
	from customer_thread.api import desk

	staff("Thread Agent")
	before = desk.inbox(tab="waiting")["counts"]["waiting"]
	[line] = [line for line in _all_lines() if line["title"] == waiting["title"]]
	desk.done(thread=waiting["name"], upto=line["last"])
	assert desk.inbox(tab="waiting")["counts"]["waiting"] == before - 1
	assert waiting["title"] not in _titles(tab="waiting")
	assert waiting["title"] in _titles(tab="all", q=waiting["mark"])
	desk.done(thread=waiting["name"], undo=1)
	assert waiting["title"] in _titles(tab="waiting")


def test_the_desk_knows_what_colleagues_are_called(site: Any, staff: Any) -> None:
	from customer_thread.frappe_host.desk_boot import extend_bootinfo

	ann = staff("Thread Agent")
	site.db.set_value("User", ann, "full_name", "TEST Ann Miller")
	for roles, is_told in ((("Thread Agent",), True), (("Customer",), False)):
		staff(*roles)
		told = site._dict(user_info=site._dict())
		extend_bootinfo(told)
		assert (told.user_info.get(ann, {}).get("fullname") == "TEST Ann Miller") is is_told
