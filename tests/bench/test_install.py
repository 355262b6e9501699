"""What install and migrate leave behind."""

from typing import Any

import pytest

from customer_thread.store.indexes import INDEXES


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: f"{index.doctype}-{index.name}")
def test_it_has_every_index(site: Any, index: Any) -> None:
	rows = site.db.sql(f"SHOW INDEX FROM `tab{index.doctype}` WHERE Key_name = %s", index.name, as_dict=True)
	assert tuple(row.Column_name for row in rows) == index.columns
	assert {bool(row.Non_unique) for row in rows} == {not index.unique}


def test_it_keeps_an_admins_card_rules_over_a_migration(site: Any) -> None:
	from customer_thread import install

	rule = site.get_all("Thread Card Rule", limit=1, pluck="name")[0]
	site.db.set_value("Thread Card Rule", rule, {"enabled": 0, "title": "TEST of mine"})
	install.keep_rules()
	site.db.set_value("Thread Card Rule", rule, {"enabled": 1, "title": "as it ships"})
	install.restore_rules()
	kept = site.db.get_value("Thread Card Rule", rule, ["enabled", "title"])
	assert kept == (0, "TEST of mine")


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
