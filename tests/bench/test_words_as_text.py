"""Words from outside in Frappe's own views of a real site: what the Desk is served with, and what is printed."""

from typing import Any

import pytest
from support.persons import SARAH
from support.site_portal_users import pat

from customer_thread import hooks
from customer_thread.domain.model import Address

__all__ = ["pat"]

WORDS = "<img src=\"file:///etc/passwd\" onerror='alert(1)'> & so on"
SHOWN = "&lt;img src=&quot;file:///etc/passwd&quot; onerror=&apos;alert(1)&apos;&gt; &amp; so on"


@pytest.mark.parametrize("doctype", [name for name in hooks.doctype_list_js if name != "Customer"])
def test_what_is_known_of_a_doctype_says_that_its_fields_hold_text(site: Any, doctype: str) -> None:
	from frappe.desk.form.meta import FormMeta

	script = FormMeta(doctype).get("__list_js")

	assert "df.formatter = as_text" in script
	# it looks at what the list's own script has said
	assert script.index("df.formatter = as_text") >= script.find('frappe.listview_settings["')


def test_a_print_runs_nothing_and_fetches_nothing(site: Any, open_thread: Any) -> None:
	from frappe.www.printview import get_html_and_style

	thread = open_thread("Sarah", Address("Phone", SARAH.phone))["name"]
	site.db.sql(
		"UPDATE `tabCustomer Thread` SET title = %(words)s, unmatched_name = %(words)s WHERE name = %(name)s",
		{"words": WORDS, "name": thread},
	)
	site.clear_document_cache("Customer Thread", thread)
	point = site.db.get_value("Thread Contact Point", {"thread": thread})

	for doctype, name in (("Customer Thread", thread), ("Thread Contact Point", point)):
		printed = get_html_and_style(doctype, name)["html"]
		assert SHOWN in printed
		assert "<img" not in printed
	# only what is printed is another
	assert site.db.get_value("Customer Thread", thread, "unmatched_name") == WORDS


def test_the_box_of_a_link_field_offers_text(site: Any, open_thread: Any) -> None:
	from frappe.desk.search import search_link, search_widget

	thread = open_thread("Box & Sons", Address("Phone", SARAH.phone))["name"]
	for name, agent in (("words-as-text-1", WORDS), ("words-as-text-2", "Firefox")):
		subscription = {
			"doctype": "Thread Push Subscription",
			"name": name,
			"thread": thread,
			"endpoint_hash": name,
		}
		site.get_doc({**subscription, "user": "Guest", "user_agent": agent}).db_insert()

	[found] = search_link("Thread Push Subscription", "etc/passwd")
	assert (found["value"], found["description"]) == ("words-as-text-1", f"Guest, {SHOWN}")
	assert [row["value"] for row in search_link("Thread Push Subscription", "refox")] == ["words-as-text-2"]
	assert [
		row["value"] for row in search_link("Thread Push Subscription", "", filters={"user_agent": "Firefox"})
	] == ["words-as-text-2"]
	# what stands in the box itself is no HTML
	[found] = search_link("Customer Thread", "Box & Sons")
	assert (found["value"], found["label"]) == (thread, "TEST Box & Sons")
	[row] = search_widget("Customer Thread", "Box & Sons", as_dict=True)
	assert (row["name"], row["party"]) == (thread, "TEST Box &amp; Sons")
	# no secret can be found by asking for its beginning
	token = site.db.get_value("Customer Thread", thread, "reply_token")
	assert search_link("Customer Thread", token[:10], searchfield="reply_token") == []


def test_the_box_of_a_link_field_offers_what_the_user_may_see_alone(
	site: Any, open_thread: Any, pat: str
) -> None:
	from frappe.desk.search import search_link

	from customer_thread.api.search import link
	from customer_thread.domain.errors import NotFound

	open_thread("Box & Sons", Address("Phone", SARAH.phone))
	with pytest.raises(NotFound):
		link("User", "pat")
	site.set_user(pat)
	assert search_link("Customer Thread", "Box & Sons") == []
	with pytest.raises(site.PermissionError):
		link("Customer Thread", "Box & Sons")


def test_an_error_that_nobody_foresaw_says_its_words_as_text(site: Any, open_thread: Any) -> None:
	from frappe.utils import set_request

	from customer_thread.api import desk

	thread = open_thread("Sarah", Address("Phone", SARAH.phone))["name"]
	# as no code of ours would leave it
	broken = "UPDATE `tabCustomer Thread` SET party = NULL, party_type = NULL, unmatched_address = %s WHERE name = %s"
	site.db.sql(broken, (WORDS, thread))
	set_request(method="GET", path="/api/method/customer_thread.api.desk.likely")

	with pytest.raises(KeyError) as refused:
		desk.likely(thread=thread)
	assert str(refused.value.args[0]).startswith("&lt;img")
