"""Who is put into an Event of a real site or taken out of it, and what each of its customers reads."""

from types import SimpleNamespace
from typing import Any

import pytest
from support.site_cards import cards, end_transaction
from support.site_history import OwnArchive, bring_in
from support.site_meetings import ahead, meeting
from support.site_portal_documents import Customer, appointment, bob
from support.site_portal_documents import sarah as customer

from customer_thread.domain.model import Party
from customer_thread.frappe_host.enabled_rules import put_in_force
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.store import threads

__all__ = ["bob", "customer"]

SCHEDULED, MOVED, CANCELLED = (f"Appointment {what}" for what in ("scheduled", "rescheduled", "cancelled"))


@pytest.fixture
def sarah(customer: Customer) -> Any:
	"""Return the customer as what has a thread."""
	return SimpleNamespace(doctype="Customer", name=customer.name, user=customer.user)


@pytest.fixture
def ben(bob: Customer) -> Any:
	"""Return another one."""
	return SimpleNamespace(doctype="Customer", name=bob.name, user=bob.user)


def met(site: Any, *people: tuple[str, str], **values: object) -> Any:
	made = meeting(site, list(people), **values)
	end_transaction()
	return made


def save(doc: Any, **values: object) -> None:
	doc.reload()
	doc.update(values).save()
	end_transaction()


def put_in(doc: Any, doctype: str, name: str, **values: object) -> None:
	"""Add a participant, as the buttons of an Event do."""
	doc.reload()
	doc.add_participant(doctype, name)
	doc.update(values).save()
	end_transaction()


def take_out(doc: Any, name: str, **values: object) -> None:
	doc.reload()
	doc.set("event_participants", [row for row in doc.event_participants if row.reference_docname != name])
	doc.update(values).save()
	end_transaction()


def contact(site: Any, *names: str) -> str:
	links = [{"link_doctype": "Customer", "link_name": name} for name in names]
	return str(site.get_doc({"doctype": "Contact", "first_name": "TEST", "links": links}).insert().name)


def told(party: Any) -> list[str]:
	"""Return the kinds of a thread's cards, oldest first; "void" before those that are."""
	if threads.of_party(site_ports().database, Party(party.doctype, party.name)) is None:
		return []
	return [f"void {card['type']}" if card["void"] else card["type"] for card in cards(party)]


def newest(party: Any) -> str:
	return str(cards(party)[-1]["title"])


def words(when: Any) -> str:
	return f"{when:%a %b} {when.day}, 8:00am"


def test_it_tells_whom_a_meeting_gets_later(site: Any, sarah: Any) -> None:
	doc = met(site)
	put_in(doc, "Customer", sarah.name)
	assert told(sarah) == [SCHEDULED]
	assert words(ahead(site)) in newest(sarah)
	save(doc, subject="SECRET, too")
	save(doc, starts_on=ahead(site, 4))
	assert told(sarah) == [f"void {SCHEDULED}", MOVED]


def test_it_tells_the_customer_whose_contact_a_meeting_gets_later(site: Any, sarah: Any) -> None:
	doc = met(site)
	put_in(doc, "Contact", contact(site, sarah.name))
	assert told(sarah) == [SCHEDULED]
	put_in(doc, "Customer", sarah.name)
	save(doc, subject="SECRET, too")
	assert told(sarah) == [SCHEDULED]
	take_out(doc, sarah.name)
	assert told(sarah) == [SCHEDULED]


def test_it_tells_each_customer_of_a_meeting(site: Any, sarah: Any, ben: Any) -> None:
	doc = met(site, ("Customer", ben.name), ("Contact", contact(site, sarah.name)))
	assert told(sarah) == told(ben) == [SCHEDULED]
	save(doc, starts_on=ahead(site, 4))
	assert told(sarah) == told(ben) == [f"void {SCHEDULED}", MOVED]
	assert newest(sarah) == newest(ben)
	save(doc, status="Cancelled")
	assert told(sarah) == told(ben) == [f"void {SCHEDULED}", f"void {MOVED}", CANCELLED]
	save(doc, status="Open")
	assert told(sarah) == told(ben)
	assert told(sarah)[2:] == [f"void {CANCELLED}", SCHEDULED]
	site.delete_doc("Event", doc.name)
	end_transaction()
	assert told(sarah) == told(ben)
	assert told(sarah)[3:] == [f"void {SCHEDULED}", CANCELLED]


def test_it_tells_whom_a_meeting_loses_that_it_is_cancelled(site: Any, sarah: Any, ben: Any) -> None:
	doc = met(site, ("Customer", sarah.name), ("Customer", ben.name))
	take_out(doc, ben.name, starts_on=ahead(site, 4))
	assert told(ben) == [f"void {SCHEDULED}", CANCELLED]
	assert words(ahead(site)) in newest(ben)
	assert told(sarah) == [f"void {SCHEDULED}", MOVED]
	put_in(doc, "Customer", ben.name)
	assert told(ben) == [f"void {SCHEDULED}", f"void {CANCELLED}", SCHEDULED]
	assert words(ahead(site, 4)) in newest(ben)
	take_out(doc, sarah.name)
	assert told(sarah)[2:] == [CANCELLED]
	assert told(ben)[2:] == [SCHEDULED]


def test_it_tells_nobody_whom_a_past_meeting_gets_or_loses(site: Any, sarah: Any, ben: Any) -> None:
	doc = met(site, ("Customer", sarah.name), starts_on=ahead(site, -3))
	put_in(doc, "Customer", ben.name)
	take_out(doc, sarah.name)
	assert (told(sarah), told(ben)) == ([SCHEDULED], [])


def test_it_tells_a_guests_booking_that_is_accepted_and_moved_at_once_by_its_final_time(
	site: Any, sarah: Any
) -> None:
	site.set_user("Guest")
	doc = {"doctype": "Appointment", "customer_name": "TEST", "customer_email": sarah.user, "status": "Open"}
	doc |= {"appointment_with": "Customer", "party": sarah.name, "scheduled_time": ahead(site)}
	made = site.get_doc(doc).insert(ignore_permissions=True)
	end_transaction()
	site.set_user("Administrator")
	assert told(sarah) == []
	save(made, scheduled_time=ahead(site, 4))
	assert told(sarah) == [SCHEDULED]
	assert words(ahead(site, 4)) in newest(sarah)
	save(made, scheduled_time=ahead(site, 5))
	assert told(sarah) == [f"void {SCHEDULED}", MOVED]


def test_it_still_tells_an_appointment_once(site: Any, sarah: Any) -> None:
	doc = appointment(site, sarah, ahead(site))
	end_transaction()
	event = site.get_doc("Event", doc.calendar_event)
	put_in(event, "Contact", contact(site, sarah.name))
	assert told(sarah) == [SCHEDULED]


def test_the_history_says_nothing_else_of_a_meeting_of_several(site: Any, sarah: Any, ben: Any) -> None:
	archive = OwnArchive(site)
	doc = met(site, ("Customer", sarah.name))
	put_in(doc, "Customer", ben.name)
	save(doc, starts_on=ahead(site, 4))
	lines = told(sarah), told(ben)
	assert lines == ([f"void {SCHEDULED}", MOVED],) * 2
	for is_known in (True, False):
		if not is_known:
			put_in_force()
		assert (bring_in(site, archive)["failed"], told(sarah), told(ben)) == (0, *lines)
