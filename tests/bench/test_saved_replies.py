"""Saved replies and colleagues in a real site: checked when saved, kept over a migration, said to the thread's room alone."""

from typing import Any

import pytest
from support.site_portal_documents import Customer, bob

from customer_thread.frappe_host.shipped_rules import keep_rules, restore_rules

__all__ = ["bob"]
DOCTYPE = "Thread Saved Reply"


def test_it_is_checked_when_it_is_saved(site: Any) -> None:
	doc = site.get_doc(
		{"doctype": DOCTYPE, "title": "Hours", "shortcut": "/Hours", "text": "{{ customer.age }}"}
	)
	with pytest.raises(site.ValidationError, match=r"customer\.age"):
		doc.insert()
	doc.text = "Hi {{ customer.first_name }}, we are there from 8 to 5."
	doc.insert()
	assert (doc.shortcut, doc.enabled) == ("hours", 1)


def test_an_admins_saved_replies_stay_over_migrations(site: Any) -> None:
	mine, untouched = "saved-thanks", "saved-photo"
	site.db.set_value(DOCTYPE, mine, {"text": "Cheers!", "enabled": 0})
	site.db.set_value(DOCTYPE, untouched, "enabled", 0)
	shipped = site.db.get_value(DOCTYPE, untouched, "text")
	for _migration in range(2):
		keep_rules()
		# as Frappe lays its fixtures over them
		site.db.set_value(DOCTYPE, mine, {"text": "as it ships", "enabled": 1})
		site.db.set_value(DOCTYPE, untouched, {"text": shipped, "enabled": 1})
		restore_rules()
	assert site.db.get_value(DOCTYPE, mine, ["text", "enabled"]) == ("Cheers!", 0)
	assert site.db.get_value(DOCTYPE, untouched, ["text", "enabled"]) == (shipped, 0)


def test_the_desk_gets_them_filled_and_sees_colleagues(site: Any, bob: Customer) -> None:
	from customer_thread.api import desk

	thread = desk.open(customer=bob.name)["thread"]
	found = {reply["shortcut"]: reply for reply in desk.templates(thread=thread)}
	assert found["photo"]["text"].startswith("Hi TEST Bob")
	site.local._realtime_log = []
	assert desk.presence(thread=thread, state="writing") == {"others": [], "answered": None}
	desk.presence(thread=thread, state="writing")
	said = [one for one in site.local._realtime_log if one[0] == "customer_thread_colleagues_changed"]
	assert [(words, room) for _event, words, room in said] == [
		({"thread": thread}, f"doc:Customer Thread/{thread}")
	]
