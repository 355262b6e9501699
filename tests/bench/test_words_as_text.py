"""Words from outside in Frappe's own views of a real site: what the Desk is served with, and what is printed."""

from typing import Any

import pytest
from support.persons import SARAH

from customer_thread import hooks
from customer_thread.domain.model import Address

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
