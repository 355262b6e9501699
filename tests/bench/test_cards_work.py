"""Visits, meetings, projects and deliveries of a real site become cards: the right ones, once each."""

from datetime import timedelta
from typing import Any

import pytest
from support.site_cards import end_transaction, number, told, void
from support.site_portal_documents import COMPANY, new_item


@pytest.fixture
def sarah(site: Any) -> Any:
	doc = {"doctype": "Customer", "customer_name": "Sarah Lee of the tests", "customer_type": "Individual"}
	return site.get_doc(doc).insert()


def meeting(site: Any, who: Any, **values: object) -> Any:
	doc = {"doctype": "Event", "subject": "internal: he pays late", "description": "internal"}
	doc |= {"starts_on": "2027-05-14 08:00:00", "event_category": "Meeting", "event_type": "Private"}
	people = [{"reference_doctype": "Customer", "reference_docname": who.name}]
	return site.get_doc({**doc, "event_participants": people, **values}).insert()


def test_it_tells_of_a_meeting_that_moves_and_is_called_off(site: Any, sarah: Any) -> None:
	event = meeting(site, sarah)
	event.save()
	assert told(sarah) == ["Appointment scheduled — Fri May 14, 8:00am"]
	event.starts_on = site.utils.get_datetime(event.starts_on) + timedelta(hours=2)
	event.save()
	end_transaction()
	event.status = "Cancelled"
	event.save()
	assert told(sarah)[1:] == [
		"Appointment moved — now Fri May 14, 10:00am",
		"Appointment cancelled — Fri May 14, 10:00am",
	]
	assert len(void(sarah)) == 2
	assert "internal" not in str(told(sarah))


@pytest.mark.parametrize(
	"values", [{"event_category": "Call"}, {"event_participants": []}, {"status": "Closed"}], ids=str
)
def test_it_tells_nothing_of_what_is_not_with_the_customer(
	site: Any, sarah: Any, values: dict[str, object]
) -> None:
	meeting(site, sarah, **values)
	assert told(sarah) == []
	meeting(site, sarah)
	assert len(told(sarah)) == 1


def test_it_tells_of_a_project_without_its_costs(site: Any, sarah: Any) -> None:
	doc = {"doctype": "Project", "project_name": "Deck of the tests", "customer": sarah.name}
	project = site.get_doc(
		{**doc, "company": COMPANY, "estimated_costing": 9999, "notes": "internal"}
	).insert()
	end_transaction()
	for status in ("Completed", "Completed", "Open", "Cancelled"):
		project.status = status
		project.save()
		end_transaction()
	assert told(sarah) == [f"Deck of the tests — {what}" for what in ("completed", "open again", "cancelled")]
	assert void(sarah) == ["Project completed"]


def test_it_tells_of_a_visit_without_what_was_noted(site: Any, sarah: Any) -> None:
	item = new_item(site)
	person = site.get_doc(
		{"doctype": "Sales Person", "sales_person_name": "TEST Mike", "is_group": 0}
	).insert()
	purpose = {
		"item_code": item,
		"service_person": person.name,
		"description": "internal",
		"work_done": "internal",
	}
	doc = {
		"doctype": "Maintenance Visit",
		"customer": sarah.name,
		"company": COMPANY,
		"mntc_date": "2026-05-14",
	}
	doc |= {"completion_status": "Fully Completed", "maintenance_type": "Unscheduled", "purposes": [purpose]}
	visit = site.get_doc(doc).insert()
	assert told(sarah) == []
	visit.submit()
	assert told(sarah) == ["Visit on Thu May 14 done"]
	visit.cancel()
	assert told(sarah)[1:] == ["Visit on Thu May 14 taken back"]
	assert void(sarah) == ["Visit done"]


def test_it_tells_of_a_delivery(site: Any, sarah: Any) -> None:
	item = {"doctype": "Item", "item_code": "BOARD-TEST", "item_group": "Products", "stock_uom": "Nos"}
	item = site.get_doc({**item, "is_stock_item": 1}).insert().name
	warehouse = site.get_all("Warehouse", {"company": COMPANY, "is_group": 0}, pluck="name")[0]
	row = {"item_code": item, "qty": 4, "t_warehouse": warehouse, "basic_rate": 5}
	stock = {"doctype": "Stock Entry", "stock_entry_type": "Material Receipt", "company": COMPANY}
	site.get_doc({**stock, "items": [row]}).insert().submit()
	doc = {"doctype": "Delivery Note", "customer": sarah.name, "company": COMPANY}
	rows = [{"item_code": item, "qty": 2, "rate": 9, "warehouse": warehouse}]
	note = site.get_doc({**doc, "items": rows}).insert()
	note.submit()
	assert told(sarah) == [f"Delivery {number(note)} is on its way"]
	note.reload().cancel()
	assert told(sarah)[1:] == [f"Delivery {number(note)} cancelled"]


def test_it_tells_each_customer_of_a_project_that_changes_hands_his_own_part(site: Any, sarah: Any) -> None:
	doc = {"doctype": "Customer", "customer_name": "Bob Miller of the tests", "customer_type": "Individual"}
	bob = site.get_doc(doc).insert()
	project = {"doctype": "Project", "project_name": "Deck of the tests", "company": COMPANY}
	project = site.get_doc({**project, "customer": sarah.name}).insert()
	end_transaction()
	project.status = "Completed"
	project.save()
	end_transaction()
	project.customer, project.status = bob.name, "Open"
	project.save()
	assert told(sarah) == ["Deck of the tests — completed"]
	assert told(bob) == ["Deck of the tests — open again"]
