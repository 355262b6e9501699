"""What an office calls off in a real site, in each of the ways in which it can, and what its customer reads."""

from types import SimpleNamespace
from typing import Any

import pytest
from support.site_cards import cards, number, told, void
from support.site_meetings import ahead, meeting
from support.site_portal_documents import COMPANY, Customer, appointment, bob, new_item
from support.site_portal_documents import sarah as customer

__all__ = ["bob", "customer"]


@pytest.fixture
def sarah(customer: Customer) -> Any:
	"""Return the customer as what has a thread."""
	return SimpleNamespace(doctype="Customer", name=customer.name, user=customer.user)


def words(when: Any) -> str:
	return f"{when:%a %b} {when.day}, {when.hour % 12 or 12}:{when:%M}{'am' if when.hour < 12 else 'pm'}"


def booked(site: Any, sarah: Any, **values: object) -> Any:
	return appointment(site, sarah, ahead(site), **values).reload()


def save(doc: Any, **values: object) -> None:
	doc.reload()
	doc.update(values).save()


def test_it_tells_of_an_appointment_that_is_closed_before_its_time(site: Any, sarah: Any) -> None:
	doc, when = booked(site, sarah), words(ahead(site))
	assert told(sarah) == [f"Appointment scheduled — {when}"]
	save(doc, status="Closed")
	assert told(sarah)[1:] == [f"Appointment cancelled — {when}"]
	assert void(sarah) == ["Appointment scheduled"]
	save(doc, customer_details="He called")
	save(doc, status="Open")
	assert told(sarah)[2:] == [f"Appointment scheduled — {when}"]
	assert [card["void"] for card in cards(sarah)] == [True, True, False]


def test_it_tells_nothing_of_an_appointment_that_is_closed_later(site: Any, sarah: Any) -> None:
	doc = appointment(site, sarah, ahead(site, -1))
	assert len(told(sarah)) == 1
	save(doc, status="Closed")
	site.delete_doc("Appointment", doc.name)
	assert len(told(sarah)) == 1
	assert void(sarah) == []


def test_it_tells_of_an_appointment_that_is_deleted(site: Any, sarah: Any) -> None:
	doc, when = booked(site, sarah), words(ahead(site))
	assert len(told(sarah)) == 1
	site.delete_doc("Appointment", doc.name)
	assert told(sarah)[1:] == [f"Appointment cancelled — {when}"]
	assert void(sarah) == ["Appointment scheduled"]
	assert [card["url"] for card in cards(sarah)] == [None, None]
	# its Event stays, and is nobody's business
	save(site.get_doc("Event", doc.calendar_event), status="Cancelled")
	site.delete_doc("Event", doc.calendar_event)
	assert len(told(sarah)) == 2


def test_it_tells_nothing_of_what_is_made_and_deleted_at_once(site: Any, sarah: Any) -> None:
	site.delete_doc("Appointment", booked(site, sarah).name)
	site.delete_doc("Event", meeting(site, [("Customer", sarah.name)]).name)
	assert told(sarah) == []


def test_it_tells_of_an_appointment_whose_event_is_cancelled(site: Any, sarah: Any) -> None:
	doc, when = booked(site, sarah), words(ahead(site))
	assert len(told(sarah)) == 1
	event = site.get_doc("Event", doc.calendar_event)
	save(event, status="Cancelled")
	assert told(sarah)[1:] == [f"Appointment cancelled — {when}"]
	assert void(sarah) == ["Appointment scheduled"]
	# the contractor's document is as it was; saving, moving or closing it tells nothing
	assert site.db.get_value("Appointment", doc.name, "status") == "Open"
	later = ahead(site, 5)
	save(doc, scheduled_time=later)
	save(doc, status="Closed")
	assert len(told(sarah)) == 2
	save(doc, status="Open")
	assert len(told(sarah)) == 2
	save(event, status="Open")
	assert told(sarah)[2:] == [f"Appointment scheduled — {words(later)}"]
	assert [card["void"] for card in cards(sarah)] == [True, True, False]
	save(event, status="Cancelled")
	save(event, status="Open")
	assert len(told(sarah)) == 3


