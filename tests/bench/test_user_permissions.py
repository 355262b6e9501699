"""What an agent sees of the threads is what ERPNext lets them see of the customers and leads, by every way there is."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from support.site_threads import RECORDS

from customer_thread.domain.errors import NotFound, ThreadError
from customer_thread.domain.limits import WORDS_BLOCK
from customer_thread.domain.model import Address, Attachment, Party
from customer_thread.domain.thread.new_entry import NewEntry

ROLES = ("Thread Agent", "Sales User")


@pytest.fixture
def town(site: Any) -> dict[str, Any]:
	"""Return threads of two customers, of a lead and of nobody yet, each with something of every kind."""
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.open_thread import open_thread, open_unmatched

	mark, ports = uuid4().hex[:6], site_ports()
	for kind, title in (("Customer Group", "customer_group_name"), ("Territory", "territory_name")):
		for name, parent in (("North", ""), ("Hill", "North"), ("South", "")):
			values = {"doctype": kind, title: f"TEST {name} {mark}", "is_group": int(name == "North")}
			values[f"parent_{kind.lower().replace(' ', '_')}"] = f"TEST {parent} {mark}" if parent else ""
			site.get_doc(values).insert()
	found: dict[str, Any] = {"mark": mark}
	for name, place in (("sarah", "Hill"), ("bob", "South"), ("50% off", "South")):
		place = f"TEST {place} {mark}"
		customer = site.get_doc(
			{"doctype": "Customer", "customer_name": f"TEST {name} {mark}", "customer_type": "Individual"}
		)
		customer.update({"customer_group": place, "territory": place})
		found[name] = open_thread(ports, Party("Customer", str(customer.insert().name)))
	lead = site.get_doc(
		{"doctype": "Lead", "lead_name": f"TEST lee {mark}", "territory": f"TEST South {mark}"}
	)
	found["lee"] = open_thread(ports, Party("Lead", str(lead.insert().name)))
	found["nobody"] = open_unmatched(ports, Address("Email", f"who-{mark}@test.example"), "who")
	for number, name in enumerate(("sarah", "bob", "50% off", "lee", "nobody")):
		_fill(site, found[name]["name"], f"zq{mark} of {name}", f"+1202555{int(mark, 16) % 1000:03}{number}")
	return found


def _fill(site: Any, thread: str, words: str, phone: str) -> None:
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.thread.post_entry import post_entry

	ports = site_ports()
	files = (Attachment("deck.txt", "text/plain", b"deck"),)
	said = NewEntry(
		kind="Message",
		author="Customer",
		channel="SMS",
		text=words,
		occurred_us=ports.clock.now_us(),
		source_key=f"test-{uuid4().hex}",
		attachments=files,
	)
	entry = post_entry(ports, thread, said).entry
	rows: list[dict[str, Any]] = [
		{"doctype": "Thread Note", "text": words, "occurred_us": 1},
		{
			"doctype": "Thread Delivery",
			"entry": entry,
			"state": "Failed",
			"purpose": "Message",
			"channel": "SMS",
		},
		{
			"doctype": "Thread Event",
			"title": words,
			"event_type": "Test",
			"source_key": uuid4().hex,
			"occurred_us": 1,
		},
		{"doctype": "Thread Calendar", "user": "Guest", "token": uuid4().hex, "made_us": 1},
		{"doctype": "Thread Preference", "user": "Guest", "changed_us": 1},
		{"doctype": "Thread Preference Change", "field": "sms", "way": "Page", "changed_us": 1},
		{"doctype": "Thread Contact Point", "kind": "Phone", "value": phone, "source_doctype": "Contact"},
	]
	for row in rows:
		ports.database.insert(row.pop("doctype"), {"thread": thread, **row})
	consent = {"phone": phone, "sender": "+12025550100", "state": "Opted Out"}
	ports.database.insert("Thread Text Consent", consent)


def _permit(site: Any, user: str, allow: str, value: str, **more: Any) -> None:
	signed_in = site.session.user
	site.set_user("Administrator")
	permission = site.get_doc(
		{"doctype": "User Permission", "user": user, "allow": allow, "for_value": value}
	)
	permission.apply_to_all_doctypes = int("applicable_for" not in more)
	permission.update(more).insert()
	site.set_user(signed_in)


def _seen(site: Any) -> set[tuple[str, str]]:
	"""Return whose threads are in the list of the user who is signed in."""
	rows = site.get_list("Customer Thread", fields=["party_type", "party"], limit=0)
	return {(row.party_type, row.party) for row in rows if row.party}


def _allowed(site: Any) -> set[tuple[str, str]]:
	"""Return which customers and leads ERPNext lists for the user who is signed in, of those with a thread."""
	listed = {
		(kind, name) for kind in ("Customer", "Lead") for name in site.get_list(kind, pluck="name", limit=0)
	}
	threads = site.get_all("Customer Thread", {"party": ("is", "set")}, ["party_type", "party"])
	return listed & {(row.party_type, row.party) for row in threads}


CONFIGURATIONS: dict[str, Callable[[Any, str, dict[str, Any]], None]] = {
	"none": lambda site, user, town: None,
	"a customer": lambda site, user, town: _permit(site, user, "Customer", town["sarah"]["party"]),
	"a customer with a percent sign": lambda site, user, town: _permit(
		site, user, "Customer", town["50% off"]["party"]
	),
	"a customer, for customers alone": lambda site, user, town: _permit(
		site, user, "Customer", town["sarah"]["party"], applicable_for="Customer"
	),
	"a customer, for invoices alone": lambda site, user, town: _permit(
		site, user, "Customer", town["sarah"]["party"], applicable_for="Sales Invoice"
	),
	"a group and what is below it": lambda site, user, town: _permit(
		site, user, "Customer Group", f"TEST North {town['mark']}"
	),
	"a group without what is below it": lambda site, user, town: _permit(
		site, user, "Customer Group", f"TEST North {town['mark']}", hide_descendants=1
	),
	"a territory, of customers and leads": lambda site, user, town: _permit(
		site, user, "Territory", f"TEST South {town['mark']}"
	),
	"a lead": lambda site, user, town: _permit(site, user, "Lead", town["lee"]["party"]),
	"a company": lambda site, user, town: _permit(
		site, user, "Company", site.get_all("Company", pluck="name", limit=1)[0]
	),
	"a user": lambda site, user, town: _permit(site, user, "User", user),
	"a price list, which Customer ignores or not": lambda site, user, town: _permit(
		site, user, "Price List", "Standard Selling"
	),
}


@pytest.mark.parametrize("is_strict", [False, True], ids=["", "strict"])
@pytest.mark.parametrize("configuration", CONFIGURATIONS)
def test_an_agent_sees_the_threads_of_whom_erpnext_lists(
	site: Any, staff: Any, town: dict[str, Any], configuration: str, is_strict: bool
) -> None:
	from customer_thread.api import desk

	site.db.set_single_value("System Settings", "apply_strict_user_permissions", int(is_strict))
	site.clear_document_cache("System Settings", "System Settings")
	site.local.system_settings = None
	user = staff(*ROLES)
	CONFIGURATIONS[configuration](site, user, town)
	allowed = _allowed(site)
	assert _seen(site) == allowed
	inbox = desk.threads(q=f"zq{town['mark']}")["threads"]
	ours = {(town[name]["party_type"], town[name]["party"]) for name in ("sarah", "bob", "50% off", "lee")}
	assert {(row["party_type"], row["customer"]) for row in inbox if row["customer"]} == allowed & ours
	assert town["nobody"]["name"] in {row["thread"] for row in inbox}
	said = desk.inbox(q=f"zq{town['mark']} of", limit=100)["threads"]
	assert {(row["party_type"], row["customer"]) for row in said if row["customer"]} == allowed & ours
	assert all(row["found"]["hit"] for row in said)
	for name in ("sarah", "bob", "50% off", "lee"):
		may = (town[name]["party_type"], town[name]["party"]) in allowed
		assert site.has_permission("Customer Thread", doc=town[name]["name"]) is may
	site.clear_messages()


def test_words_that_are_gathered_of_all_show_an_agent_no_more(
	site: Any, staff: Any, town: dict[str, Any]
) -> None:
	from customer_thread.api import desk
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.store import word_blocks

	database = site_ports().database
	for entry in site.get_all("Thread Entry", {"thread": town["bob"]["name"]}, pluck="name"):
		word_blocks.gather(database, entry // WORDS_BLOCK)
	assert word_blocks.having(database, {ord("z"): [f" zq{town['mark']}"]})
	_permit(site, staff(*ROLES), "Customer", town["sarah"]["party"])
	found = {row["thread"] for row in desk.inbox(q=f"zq{town['mark']} of", limit=100)["threads"]}
	assert town["sarah"]["name"] in found
	assert not {town[name]["name"] for name in ("bob", "50% off")} & found
	assert desk.inbox(q=f"zq{town['mark']} bob", limit=100)["threads"] == []
	with pytest.raises(site.PermissionError):
		site.get_list("Thread Words", limit=1)


def test_who_owns_their_customers_sees_the_threads_of_those(
	site: Any, staff: Any, town: dict[str, Any]
) -> None:
	from frappe.permissions import add_permission, update_permission_property

	site.set_user("Administrator")
	role = site.get_doc({"doctype": "Role", "role_name": f"TEST {town['mark']}"}).insert().name
	add_permission("Customer", role)
	update_permission_property("Customer", role, 0, "if_owner", 1)
	user = staff("Thread Agent", role)
	site.db.set_value("Customer", town["bob"]["party"], "owner", user)
	assert town["bob"]["party"] in {name for _kind, name in _seen(site)}
	customers = {party for kind, party in _seen(site) if kind == "Customer"}
	of_threads = site.get_all("Customer Thread", {"party_type": "Customer"}, pluck="party")
	assert customers == set(of_threads) & set(site.get_list("Customer", pluck="name", limit=0))


@pytest.mark.parametrize("roles", [("Thread Agent",), ROLES, (*ROLES, "Thread Manager", "System Manager")])
def test_an_agent_sees_nothing_of_another_customers(
	site: Any, staff: Any, town: dict[str, Any], roles: tuple[str, ...]
) -> None:
	from frappe.desk.reportview import get_count
	from frappe.realtime import can_subscribe_doc

	hidden = {doctype: _rows(site, doctype, town["bob"]["name"]) for doctype in RECORDS}
	shown = {doctype: _rows(site, doctype, town["sarah"]["name"]) for doctype in RECORDS}
	assert all(hidden.values())
	assert all(shown.values())
	user = staff(*roles)
	_permit(site, user, "Customer", town["sarah"]["party"])
	for doctype in RECORDS:
		listed = set(site.get_list(doctype, pluck="name", limit=0))
		assert shown[doctype] <= listed, doctype
		assert not hidden[doctype] & listed, doctype
		for name in hidden[doctype]:
			assert not site.has_permission(doctype, doc=name), doctype
			with pytest.raises(site.PermissionError):
				can_subscribe_doc(doctype, str(name))
		assert all(site.has_permission(doctype, doc=name) for name in shown[doctype]), doctype
		site.local.form_dict = site._dict(doctype=doctype, filters="[]", fields='["name"]', distinct="false")
		if roles != ("Thread Agent",) or doctype not in ("Thread Attachment",):
			assert get_count() == len(listed)
	site.clear_messages()


def _rows(site: Any, doctype: str, thread: str) -> set[Any]:
	if doctype == "Customer Thread":
		return {thread}
	if doctype == "Thread Attachment":
		entries = site.get_all("Thread Entry", {"thread": thread}, pluck="name")
		return set(site.get_all(doctype, {"entry": ("in", entries)}, pluck="name"))
	if doctype == "Thread Text Consent":
		phones = site.get_all("Thread Contact Point", {"thread": thread}, pluck="value")
		return set(site.get_all(doctype, {"phone": ("in", phones)}, pluck="name"))
	return set(site.get_all(doctype, {"thread": thread}, pluck="name"))


def _calls(town: dict[str, Any], name: str, site: Any) -> dict[str, Callable[[Any], Any]]:
	thread, customer = town[name]["name"], town[name]["party"]
	entry = site.get_all("Thread Entry", {"thread": thread}, pluck="name")[0]
	delivery = site.get_all("Thread Delivery", {"thread": thread}, pluck="name")[0]
	phone = site.get_all("Thread Contact Point", {"thread": thread, "kind": "Phone"}, pluck="value")[0]
	words = {"customer": customer, "text": "hello"}
	return {
		"thread": lambda desk: desk.thread(thread=thread),
		"thread of customer": lambda desk: desk.thread(customer=customer),
		"search": lambda desk: desk.thread(thread=thread, q="zq"),
		"send": lambda desk: desk.send(**words, channel="portal", client_id=str(uuid4())),
		"note": lambda desk: desk.note(**words),
		"card": lambda desk: desk.record_event(customer=customer, event_type="Test", title="Test"),
		"call": lambda desk: desk.record_call(customer=customer, seconds=60),
		"call of phone": lambda desk: desk.record_call(phone=phone, seconds=60),
		"read": lambda desk: desk.read(thread=thread, upto=entry),
		"assign": lambda desk: desk.assign(thread=town["nobody"]["name"], customer=customer),
		"retry": lambda desk: desk.retry(delivery=delivery),
	}


def test_no_call_of_the_desk_reaches_another_customers_thread(
	site: Any, staff: Any, town: dict[str, Any]
) -> None:
	from customer_thread.api import desk

	calls = {name: _calls(town, name, site) for name in ("sarah", "bob")}
	before = site.get_all("Thread Entry", {"thread": town["bob"]["name"]}, pluck="name")
	_permit(site, staff(*ROLES), "Customer", town["sarah"]["party"])
	for ask in calls["bob"].values():
		with pytest.raises(NotFound):
			ask(desk)
	assert site.get_all("Thread Entry", {"thread": town["bob"]["name"]}, pluck="name") == before
	for name, ask in calls["sarah"].items():
		try:
			ask(desk)
		except ThreadError as error:
			pytest.fail(f"{name}: {error}")


def test_one_key_of_a_call_shows_nobody_anothers(site: Any, staff: Any, town: dict[str, Any]) -> None:
	from customer_thread.api import desk

	desk.record_call(customer=town["bob"]["party"], seconds=60, source_key="K")
	_permit(site, staff(*ROLES), "Customer", town["sarah"]["party"])
	with pytest.raises(NotFound):
		desk.record_call(customer=town["sarah"]["party"], seconds=60, source_key="K")


def test_an_answer_to_the_contractor_is_nothing_for_who_may_not_see_all(
	site: Any, staff: Any, town: dict[str, Any]
) -> None:
	from customer_thread.api import desk

	answer = {"doctype": "Thread Delivery", "purpose": "Answer", "state": "Failed", "channel": "SMS"}
	name = site.get_doc({**answer, "text": "Who is this for? 1 Bob"}).insert(ignore_permissions=True).name
	user = staff(*ROLES)
	assert name in site.get_list("Thread Delivery", pluck="name", limit=0)
	_permit(site, user, "Customer", town["sarah"]["party"])
	assert name not in site.get_list("Thread Delivery", pluck="name", limit=0)
	with pytest.raises(NotFound):
		desk.retry(delivery=name)


def test_a_permission_for_threads_alone_holds_for_them(site: Any, staff: Any, town: dict[str, Any]) -> None:
	_permit(site, staff(*ROLES), "Customer", town["sarah"]["party"], applicable_for="Customer Thread")
	assert {party for kind, party in _seen(site) if kind == "Customer"} == {town["sarah"]["party"]}


def test_the_files_of_a_thread_are_no_staffs_by_their_address(
	site: Any, staff: Any, town: dict[str, Any]
) -> None:
	entry = site.get_all("Thread Entry", {"thread": town["bob"]["name"]}, pluck="name")[0]
	file = site.get_all("Thread Attachment", {"entry": entry}, pluck="file")[0]
	_permit(site, staff(*ROLES), "Customer", town["sarah"]["party"])
	assert not site.get_doc("File", file).has_permission("read")
	assert file not in site.get_list("File", pluck="name", limit=0)


def test_every_doctype_in_which_a_thread_is_named_follows_it(
	site: Any, staff: Any, town: dict[str, Any]
) -> None:
	from customer_thread import hooks
	from customer_thread.permissions import query_conditions

	user = staff(*ROLES)
	_permit(site, user, "Customer", town["sarah"]["party"])
	named = {
		name
		for name in site.get_all(
			"DocType", {"module": "Customer Thread", "issingle": 0, "istable": 0}, pluck="name"
		)
		if {"thread", "entry", "party", "phone"} & set(site.get_meta(name).get_valid_columns())
	}
	assert named >= set(RECORDS)
	assert {name for name in named if not query_conditions(user, name)} == set()
	assert named <= set(hooks.permission_query_conditions) & set(hooks.has_permission)
