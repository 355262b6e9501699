"""Calls and texts that the site's own logs tell of."""

from typing import Any

import pytest
from support.persons import BUSINESS, CHARLIE, SARAH, national
from support.site_portal_users import new_user, pat

from customer_thread.domain.model import Address

__all__ = ["pat"]


@pytest.fixture
def sarah(open_thread: Any) -> str:
	"""Return the thread of a customer with a phone."""
	return str(open_thread("Sarah Lee", Address("Phone", SARAH.phone))["name"])


def _entries(site: Any, thread: str) -> list[Any]:
	fields = ["kind", "author", "channel", "text", "call_seconds", "occurred_us"]
	return list(site.get_all("Thread Entry", filters={"thread": thread}, fields=fields, order_by="name"))


def test_it_marks_a_call_once_it_has_ended(site: Any, sarah: str) -> None:
	call = site.get_doc(
		{
			"doctype": "Call Log",
			"id": "TEST-call-1",
			"from": national(SARAH.phone),
			"to": BUSINESS.phone,
			"type": "Incoming",
			"status": "Ringing",
			"start_time": "2026-05-13 16:12:00",
			"summary": "internal",
		}
	).insert(ignore_permissions=True)
	assert _entries(site, sarah) == []
	call.status, call.duration = "Completed", 372
	call.save()
	call.save()

	[entry] = _entries(site, sarah)
	assert (entry.kind, entry.author, entry.call_seconds, entry.text) == (
		"Call",
		"Customer",
		372,
		"Phone call",
	)
	# 16:12 in New York, the site's zone
	assert entry.occurred_us == 1_778_703_120_000_000


def test_it_leaves_a_missed_call_out(site: Any, sarah: str) -> None:
	site.get_doc(
		{
			"doctype": "Call Log",
			"id": "TEST-call-2",
			"from": SARAH.phone,
			"to": BUSINESS.phone,
			"type": "Incoming",
			"status": "No Answer",
		}
	).insert(ignore_permissions=True)
	assert site.db.get_value("Call Log", "TEST-call-2", "status") == "No Answer"
	assert _entries(site, sarah) == []


def test_it_shows_what_the_site_texted_by_itself(site: Any, sarah: str) -> None:
	site.get_doc(
		{
			"doctype": "SMS Log",
			"message": "Your visit is tomorrow <8am>",
			"sent_to": f"{national(SARAH.phone)}\n{CHARLIE.phone}",
			"sent_on": "2026-05-13",
		}
	).insert(ignore_permissions=True)
	[entry] = _entries(site, sarah)
	assert (entry.author, entry.channel) == ("Automated", "SMS")
	assert entry.text.startswith("Your visit is tomorrow")


def test_it_shows_no_text_that_a_customer_sent_in_the_business_name(site: Any, sarah: str, pat: str) -> None:
	site.set_user(pat)
	text = {
		"doctype": "SMS Log",
		"message": "Pay here instead",
		"sent_to": SARAH.phone,
		"sent_on": "2026-05-13",
	}
	site.get_doc(text).insert(ignore_permissions=True)
	site.set_user("Administrator")
	assert _entries(site, sarah) == []
	site.get_doc({**text, "message": "See you on Friday"}).insert()
	assert [entry.text for entry in _entries(site, sarah)] == ["See you on Friday"]


def test_it_never_keeps_a_document_from_being_saved(site: Any, sarah: str) -> None:
	# longer than a day: the service refuses it
	site.get_doc(
		{
			"doctype": "Call Log",
			"id": "TEST-call-3",
			"from": SARAH.phone,
			"to": BUSINESS.phone,
			"type": "Incoming",
			"status": "Completed",
			"duration": 10**7,
		}
	).insert(ignore_permissions=True)
	assert site.db.exists("Call Log", "TEST-call-3")


def test_it_marks_no_call_with_the_sites_own_people(site: Any, sarah: str) -> None:
	agent = new_user(site, "agent-with-a-phone@example.com", "Thread Agent")
	site.db.set_value("User", agent, "mobile_no", national(CHARLIE.phone))
	before = site.db.count("Customer Thread")
	for number, (caller, called, kind) in enumerate(
		[
			(CHARLIE.phone, BUSINESS.phone, "Incoming"),
			(BUSINESS.phone, CHARLIE.phone, "Outgoing"),
			# of a click to call, the leg to the customer
			(BUSINESS.phone, SARAH.phone, "Outgoing"),
		]
	):
		site.get_doc(
			{
				"doctype": "Call Log",
				"id": f"TEST-own-{number}",
				"from": caller,
				"to": called,
				"type": kind,
				"status": "Completed",
				"duration": 60,
				"start_time": "2026-05-13 16:12:00",
			}
		).insert(ignore_permissions=True)

	assert site.db.count("Customer Thread") == before
	assert [entry.author for entry in _entries(site, sarah)] == ["Contractor"]
