"""The Desk's bell of a real site: for what a customer wrote and nobody of the business was sent."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from support.persons import STRANGER
from support.site_portal_users import new_customer, pat

from customer_thread.domain.model import Address
from customer_thread.domain.thread.new_entry import NewEntry

__all__ = ["pat"]

LOG = "Notification Log"
Say = Callable[..., int]


@pytest.fixture
def nobody_hears(site: Any) -> None:
	"""Take away whatever would bring a reply to somebody."""
	settings = site.get_doc("Customer Thread Settings")
	settings.update({"contractor_mobile": "", "contractor_email": ""})
	settings.save()


@pytest.fixture
def customer(site: Any, pat: str) -> str:
	return str(new_customer(site, "Sarah & Co", pat).name)


@pytest.fixture
def say(site: Any, pat: str, customer: str, nobody_hears: None, monkeypatch: pytest.MonkeyPatch) -> Say:
	"""Return a function that replies as the customer's user, and does what that put off until it holds."""
	from customer_thread import tasks
	from customer_thread.api import portal

	put_off: list[Callable[[], None]] = []

	def enqueue(method: str, **given: Any) -> None:
		if method == "customer_thread.tasks.ring":
			assert given["enqueue_after_commit"]
			put_off.append(partial(tasks.ring, given["entry"]))

	def reply(text: str, times: int = 1) -> int:
		site.set_user(pat)
		with monkeypatch.context() as patched:
			patched.setattr(site, "enqueue", enqueue)
			entry = portal.reply(text=text, client_id=str(uuid4()))["id"]
		while put_off:
			ring = put_off.pop()
			for _again in range(times):
				# as the worker does: it is whoever wrote
				ring()
		site.set_user("Administrator")
		return int(entry)

	return reply


def bells(site: Any, customer: str) -> dict[str, Any]:
	"""Return what stands in whose bell of a customer's thread."""
	thread = site.db.get_value("Customer Thread", {"party": customer})
	fields = ["name", "for_user", "subject", "read", "type", "owner", "creation", "document_type", "link"]
	rows = site.get_all(LOG, {"document_name": thread}, fields)
	assert len({row.for_user for row in rows}) == len(rows)
	return {row.for_user: row for row in rows}


def test_it_rings_for_every_agent_who_may_see_the_thread(
	site: Any, staff: Any, customer: str, say: Say
) -> None:
	agent, manager, narrow, off, gone = (
		staff("Thread Agent"),
		staff("Thread Manager"),
		staff("Thread Agent"),
		staff("Thread Agent"),
		staff("Thread Agent"),
	)
	admin = staff("System Manager")
	site.set_user("Administrator")
	other = new_customer(site, "other").name
	permission = {"doctype": "User Permission", "user": narrow, "allow": "Customer", "for_value": other}
	site.get_doc({**permission, "apply_to_all_doctypes": 1}).insert()
	site.db.set_value("Notification Settings", off, "enabled", 0)
	site.db.set_value("User", gone, "enabled", 0)
	say('<img src=x onerror="alert(1)"> & more')
	rung = bells(site, customer)
	assert {agent, manager} <= set(rung)
	assert not {narrow, off, gone, admin, "Guest"} & set(rung)
	bell = rung[agent]
	title = site.db.get_value("Customer Thread", {"party": customer}, "title")
	assert bell.subject == site.utils.escape_html(f'{title} wrote: <img src=x onerror="alert(1)"> & more')
	assert (bell.type, bell.document_type, bell.read, bell.owner) == (
		"Alert",
		"Customer Thread",
		0,
		"Administrator",
	)
	assert not bell.link
	site.set_user(agent)
	listed = site.get_list(LOG, {"name": bell.name}, pluck="name")
	assert listed == [bell.name]
	assert site.has_permission("Customer Thread", doc=site.db.get_value(LOG, bell.name, "document_name"))


def test_it_tells_system_managers_where_nobody_works_with_threads(
	site: Any, staff: Any, customer: str, say: Say
) -> None:
	site.db.delete("Has Role", {"role": ("in", ("Thread Agent", "Thread Manager"))})
	admin = staff("System Manager")
	say("Hello?")
	assert admin in bells(site, customer)


