"""Every call of the Desk, asked by whoever may see Sarah alone: of Bob there is nothing, in no row, number or sentence.

What is a call is read from api/desk.py: one that is new has no row here, and the test says so.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from support.site_portal_documents import appointment
from support.site_town import permit, town

from customer_thread.domain.errors import Conflict, NotAllowed, NotFound, ThreadError
from customer_thread.domain.model import Attachment
from customer_thread.domain.times import iso

__all__ = ["town"]

AGENT = ("Thread Agent", "Sales User")
MANAGER = (*AGENT, "Thread Manager", "System Manager")
#: for managers alone
MANAGERS = {"erase", "erasure", "export", "preview_automation", "switch_automation"}
#: answers with what there is to see, of whomever it is asked; every other says that there is no such thing
LISTS = {
	"automations", "failed", "failures", "inbox", "invite", "likely", "numbers", "refused", "scheduled", "sign_ins",
	"switch_automation", "threads",
}  # fmt: skip
#: of somebody without documents, users or links of their own some have nothing to do
MAY_FAIL = {
	"ask_confirmation", "assign_to", "block", "erase", "erasure", "invite", "make", "on_the_way", "record_appointment",
	"retry", "send_otherwise", "sign_in_link", "snooze", "trust", "unblock",
}  # fmt: skip
#: in the year 2100, in µs since 1970
LATER = 4_102_444_800_000_000
TABS = ("all", "unread", "waiting", "snoozed", "unmatched", "blocked", "failed")
DECK = Attachment("deck.txt", "text/plain", b"deck")


class Person:
	"""A customer with something of everything, by what the calls ask for."""

	def __init__(self, site: Any, town: dict[str, Any], who: str) -> None:
		from customer_thread.frappe_host.wiring import site_ports

		self._site, row, database = site, town[who], site_ports().database
		self.thread, self.name, self.code = str(row["name"]), str(row["party"]), str(row["code"])
		#: by which what failed for them is known
		self.error = f"zq{town['mark']}{who}"
		self.user, self.words = f"{who}@test.example", f"zq{town['mark']} of {who}"
		own = {"thread": self.thread}
		self.entry = site.get_all("Thread Entry", own, pluck="name")[0]
		self.delivery = str(site.get_all("Thread Delivery", own, pluck="name")[0])
		self.phone = str(site.get_all("Thread Contact Point", {**own, "kind": "Phone"}, pluck="value")[0])
		site.db.set_value("Thread Delivery", self.delivery, {"failed_us": 5, "error_code": self.error})
		when = site.utils.now_datetime() + timedelta(days=3)
		self.document = str(appointment(site, self, when).name)  # type: ignore[arg-type]
		planned = {"automation": "appointment-reminder", "state": "Waiting", "source_key": uuid4().hex}
		about = {"reference_doctype": "Appointment", "reference_name": self.document}
		times = {"due_us": 9, "planned_us": 9, "valid_until_us": LATER, "creation_us": 9}
		database.insert("Thread Scheduled Message", {**planned, **about, **times, **own})
		# they have the address of whoever is nobody yet
		address = {"kind": "Email", "value": f"who-{town['mark']}@test.example", "source_doctype": "Contact"}
		database.insert("Thread Contact Point", {**address, **own})

	@property
	def marks(self) -> set[str]:
		"""Return by what one would know that it is theirs."""
		return {self.thread, self.name, self.words, self.delivery, self.error, self.phone, self.document}

	def rows(self) -> list[Any]:
		"""Return what is kept of them."""
		kept = (
			"Thread Entry",
			"Thread Note",
			"Thread Delivery",
			"Thread Contact Point",
			"Thread Scheduled Message",
		)
		found = [
			self._site.db.sql(f"SELECT * FROM `tab{name}` WHERE thread = %s", self.thread) for name in kept
		]
		return [self._site.db.sql("SELECT * FROM `tabCustomer Thread` WHERE name = %s", self.thread), *found]


def asks(of: Person, town: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
	"""Return with what each call is asked about somebody."""
	thread, customer, entry = {"thread": of.thread}, {"customer": of.name}, of.entry
	either = [thread, customer]
	nobody = {"thread": town["nobody"]["name"]}
	document = {"reference_doctype": "Appointment", "reference_name": of.document}
	cause = {"cause": f"SMS:{of.error}"}
	key = {"client_id": str(uuid4())}
	return {
		"ask_confirmation": [{**thread, **key}],
		"assign": [{**nobody, **customer}],
		"assign_to": [thread, {**thread, "user": "Administrator"}],
		"attachment": [{**thread, "entry": entry, "index": 0}],
		"automations": [{}],
		"block": [thread],
		"dismiss": [{"delivery": of.delivery}],
		# what sweeps all of a kind has a test of its own
		"dismiss_cause": [],
		"done": [{**thread, "upto": entry}, {**thread, "undo": 1}],
		"erase": [{**one, "name": of.name} for one in either],
		"erasure": [thread],
		"export": [{**one, "kind": kind} for one in either for kind in ("customer", "business")],
		"facts": [thread],
		"failed": [{**cause}],
		"failures": [{}],
		"inbox": [
			{"tab": tab, "q": q, "assigned": assigned}
			for tab in TABS
			for q in ("", of.words, of.phone, of.code, of.document)
			for assigned in ("", "nobody", "me", "Administrator")
		],
		"invite": [{"customers": [of.name]}],
		"likely": [nobody],
		"make": [{**nobody, "what": "Contact", "name": "Anna", **customer}],
		"note": [{**one, "text": "a note", **key} for one in either],
		"numbers": [{}, {"assigned": "me"}],
		"on_the_way": [{**customer, **key}, {**document, **key}, {**customer, **document, **key}],
		"one_taps": [thread],
		"open": [customer],
		"presence": [{**thread, "state": state, "upto": 0} for state in ("here", "writing", "gone")],
		"preview_automation": [{"automation": "appointment-reminder", "document": of.document}],
		"read": [{**thread, "upto": entry}],
		"record_appointment": [{**customer, "title": "Visit", "starts_at": "2026-05-15", "source_key": "k"}],
		"record_call": [{**customer, "seconds": 9}, {"phone": of.phone, "seconds": 9}],
		"record_event": [{**customer, "event_type": "Test", "title": "Test"}],
		"refused": [{}],
		"renew": [thread],
		"retry": [{"delivery": of.delivery}],
		"retry_cause": [],
		"revoke_links": [customer],
		"scheduled": [document],
		"send": [{**one, "text": "hello", "channel": "portal", **key} for one in either],
		"send_otherwise": [{"delivery": of.delivery}],
		"sign_in_link": [customer],
		"sign_ins": [customer],
		"snooze": [{**thread, "until": "2026-05-15"}, thread],
		"switch_automation": [{"automation": "appointment-reminder", "enabled": 1}],
		"team": [thread],
		"templates": [thread],
		"thread": [*either, {**thread, "around": entry}, {**thread, "q": "zq"}],
		"threads": [{"filter": which, "q": q} for which in TABS if which not in ("snoozed", "blocked") for q in ("", of.words)],
		"trust": [{**thread, "address": "a@b.example", "trusted": 1}],
		"unblock": [thread],
		"upload": [{**one, "file": DECK, **key} for one in either],
		"way": either,
	}  # fmt: skip


@pytest.fixture
def people(site: Any, town: dict[str, Any]) -> Iterator[tuple[Person, Person]]:
	"""Return Sarah, whom those who ask may see, and Bob, whom they may not."""
	from customer_thread.frappe_host.wiring import site_ports

	sarah, bob = Person(site, town, "sarah"), Person(site, town, "bob")
	erased = {"thread": bob.thread, "state": "Done", "asked_by": "Administrator", "asked_us": 9, "done_us": 9}
	site_ports().database.insert("Thread Erasure", erased)
	# which would say that there is something
	site.db.set_value("Appointment", bob.document, "status", "Closed")
	yield sarah, bob
	site.clear_messages()


def _words(answer: Any) -> str:
	"""Return what an answer says, whatever it is."""
	file = getattr(answer, "file", None)
	return file.read().decode() if file else json.dumps(answer, default=str)


def test_every_call_has_a_row(site: Any, people: tuple[Person, Person], town: dict[str, Any]) -> None:
	from customer_thread.api import desk

	calls = {name for name, call in vars(desk).items() if call in site.whitelisted}
	assert calls == set(asks(people[0], town))


@pytest.mark.parametrize("roles", [AGENT, MANAGER], ids=["agent", "manager"])
def test_of_a_hidden_customer_no_call_says_or_does_anything(
	site: Any, staff: Any, people: tuple[Person, Person], town: dict[str, Any], roles: tuple[str, ...]
) -> None:
	from customer_thread.api import desk

	sarah, bob = people
	before = bob.rows()
	permit(site, staff(*roles), "Customer", sarah.name)
	for name, givens in asks(bob, town).items():
		call = getattr(desk, name)
		for given in givens:
			if name in MANAGERS and roles == AGENT:
				with pytest.raises(NotAllowed) as refused:
					call(**given)
				assert refused.value.status == 403, name
			elif name in LISTS:
				said = _words(call(**given))
				asked = {str(value) for value in given.values()} | set(given.get("customers", ()))
				assert [mark for mark in bob.marks - asked if mark in said] == [], (name, given)
			else:
				with pytest.raises(NotFound) as hidden:
					call(**given)
				said = hidden.value.worded(str)
				assert not [mark for mark in bob.marks - {bob.name} if mark in said], name
	assert bob.rows() == before


def test_of_a_customer_who_is_seen_each_call_does_its_work(
	site: Any, staff: Any, people: tuple[Person, Person], town: dict[str, Any]
) -> None:
	from customer_thread.api import desk

	sarah, _bob = people
	permit(site, staff(*MANAGER), "Customer", sarah.name)
	calls = asks(sarah, town)
	# what ends it, at the end
	for name in sorted(calls, key=lambda name: (name in ("erase", "erasure"), name)):
		for given in calls[name]:
			try:
				getattr(desk, name)(**given)
			except ThreadError as error:
				if name not in MAY_FAIL or isinstance(error, NotAllowed):
					pytest.fail(f"{name} {given}: {error.worded(str)}")


def test_what_is_counted_is_what_is_seen(
	site: Any, staff: Any, people: tuple[Person, Person], town: dict[str, Any]
) -> None:
	from customer_thread.api import desk

	sarah, bob = people
	site.db.set_value("Customer Thread", bob.thread, "snoozed_us", LATER)
	all_of_them = desk.inbox()["counts"]
	permit(site, staff(*AGENT), "Customer", sarah.name)
	counts = desk.inbox()["counts"]
	assert counts["all"] < all_of_them["all"]
	assert counts["snoozed"] == all_of_them["snoozed"] - 1
	for tab in TABS:
		listed, before = 0, ""
		while before is not None:
			page = desk.inbox(tab=tab, limit=100, before=before)
			listed, before = listed + len(page["threads"]), page["before"]
		assert counts[tab] == listed, tab
	codes = {cause["code"]: cause["messages"] for cause in desk.failures()["causes"]}
	assert codes.get(sarah.error) == 1
	[reminder] = [one for one in desk.automations() if one["automation"] == "appointment-reminder"]
	assert reminder["messages"]["waiting"] == 1


def test_a_whole_cause_is_dealt_with_as_far_as_one_sees(
	site: Any, staff: Any, people: tuple[Person, Person]
) -> None:
	from customer_thread.api import desk
	from customer_thread.frappe_host.wiring import site_ports

	sarah, bob = people
	for person in people:
		site.db.set_value("Thread Delivery", person.delivery, "error_code", "30034")
	permit(site, staff(*AGENT), "Customer", sarah.name)
	now = iso(site_ports().clock.now_us())
	assert desk.retry_cause(cause="SMS:30034", upto=now)["left"] == 0
	assert desk.dismiss_cause(cause="SMS:30034", upto=now)["left"] == 0
	kept = site.db.get_value("Thread Delivery", bob.delivery, ["failed_us", "state"])
	assert kept == (5, "Failed")


def test_who_is_late_hears_of_nobody_whom_they_may_not_see(
	site: Any, staff: Any, people: tuple[Person, Person], town: dict[str, Any]
) -> None:
	from customer_thread.api import desk
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.desk.give_thread import give_thread, hold_unmatched
	from customer_thread.store import threads

	sarah, bob = people
	ports = site_ports()
	waiting, hers = town["nobody"], threads.require(ports.database, sarah.thread)
	desk.assign(thread=waiting["name"], customer=bob.name)
	permit(site, staff(*AGENT), "Customer", sarah.name)
	# as they had read it before
	for late in (lambda: give_thread(ports, waiting, hers, None), lambda: hold_unmatched(ports, waiting)):
		with pytest.raises(Conflict) as refused:
			late()
		assert bob.name not in refused.value.worded(str)
