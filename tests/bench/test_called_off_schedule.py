"""What the schedule and the pages of a customer of a real site say of what is called off."""

from typing import Any

import pytest
from support.site_meetings import ahead, meeting
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


def contact(site: Any, *parties: tuple[str, str]) -> str:
	links = [{"link_doctype": doctype, "link_name": name} for doctype, name in parties]
	return str(site.get_doc({"doctype": "Contact", "first_name": "TEST", "links": links}).insert().name)


def test_it_strikes_an_appointment_that_was_closed_before_its_time(
	site: Any, documents: Any, sarah: Customer
) -> None:
	doc = appointment(site, sarah, ahead(site))
	doc.reload()
	doc.status = "Closed"
	doc.save()
	assert planned(documents, sarah) == [("Appointment", "Cancelled")]
	assert documents.planned_one(sarah.party, Reference("Appointment", doc.name)).state == "Cancelled"
	doc.status = "Open"
	doc.save()
	assert planned(documents, sarah) == [("Appointment", "Open")]


def test_it_leaves_closed_what_was_closed_after_its_time(site: Any, documents: Any, sarah: Customer) -> None:
	doc = appointment(site, sarah, ahead(site, -1))
	doc.reload()
	doc.status = "Closed"
	doc.save()
	assert planned(documents, sarah) == [("Appointment", "Closed")]


def test_it_strikes_an_appointment_whose_event_is_cancelled(
	site: Any, documents: Any, sarah: Customer
) -> None:
	doc = appointment(site, sarah, ahead(site))
	event = site.get_doc("Event", doc.calendar_event)
	event.status = "Cancelled"
	event.save()
	assert planned(documents, sarah) == [("Appointment", "Cancelled")]
	event.status = "Open"
	event.save()
	assert planned(documents, sarah) == [("Appointment", "Open")]


def test_it_plans_nothing_that_is_deleted(site: Any, documents: Any, sarah: Customer) -> None:
	site.delete_doc("Appointment", appointment(site, sarah, ahead(site)).name)
	site.delete_doc("Event", meeting(site, [("Customer", sarah.name)]).name)
	assert planned(documents, sarah) == []


def test_it_plans_events_with_the_customers_contact(
	site: Any, documents: Any, sarah: Customer, bob: Customer
) -> None:
	mine = contact(site, ("Customer", sarah.name))
	both = contact(site, ("Customer", sarah.name), ("Customer", bob.name))
	meeting(site, [("Contact", mine)])
	assert planned(documents, sarah) == [("Appointment", "Open")]
	# it is each customer's whom it names, or whose contact
	meeting(site, [("Contact", mine), ("Customer", bob.name)])
	meeting(site, [("Contact", both)])
	assert planned(documents, sarah) == [("Appointment", "Open")] * 2
	assert planned(documents, bob) == [("Appointment", "Open")]
	lead = site.get_doc({"doctype": "Lead", "first_name": "TEST Newcomer"}).insert().name
	meeting(site, [("Customer", sarah.name), ("Contact", contact(site, ("Lead", lead)))])
	assert planned(documents, sarah) == [("Appointment", "Open")] * 2


def test_it_plans_a_contact_who_was_a_lead_as_the_customers(
	site: Any, documents: Any, sarah: Customer
) -> None:
	lead = site.get_doc({"doctype": "Lead", "first_name": "TEST Sarah"}).insert().name
	meeting(site, [("Contact", contact(site, ("Lead", lead), ("Customer", sarah.name)))])
	assert planned(documents, sarah) == [("Appointment", "Open")]


def schedule(site: Any, customer: Customer) -> Any:
	done = visit(site, customer, site.utils.nowdate())
	start = site.utils.add_days(None, 1)
	row = {
		"item_code": done.purposes[0].item_code,
		"start_date": start,
		"end_date": site.utils.add_days(start, 60),
		"periodicity": "Monthly",
		"no_of_visits": 2,
		"sales_person": done.purposes[0].service_person,
	}
	doc = {"doctype": "Maintenance Schedule", "customer": customer.name, "company": COMPANY}
	doc = site.get_doc({**doc, "transaction_date": start, "items": [row]})
	doc.generate_schedule()
	doc.insert()
	doc.submit()
	return doc


def test_it_strikes_the_days_of_a_schedule_that_is_cancelled(
	site: Any, documents: Any, sarah: Customer
) -> None:
	doc = schedule(site, sarah)
	days = len({row.scheduled_date for row in doc.schedules})
	doc.reload().cancel()
	assert planned(documents, sarah) == [("Visit", "Cancelled")] * days
	again = site.copy_doc(doc)
	again.amended_from = doc.name
	again.insert()
	again.submit()
	assert planned(documents, sarah) == [("Visit", "Open")] * days


def test_it_strikes_no_day_that_was_over_when_the_schedule_was_cancelled(
	site: Any, documents: Any, sarah: Customer
) -> None:
	doc = schedule(site, sarah)
	days = len({row.scheduled_date for row in doc.schedules})
	doc.reload().cancel()
	site.db.set_value(
		"Maintenance Schedule Detail", doc.schedules[0].name, "scheduled_date", site.utils.add_days(None, -5)
	)
	assert planned(documents, sarah) == [("Visit", "Cancelled")] * (days - 1)