def test_many_messages_are_one_line_that_is_renewed(site: Any, staff: Any, customer: str, say: Say) -> None:
	agent = staff("Thread Agent")
	say("One", times=2)
	first = bells(site, customer)[agent]
	site.db.set_value("Notification Settings", agent, "seen", 0)
	site.local._realtime_log = []
	for number in range(5):
		say(f"Number {number}")
	told = site.local._realtime_log
	del site.local._realtime_log
	assert not [said for said in told if said[0] == "notification" and agent in said[2]]
	renewed = bells(site, customer)[agent]
	assert renewed.name == first.name
	assert renewed.subject.endswith("wrote: Number 4")
	assert renewed.creation > first.creation


def test_it_lights_up_again_for_who_has_looked(site: Any, staff: Any, customer: str, say: Say) -> None:
	from frappe.desk.doctype.notification_log.notification_log import mark_as_read

	agent = staff("Thread Agent")
	entry = say("One")
	mark_as_read(bells(site, customer)[agent].name)
	site.db.set_value("Notification Settings", agent, "seen", 1)
	from customer_thread import tasks

	tasks.ring(entry)
	assert bells(site, customer)[agent].read == 1, "the same message again"
	say("Two")
	assert bells(site, customer)[agent].read == 0
	assert site.db.get_value("Notification Settings", agent, "seen") == 0


def test_it_speaks_the_readers_language(site: Any, staff: Any, customer: str, say: Say) -> None:
	agent = staff("Thread Agent")
	site.set_user("Administrator")
	words = {"doctype": "Translation", "language": "de", "source_text": "{0} wrote: {1}"}
	site.get_doc({**words, "translated_text": "{0} schrieb: {1}"}).insert()
	site.db.set_value("User", agent, "language", "de")
	site.clear_document_cache("User", agent)
	say("Hallo?")
	assert bells(site, customer)[agent].subject.endswith(" schrieb: Hallo?")


def test_nobody_rings_for_what_staff_have_read(site: Any, staff: Any, customer: str, say: Say) -> None:
	from customer_thread.api import desk

	staff("Thread Agent")
	entry = say("One", times=0)
	thread = site.db.get_value("Customer Thread", {"party": customer})
	desk.read(thread=thread, upto=entry)
	from customer_thread import tasks

	tasks.ring(entry)
	assert bells(site, customer) == {}


def test_a_message_that_is_removed_leaves_the_bell_too(
	site: Any, staff: Any, customer: str, say: Say
) -> None:
	from customer_thread.api import admin

	agent = staff("Thread Agent")
	entry = say("gate code 4711")
	assert "4711" in bells(site, customer)[agent].subject
	admin.erase_entry(entry=entry, reason="She asked for it.")
	assert bells(site, customer) == {}
	assert not site.get_all(LOG, {"subject": ("like", "%4711%")})


def test_the_settings_say_that_nobody_is_told(site: Any, nobody_hears: None) -> None:
	from customer_thread.api import admin

	said = admin.setup()["missing"][0]
	assert said["text"].startswith("Nobody is told of replies: ")
	assert "bell" in said["text"]


def test_what_came_by_text_of_an_unknown_number_rings_too(
	site: Any, staff: Any, nobody_hears: None, monkeypatch: pytest.MonkeyPatch
) -> None:
	from customer_thread import tasks
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.outgoing.forward import forward_sms
	from customer_thread.service.thread.open_thread import open_unmatched
	from customer_thread.service.thread.post_entry import post_entry

	agent = staff("Thread Agent")
	site.set_user("Administrator")
	ports = site_ports()
	thread = open_unmatched(ports, Address("Phone", STRANGER.phone), "a number")
	new = NewEntry("Message", "Customer", "SMS", "Do you do decks?", ports.clock.now_us(), f"t-{uuid4().hex}")
	entry = post_entry(ports, thread["name"], new).entry
	asked: list[int] = []
	monkeypatch.setattr(site, "enqueue", lambda method, **given: asked.append(given["entry"]))
	forward_sms(ports, thread, entry, "SMS", "Do you do decks?", 0)
	assert asked == [entry]
	tasks.ring(entry)
	[bell] = site.get_all(LOG, {"document_name": thread["name"], "for_user": agent}, ["subject"])
	assert bell.subject == "a number wrote: Do you do decks?"