def test_it_tells_of_an_appointment_whose_event_is_deleted(site: Any, sarah: Any) -> None:
	doc, when = booked(site, sarah), words(ahead(site))
	assert len(told(sarah)) == 1
	site.delete_doc("Event", doc.calendar_event, force=True)
	assert told(sarah)[1:] == [f"Appointment cancelled — {when}"]


def test_it_tells_of_each_move_and_of_the_end(site: Any, sarah: Any) -> None:
	doc = booked(site, sarah)
	for days in (4, 5, 6, 4, 7):
		told(sarah)
		save(doc, scheduled_time=ahead(site, days))
	lines = [f"Appointment moved — now {words(ahead(site, days))}" for days in (4, 5, 6, 4, 7)]
	assert told(sarah)[1:] == lines
	# what is moved and closed in one save is called off at the time that the customer knows
	save(doc, scheduled_time=ahead(site, 9), status="Closed")
	assert told(sarah)[6:] == [f"Appointment cancelled — {words(ahead(site, 7))}"]
	assert [card["void"] for card in cards(sarah)] == [*[True] * 6, False]


def test_it_tells_nobody_of_a_guests_booking_that_is_closed_unaccepted(site: Any, sarah: Any) -> None:
	site.set_user("Guest")
	doc = {"doctype": "Appointment", "customer_name": "TEST", "customer_email": sarah.user, "status": "Open"}
	doc |= {"appointment_with": "Customer", "party": sarah.name, "scheduled_time": ahead(site)}
	made = site.get_doc(doc).insert(ignore_permissions=True)
	site.set_user("Administrator")
	assert told(sarah) == []
	save(made, status="Closed")
	assert told(sarah) == []
	site.delete_doc("Appointment", made.name)
	assert told(sarah) == []


def test_it_tells_a_lead_who_became_a_customer(site: Any, sarah: Any) -> None:
	lead = site.get_doc({"doctype": "Lead", "first_name": "TEST Sarah"}).insert()
	doc = booked(site, sarah, appointment_with="Lead", party=lead.name)
	assert len(told(lead)) == 1
	save(site.get_doc("Customer", sarah.name), lead_name=lead.name)
	save(doc, status="Closed")
	assert told(sarah)[-1] == f"Appointment cancelled — {words(ahead(site))}"
	assert void(sarah) == ["Appointment scheduled"]


def test_it_tells_of_a_meeting_that_is_deleted_before_its_time(site: Any, sarah: Any) -> None:
	soon = meeting(site, [("Customer", sarah.name)])
	over = meeting(site, [("Customer", sarah.name)], starts_on=ahead(site, -2))
	weekly = {"repeat_this_event": 1, "repeat_on": "Weekly", "monday": 1, "starts_on": ahead(site, -9)}
	again = meeting(site, [("Customer", sarah.name)], **weekly)
	assert len(told(sarah)) == 3
	for doc in (soon, over, again):
		site.delete_doc("Event", doc.name)
	assert told(sarah)[3:] == [f"Appointment cancelled — {words(ahead(site, days))}" for days in (3, -9)]
	assert len(void(sarah)) == 2


def test_it_tells_of_a_meeting_that_is_opened_again(site: Any, sarah: Any) -> None:
	doc = meeting(site, [("Customer", sarah.name)], all_day=1)
	told(sarah)
	save(doc, status="Cancelled")
	assert len(told(sarah)) == 2
	save(doc, status="Open")
	day = words(ahead(site)).partition(",")[0]
	assert told(sarah) == [
		f"Appointment scheduled — {day}",
		f"Appointment cancelled — {day}",
		f"Appointment scheduled — {day}",
	]
	assert [card["void"] for card in cards(sarah)] == [True, True, False]


def test_it_tells_the_customer_of_whose_contact_a_meeting_is(site: Any, sarah: Any, bob: Customer) -> None:
	def contact(*parties: str) -> str:
		links = [{"link_doctype": "Customer", "link_name": name} for name in parties]
		return str(site.get_doc({"doctype": "Contact", "first_name": "TEST", "links": links}).insert().name)

	mine = contact(sarah.name)
	doc = meeting(site, [("Contact", mine)])
	meeting(site, [("Contact", contact(sarah.name, bob.name))])
	meeting(site, [("Contact", mine), ("Customer", bob.name)])
	assert told(sarah) == [f"Appointment scheduled — {words(ahead(site))}"] * 2
	assert len(told(SimpleNamespace(doctype="Customer", name=bob.name))) == 1
	save(doc, starts_on=ahead(site, 4))
	told(sarah)
	site.delete_doc("Event", doc.name)
	assert told(sarah)[2:] == [
		f"Appointment moved — now {words(ahead(site, 4))}",
		f"Appointment cancelled — {words(ahead(site, 4))}",
	]


