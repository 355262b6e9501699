"""Documents of a real site by the numbers that people say."""

from typing import Any

import pytest
from support.card_helpers import ROWS
from support.site_cards import end_transaction, new_invoice, number, told
from support.site_portal_documents import COMPANY

SETTINGS = "Customer Thread Settings"


@pytest.fixture
def sarah(site: Any) -> Any:
	doc = {"doctype": "Customer", "customer_name": "Sarah Lee of the numbers", "customer_type": "Individual"}
	return site.get_doc(doc).insert()


@pytest.fixture(autouse=True)
def rules(site: Any) -> None:
	"""Let the site's rules of invoices have the titles that ship: it may be older than they are."""
	for rule in ROWS:
		if rule["document_type"] == "Sales Invoice" and site.db.exists("Thread Card Rule", rule["name"]):
			site.db.set_value("Thread Card Rule", rule["name"], "title", rule["title"])


def _named(site: Any, customer: Any, item: str, name: str) -> Any:
	doc = {"doctype": "Sales Invoice", "customer": customer.name, "company": COMPANY}
	return site.get_doc({**doc, "items": [{"item_code": item, "qty": 1, "rate": 9}]}).insert(set_name=name)


def test_it_tells_two_series_apart_and_an_amended_copy_by_its_original(
	site: Any, sarah: Any, item: str
) -> None:
	first = _named(site, sarah, item, "TEST-2026-00041")
	first.submit()
	end_transaction()
	assert number(first) == "#41"
	_named(site, sarah, item, "TEST-2027-00041").submit()
	end_transaction()
	first.reload().cancel()
	end_transaction()
	copy = site.copy_doc(first)
	copy.amended_from = first.name
	copy.insert().submit()
	assert copy.name == "TEST-2026-00041-1"
	assert [line.partition(" — ")[0] for line in told(sarah)] == [
		"Invoice #41 sent",
		"Invoice #2027-41 sent",
		"Invoice #41 cancelled",
		"Invoice #41-1 sent",
	]
	event = site.get_doc("Thread Event", {"reference_name": copy.name})
	assert (event.number, event.number_kind) == ("41-1", "Sales Invoice")


def test_it_tells_whole_names_if_the_settings_say_so(site: Any, sarah: Any, item: str) -> None:
	settings = site.get_doc(SETTINGS)
	settings.short_numbers = 0
	settings.save()
	invoice = new_invoice(site, sarah, item)
	invoice.submit()
	assert told(sarah) == [f"Invoice #{invoice.name} sent — $4,200"]


def test_it_switches_short_numbers_on_where_nothing_is_said(site: Any) -> None:
	from customer_thread.patches.v0_1.number_shortly import execute

	site.db.set_single_value(SETTINGS, "business_name", "TEST Mike")
	for kept, expected in ((None, 1), (0, 0), (1, 1)):
		site.db.delete("Singles", {"doctype": SETTINGS, "field": "short_numbers"})
		if kept is not None:
			site.db.set_single_value(SETTINGS, "short_numbers", kept)
		execute()
		assert site.db.get_single_value(SETTINGS, "short_numbers", cache=False) == expected
