"""Whom the socket of a real site tells, and of what: the thread's own users, that there is news."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from support.site_portal_users import new_customer, new_user, pat, two

from customer_thread.domain.model import Address
from customer_thread.domain.times import iso

__all__ = ["pat", "two"]


def _told(site: Any, act: Callable[[], object], event: str = "customer_thread_changed") -> list[list[Any]]:
	"""Return what would go over the socket, once this is committed, because of an act."""
	site.local._realtime_log = []
	act()
	told = site.local._realtime_log
	del site.local._realtime_log
	return [said for said in told if said[0] == event]


def _say(customer: str) -> Callable[[], object]:
	from customer_thread.api import desk

	return lambda: desk.send(customer=customer, text="News", channel="portal", client_id=str(uuid4()))


def test_it_tells_a_threads_users_that_there_is_news_and_not_what(site: Any, pat: str) -> None:
	sam = new_user(site, "sam", "Customer")
	customer = new_customer(site, "one", pat, sam)
	told = _told(site, _say(customer.name))
	assert sorted(room for _event, _words, room in told) == sorted(f"user:{user}" for user in (pat, sam))
	assert [words for _event, words, _room in told] == [{}, {}]


def test_it_tells_nobody_who_was_taken_off_or_disabled(site: Any, pat: str) -> None:
	sam = new_user(site, "sam", "Customer")
	customer = new_customer(site, "one", pat, sam)
	customer.portal_users = [row for row in customer.portal_users if row.user == sam]
	customer.save()
	assert [room for _event, _words, room in _told(site, _say(customer.name))] == [f"user:{sam}"]
	site.db.set_value("User", sam, "enabled", 0)
	site.clear_document_cache("User", sam)
	assert _told(site, _say(customer.name)) == []


@pytest.mark.parametrize(
	"doctype", ["Customer Thread", "Thread Entry", "Thread Event", "Thread Note", "Thread Delivery"]
)
def test_it_lets_no_customer_into_another_room(
	site: Any, pat: str, two: tuple[str, str], doctype: str
) -> None:
	from frappe.realtime import can_subscribe_doc, can_subscribe_doctype

	found = site.get_all(doctype, limit=1, pluck="name")
	site.set_user(pat)
	with pytest.raises(site.PermissionError):
		can_subscribe_doctype(doctype)
	for name in found:
		with pytest.raises(site.PermissionError):
			can_subscribe_doc(doctype, name)
	site.clear_messages()


def test_it_tells_of_changes_that_are_no_new_entries(site: Any, pat: str) -> None:
	from customer_thread.domain.outbound import SentSms
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.outgoing import record_outcome

	customer = new_customer(site, "one", pat)
	_say(customer.name)()
	thread = site.get_doc("Customer Thread", {"party": customer.name})
	delivery = site.get_doc(
		{
			"doctype": "Thread Delivery",
			"thread": thread.name,
			"state": "Queued",
			"channel": "SMS",
			"purpose": "Forward",
		}
	).insert(ignore_permissions=True)
	sent = SentSms("SM" + "0" * 32, "Sent")
	assert _told(site, lambda: record_outcome.record_text_sent(site_ports(), delivery.name, sent)) == [
		["customer_thread_changed", {}, f"user:{pat}"]
	]
	assert site.db.get_value("Customer Thread", thread.name, "revision") == thread.revision + 1


def test_it_tells_staff_which_thread_only_in_its_own_room(site: Any, staff: Any, open_thread: Any) -> None:
	from frappe.realtime import can_subscribe_doc

	thread = open_thread("seen by few", Address("Phone", "+12025550183"))
	say = _say(thread["party"])
	room = f"doc:Customer Thread/{thread['name']}"
	assert _told(site, say, "customer_thread_form_changed") == [
		["customer_thread_form_changed", {"thread": thread["name"]}, room]
	]
	assert _told(site, say, "customer_thread_list_changed") == [
		["customer_thread_list_changed", {}, "doctype:Customer Thread"]
	]
	agent = staff("Thread Agent")
	assert can_subscribe_doc("Customer Thread", thread["name"])
	other = open_thread_of_another(site, agent, open_thread)
	site.set_user(agent)
	with pytest.raises(site.PermissionError):
		can_subscribe_doc("Customer Thread", thread["name"])
	assert can_subscribe_doc("Customer Thread", other)
	site.clear_messages()


def open_thread_of_another(site: Any, agent: str, open_thread: Any) -> str:
	"""Return the thread of the one customer whom an agent may see from now on."""
	site.set_user("Administrator")
	thread = open_thread("seen by all", Address("Phone", "+12025550182"))
	permission = {"doctype": "User Permission", "user": agent, "allow": "Customer"}
	site.get_doc({**permission, "for_value": thread["party"]}).insert()
	site.clear_cache(user=agent)
	return str(thread["name"])


def test_it_tells_staff_alone_of_a_note(site: Any, pat: str) -> None:
	from customer_thread.api import desk

	customer = new_customer(site, "noted", pat)
	_say(customer.name)()
	thread = site.db.get_value("Customer Thread", {"party": customer.name})
	site.local._realtime_log = []
	desk.note(thread=thread, text="TEST pays late")
	told = site.local._realtime_log
	del site.local._realtime_log
	ours = [said for said in told if said[0].startswith("customer_thread")]
	assert ours == [["customer_thread_form_changed", {"thread": thread}, f"doc:Customer Thread/{thread}"]]


def test_the_list_hears_once_of_what_was_dealt_with(site: Any, open_thread: Any) -> None:
	from customer_thread.api import desk
	from customer_thread.frappe_host.wiring import site_ports

	now = iso(site_ports().clock.now_us())
	names = []
	for number in range(3):
		thread = open_thread(f"failed {number}", Address("Phone", f"+1202555018{number}"))["name"]
		values = {"thread": thread, "state": "Failed", "channel": "SMS", "purpose": "Message"}
		values |= {"error_code": "30777", "failed_us": 1 + number}
		document = site.get_doc({"doctype": "Thread Delivery", **values})
		names.append(document.insert(ignore_permissions=True).name)
	heard = [["customer_thread_list_changed", {}, "doctype:Customer Thread"]]
	for act in (
		lambda: desk.dismiss(delivery=names[0]),
		lambda: desk.retry_cause(cause="SMS:30777", upto=now),
	):
		assert _told(site, act, "customer_thread_list_changed") == heard
	for name in names:
		site.db.set_value("Thread Delivery", name, {"failed_us": 9, "state": "Failed"})
	settled = _told(
		site, lambda: desk.dismiss_cause(cause="SMS:30777", upto=now), "customer_thread_list_changed"
	)
	assert settled == heard
	assert not site.db.count("Thread Delivery", {"name": ("in", names), "failed_us": (">", 0)})


def test_it_lets_staff_answer_a_lead(site: Any) -> None:
	from customer_thread.api import desk
	from customer_thread.domain.model import Party
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.open_thread import open_thread

	mail = f"{uuid4().hex[:8]}@example.com"
	lead = site.get_doc({"doctype": "Lead", "lead_name": "TEST lead", "email_id": mail}).insert()
	thread = open_thread(site_ports(), Party("Lead", lead.name))["name"]
	assert desk.way(thread=thread)["channel"] in ("email", "portal")
	client_id = str(uuid4())
	sent = desk.send(thread=thread, text="TEST hello", client_id=client_id)
	assert (
		desk.send(thread=thread, text="TEST hello", client_id=client_id)["entry"]["id"] == sent["entry"]["id"]
	)
	[line] = [row for row in desk.threads()["threads"] if row["thread"] == thread]
	assert (line["last_words"], line["last_words_by"]) == ("TEST hello", "contractor")