def test_it_tells_of_an_order_that_is_closed_untouched(site: Any, sarah: Any) -> None:
	item = new_item(site)
	doc = {"doctype": "Sales Order", "customer": sarah.name, "company": COMPANY}
	doc |= {"delivery_date": ahead(site).date(), "items": [{"item_code": item, "qty": 1, "rate": 200}]}
	order = site.get_doc(doc).insert()
	order.submit()
	assert told(sarah) == [f"Order {number(order)} confirmed — $200"]
	site.get_doc("Sales Order", order.name).update_status("Closed")
	assert told(sarah)[1:] == [f"Order {number(order)} called off"]
	assert void(sarah) == ["Order confirmed"]
	site.get_doc("Sales Order", order.name).update_status("Draft")
	assert told(sarah)[2:] == [f"Order {number(order)} confirmed again — $200"]
	assert [card["void"] for card in cards(sarah)] == [True, True, False]
	site.get_doc("Sales Order", order.name).update_status("Closed")
	site.get_doc("Sales Order", order.name).update_status("Draft")
	assert len(told(sarah)) == 3


def replay(site: Any, doc: Any) -> int:
	"""Bring a document's history in; return how many cards were new."""
	from customer_thread.frappe_host.document_history import history_of
	from customer_thread.frappe_host.enabled_rules import rules_of
	from customer_thread.frappe_host.owners import owner_of
	from customer_thread.frappe_host.wiring import site_ports
	from customer_thread.service.cards.replay_document import replay_document

	rules = rules_of(doc.doctype)
	history = history_of(doc.reload(), {rule.field for rule in rules if rule.field})
	zone = site.utils.get_system_timezone()
	made = replay_document(site_ports(), rules, history, 0, timezone=zone, owner_of=owner_of)
	assert made.faults == []
	return made.new


def test_its_history_adds_nothing_to_what_was_told(site: Any, sarah: Any) -> None:
	doc = booked(site, sarah)
	event = site.get_doc("Event", doc.calendar_event)
	steps = [(event, "Cancelled"), (event, "Open"), (doc, "Closed"), (doc, "Open"), (event, "Cancelled")]
	for changed, status in steps:
		told(sarah)
		save(changed, status=status)
	lines = told(sarah)
	assert len(lines) == 6
	assert replay(site, doc) + replay(site, doc) == 0
	own = meeting(site, [("Customer", sarah.name)])
	for status in ("Cancelled", "Open", "Cancelled"):
		told(sarah)
		save(own, status=status)
	assert len(told(sarah)) == 10
	standing = [card["void"] for card in cards(sarah)]
	assert replay(site, own) + replay(site, doc) == 0
	assert [card["void"] for card in cards(sarah)] == standing


def test_its_history_tells_what_was_called_off_before(site: Any, sarah: Any) -> None:
	settings = site.get_doc("Customer Thread Settings")
	settings.capture_documents = 0
	settings.save()
	closed, cancelled = booked(site, sarah), appointment(site, sarah, ahead(site, 4)).reload()
	save(closed, status="Closed")
	save(site.get_doc("Event", cancelled.calendar_event), status="Cancelled")
	assert told(sarah) == []
	settings.reload()
	settings.capture_documents = 1
	settings.save()
	assert replay(site, closed) + replay(site, cancelled) == 4
	assert replay(site, closed) + replay(site, cancelled) == 0
	assert sorted(void(sarah)) == ["Appointment scheduled"] * 2


def test_it_tells_nothing_of_what_was_made_and_deleted_at_once(site: Any, sarah: Any) -> None:
	site.delete_doc("Appointment", booked(site, sarah).name)
	site.delete_doc("Event", meeting(site, [("Customer", sarah.name)]).name)
	assert told(sarah) == []
