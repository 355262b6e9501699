"""What install and migrate leave behind."""

from typing import Any

import pytest

from customer_thread.domain.cards.model import CardRule
from customer_thread.domain.cards.shipped import digest
from customer_thread.domain.model import Address
from customer_thread.domain.thread.new_entry import NewEntry
from customer_thread.store.indexes import INDEXES


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: f"{index.doctype}-{index.name}")
def test_it_has_every_index(site: Any, index: Any) -> None:
	rows = site.db.sql(f"SHOW INDEX FROM `tab{index.doctype}` WHERE Key_name = %s", index.name, as_dict=True)
	assert tuple(row.Column_name for row in rows) == index.columns
	assert {bool(row.Non_unique) for row in rows} == {not index.unique}


def test_it_keeps_an_admins_card_rules_over_a_migration(site: Any) -> None:
	from customer_thread.frappe_host import shipped_rules

	rule = site.get_all("Thread Card Rule", limit=1, pluck="name")[0]
	site.db.set_value("Thread Card Rule", rule, {"enabled": 0, "title": "TEST of mine"})
	shipped_rules.keep_rules()
	site.db.set_value("Thread Card Rule", rule, {"enabled": 1, "title": "as it ships"})
	shipped_rules.restore_rules()
	kept = site.db.get_value("Thread Card Rule", rule, ["enabled", "title"])
	assert kept == (0, "TEST of mine")


@pytest.mark.parametrize("asked", ["status", "is_return"])
def test_a_rule_that_asks_what_it_asked_is_in_force_since_it_was(site: Any, asked: str) -> None:
	from customer_thread.frappe_host import shipped_rules

	rule = {"event_type": "Invoice paid", "document_type": "Sales Invoice"}
	name, field = site.db.get_value("Thread Card Rule", rule, ["name", "field"])
	assert field == "status"
	site.db.set_value("Thread Card Rule", name, {"in_force_since_us": 5, "field": asked})
	as_shipped = CardRule.from_row(site.get_doc("Thread Card Rule", name).as_dict())
	site.db.set_value("Thread Card Rule", name, "shipped", digest(as_shipped))
	shipped_rules.keep_rules()
	# as Frappe does with a fixture: it is made anew
	site.db.set_value("Thread Card Rule", name, {"in_force_since_us": 9, "field": "status"})
	shipped_rules.restore_rules()
	since_us = site.db.get_value("Thread Card Rule", name, "in_force_since_us")
	assert since_us == (5 if asked == "status" else 9)


def test_what_is_new_among_the_settings_has_its_default(site: Any) -> None:
	from customer_thread import install
	from customer_thread.frappe_host.settings import settings

	name = "Customer Thread Settings"
	install.save_first_settings()
	site.db.set_single_value(name, {"texts_per_day": 0, "quiet_end": ""})
	new = ("notice_delay_minutes", "quiet_start", "sign_in_links")
	site.db.delete("Singles", {"doctype": name, "field": ("in", new)})
	install.set_new_settings()
	document = site.get_doc(name)
	assert [document.get(field) for field in new] == [2, "21:00", 1]
	assert (document.texts_per_day, document.quiet_end) == (0, ""), "what somebody has chosen stays"
	# whoever presses Save changes nothing by it
	document.business_name = "TEST Mike"
	document.save()
	assert (settings().notice_delay_minutes, settings().quiet_start) == (2, "21:00")


def test_it_takes_its_jobs_and_roles_along(site: Any) -> None:
	from customer_thread import install

	mine = {"method": ("like", "customer_thread.%")}
	assert site.db.count("Scheduled Job Type", mine)
	install.before_uninstall()
	assert not site.db.count("Scheduled Job Type", mine)
	assert not site.db.exists("Role", {"name": ("like", "Thread %")})
	assert not site.db.exists("Has Role", {"role": ("like", "Thread %")})


def test_it_asks_for_history_and_leaves_settings_alone_that_are_there(site: Any) -> None:
	from customer_thread import install

	site.db.delete("Thread History")
	site.db.set_single_value("Customer Thread Settings", "business_name", "TEST Mike")
	install.before_install()
	install.after_install()
	install.after_install()
	assert site.get_all("Thread History", fields=["state", "months"]) == [{"state": "Running", "months": 12}]
	assert site.db.get_single_value("Customer Thread Settings", "business_name") == "TEST Mike"


def test_it_reads_numbers_anew_in_another_region(site: Any) -> None:
	doc = {"doctype": "Customer", "customer_name": "TEST Region", "customer_type": "Individual"}
	customer = site.get_doc(doc).insert()
	contact = {"doctype": "Contact", "first_name": "TEST", "phone_nos": [{"phone": "030 901820"}]}
	links = [{"link_doctype": "Customer", "link_name": customer.name}]
	name = site.get_doc({**contact, "links": links}).insert().name
	point = {"source_name": name}
	assert not site.db.exists("Thread Contact Point", point), "no number in the United States"
	settings = site.get_doc("Customer Thread Settings")
	settings.default_region = "DE"
	settings.save()
	from customer_thread import tasks

	tasks.check_contact_points()
	assert site.db.get_value("Thread Contact Point", point, "value") == "+4930901820"


def test_it_notes_who_waits_in_threads_of_before(site: Any, open_thread: Any) -> None:
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.patches.v0_1 import note_who_waits
	from customer_thread.service.thread.post_entry import post_entry

	thread = open_thread("waits", Address("Phone", "+12025550181"))
	asked = NewEntry("Message", "Customer", "SMS", "anybody there?", 1_778_850_000_000_000, "k-waits")
	post_entry(site_ports(), thread["name"], asked)
	columns = ["last_words", "last_words_by", "last_words_us", "waiting_us"]
	kept = site.db.get_value("Customer Thread", thread["name"], columns)
	assert kept == ("anybody there?", "Customer", asked.occurred_us, asked.occurred_us)
	nothing = {"last_words": None, "last_words_by": None, "last_words_us": 0, "waiting_us": 0}
	site.db.set_value("Customer Thread", thread["name"], nothing)
	for _time in range(2):
		note_who_waits.execute()
		assert site.db.get_value("Customer Thread", thread["name"], columns) == kept
