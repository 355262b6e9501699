"""What an agent sees of the threads is what ERPNext lets them see of the customers and leads, by every way there is."""

from collections.abc import Callable
from typing import Any

import pytest
from support.site_threads import RECORDS
from support.site_town import permit, town

from customer_thread.domain.errors import NotFound
from customer_thread.domain.limits import WORDS_BLOCK

__all__ = ["town"]

ROLES = ("Thread Agent", "Sales User")


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
	"a customer": lambda site, user, town: permit(site, user, "Customer", town["sarah"]["party"]),
	"a customer with a percent sign": lambda site, user, town: permit(
		site, user, "Customer", town["50% off"]["party"]
	),
	"a customer, for customers alone": lambda site, user, town: permit(
		site, user, "Customer", town["sarah"]["party"], applicable_for="Customer"
	),
	"a customer, for invoices alone": lambda site, user, town: permit(
		site, user, "Customer", town["sarah"]["party"], applicable_for="Sales Invoice"
	),
	"a group and what is below it": lambda site, user, town: permit(
		site, user, "Customer Group", f"TEST North {town['mark']}"
	),
	"a group without what is below it": lambda site, user, town: permit(
		site, user, "Customer Group", f"TEST North {town['mark']}", hide_descendants=1
	),
	"a territory, of customers and leads": lambda site, user, town: permit(
		site, user, "Territory", f"TEST South {town['mark']}"
	),
	"a lead": lambda site, user, town: permit(site, user, "Lead", town["lee"]["party"]),
	"a company": lambda site, user, town: permit(
		site, user, "Company", site.get_all("Company", pluck="name", limit=1)[0]
	),
	"a user": lambda site, user, town: permit(site, user, "User", user),
	"a price list, which Customer ignores or not": lambda site, user, town: permit(
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
	permit(site, staff(*ROLES), "Customer", town["sarah"]["party"])
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
	permit(site, user, "Customer", town["sarah"]["party"])
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


def test_one_key_of_a_call_shows_nobody_anothers(site: Any, staff: Any, town: dict[str, Any]) -> None:
	from customer_thread.api import desk

	desk.record_call(customer=town["bob"]["party"], seconds=60, source_key="K")
	permit(site, staff(*ROLES), "Customer", town["sarah"]["party"])
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
	permit(site, user, "Customer", town["sarah"]["party"])
	assert name not in site.get_list("Thread Delivery", pluck="name", limit=0)
	with pytest.raises(NotFound):
		desk.retry(delivery=name)


def test_a_permission_for_threads_alone_holds_for_them(site: Any, staff: Any, town: dict[str, Any]) -> None:
	permit(site, staff(*ROLES), "Customer", town["sarah"]["party"], applicable_for="Customer Thread")
	assert {party for kind, party in _seen(site) if kind == "Customer"} == {town["sarah"]["party"]}


def test_the_files_of_a_thread_are_no_staffs_by_their_address(
	site: Any, staff: Any, town: dict[str, Any]
) -> None:
	entry = site.get_all("Thread Entry", {"thread": town["bob"]["name"]}, pluck="name")[0]
	file = site.get_all("Thread Attachment", {"entry": entry}, pluck="file")[0]
	permit(site, staff(*ROLES), "Customer", town["sarah"]["party"])
	assert not site.get_doc("File", file).has_permission("read")
	assert file not in site.get_list("File", pluck="name", limit=0)


def test_every_doctype_in_which_a_thread_is_named_follows_it(
	site: Any, staff: Any, town: dict[str, Any]
) -> None:
	from customer_thread import hooks
	from customer_thread.permissions import query_conditions

	user = staff(*ROLES)
	permit(site, user, "Customer", town["sarah"]["party"])
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
