"""What the schedule of a customer of a real site holds."""

from datetime import timedelta
from typing import Any

import pytest
from support.site_cards import end_transaction
from support.site_portal_documents import COMPANY, Customer, appointment, bob, sarah, visit

from customer_thread.domain.portal.pages import Reference

__all__ = ["bob", "sarah"]


@pytest.fixture
def documents(site: Any) -> Any:
	from customer_thread.frappe_host.wiring import site_ports

	return site_ports().documents


def planned(documents: Any, customer: Customer) -> list[tuple[str, str]]:
	from customer_thread.gateways.system import SystemClock

	return [(one.kind, one.state) for one in documents.planned(customer.party, SystemClock().now_us())]


def test_it_plans_no_booking_that_a_guest_made(site: Any, documents: Any, sarah: Customer) -> None:
	when = site.utils.now_datetime() + timedelta(days=3)
	site.set_user("Guest")
	doc = site.get_doc(
		{
			"doctype": "Appointment",
			"customer_name": sarah.name,
			"customer_email": sarah.user,
			"appointment_with": "Customer",
			"party": sarah.name,
			"scheduled_time": when,
			"status": "Open",
		}
	).insert(ignore_permissions=True)
	reference = Reference("Appointment", doc.name)
	site.set_user("Administrator")
	assert planned(documents, sarah) == []
	assert documents.openable(sarah.party, {reference}) == set()
	assert documents.planned_one(sarah.party, reference) is None
	end_transaction()
	site.get_doc("Appointment", doc.name).save()
	end_transaction()
	assert planned(documents, sarah) == [("Appointment", "Open")]
	assert documents.openable(sarah.party, {reference}) == {reference}


def test_it_plans_what_a_lead_had_booked(site: Any, documents: Any, sarah: Customer) -> None:
	lead = site.get_doc({"doctype": "Lead", "first_name": "TEST Sarah"}).insert().name
	when = site.utils.now_datetime() + timedelta(days=3)
	appointment(site, sarah, when, appointment_with="Lead", party=lead)
	assert planned(documents, sarah) == []
	site.db.set_value("Customer", sarah.name, "lead_name", lead)
	assert planned(documents, sarah) == [("Appointment", "Open")]


def test_it_links_what_a_lead_had_booked(site: Any, documents: Any, sarah: Customer, bob: Customer) -> None:
	lead = site.get_doc({"doctype": "Lead", "first_name": "TEST Sarah"}).insert().name
	when = site.utils.now_datetime() + timedelta(days=3)
	reference = Reference(
		"Appointment", appointment(site, sarah, when, appointment_with="Lead", party=lead).name
	)
	end_transaction()
	assert documents.openable(sarah.party, {reference}) == set()
	site.db.set_value("Customer", sarah.name, "lead_name", lead)
	assert documents.openable(sarah.party, {reference}) == {reference}
	assert documents.planned_one(sarah.party, reference)
	assert documents.openable(bob.party, {reference}) == set()
	assert documents.planned_one(bob.party, reference) is None


def event(site: Any, customers: list[str], **values: object) -> Any:
	rows = [{"reference_doctype": "Customer", "reference_docname": name} for name in customers]
	doc = {"doctype": "Event", "subject": "SECRET talk", "event_category": "Meeting", "event_type": "Private"}
	starts = site.utils.now_datetime() + timedelta(days=2)
	return site.get_doc({**doc, "starts_on": starts, "event_participants": rows, **values}).insert()


def test_it_plans_events_with_the_customer(site: Any, documents: Any, sarah: Customer, bob: Customer) -> None:
	event(site, [sarah.name, bob.name])
	event(site, [sarah.name], status="Cancelled")
	event(site, [sarah.name], event_category="Call")
	event(site, [sarah.name], subject="Appointment with Sarah")
	event(site, [])
	assert sorted(planned(documents, sarah)) == [("Appointment", "Cancelled"), ("Appointment", "Open")]
	assert planned(documents, bob) == [("Appointment", "Open")]


def test_it_plans_every_time_of_an_event_that_repeats(site: Any, documents: Any, sarah: Customer) -> None:
	starts = site.utils.now_datetime().replace(hour=8) - timedelta(days=364)
	ends = starts + timedelta(hours=1)
	weekly = {"repeat_this_event": 1, "repeat_on": "Weekly", starts.strftime("%A").lower(): 1}
	event(site, [sarah.name], starts_on=starts, ends_on=ends, **weekly)
	assert 12 <= len(planned(documents, sarah)) <= 14


def test_it_plans_the_open_days_of_a_maintenance_schedule(
	site: Any, documents: Any, sarah: Customer, bob: Customer
) -> None:
	done = visit(site, sarah, site.utils.nowdate())
	item, person = done.purposes[0].item_code, done.purposes[0].service_person
	start = site.utils.add_days(None, 1)
	row = {
		"item_code": item,
		"start_date": start,
		"end_date": site.utils.add_days(start, 60),
		"periodicity": "Monthly",
		"no_of_visits": 2,
		"sales_person": person,
	}
	doc = site.get_doc(
		{
			"doctype": "Maintenance Schedule",
			"customer": sarah.name,
			"company": COMPANY,
			"transaction_date": start,
			"items": [row, row],
		}
	)
	doc.generate_schedule()
	doc.insert()
	assert planned(documents, sarah) == []
	doc.submit()
	days = {row.scheduled_date for row in doc.schedules}
	assert planned(documents, sarah) == [("Visit", "Open")] * len(days)
	assert planned(documents, bob) == []
	doc.schedules[0].db_set("completion_status", "Fully Completed")
	doc.schedules[2].db_set("completion_status", "Fully Completed")
	assert len(planned(documents, sarah)) == len(days) - 1


def test_it_shows_an_amended_visit_once(site: Any, documents: Any, sarah: Customer) -> None:
	doc = visit(site, sarah, "2026-05-14")
	doc.submit()
	doc.cancel()
	assert planned(documents, sarah) == [("Visit", "Cancelled")]
	again = site.copy_doc(doc)
	again.amended_from = doc.name
	again.insert()
	assert planned(documents, sarah) == [("Visit", "Cancelled")]
	again.submit()
	assert planned(documents, sarah) == [("Visit", "Done")]
