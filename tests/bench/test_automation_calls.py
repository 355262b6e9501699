"""What staff ask and press of automations, over the calls of a site."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from support.site_automations import Day, day, sarah
from support.site_cards import end_transaction
from support.site_meetings import ahead
from support.site_portal_documents import Customer, appointment, visit

from customer_thread.api import desk
from customer_thread.domain.errors import BadInput, NotAllowed, NotFound, NotSignedIn

__all__ = ["day", "sarah"]


def test_it_is_switched_and_says_so(site: Any, day: Day, sarah: Customer) -> None:
	doc = appointment(site, sarah, ahead(site, 3))
	end_transaction()
	name = "appointment-reminder"
	assert not desk.switch_automation(automation=name, enabled=0)["enabled"]
	assert site.db.get_value("Thread Automation", name, "enabled") == 0
	assert desk.switch_automation(automation=name, enabled=1)["enabled"]
	assert site.db.get_value("Thread Automation", name, "enabled") == 1
	assert site.get_doc("Thread Automation", name).in_force_since_us > 0
	found = {each["automation"]: each for each in desk.automations()}
	assert found[name]["enabled"]
	assert found[name]["moment"] == "1 day before scheduled time, at 9:00am"
	preview = desk.preview_automation(automation=name, document=doc.name)
	assert preview["text"].endswith("Reply YES to confirm.")
	assert not desk.switch_automation(automation=name, enabled=0)["enabled"]
	for call in (desk.switch_automation, desk.preview_automation):
		with pytest.raises(NotFound):
			call(automation="none", enabled=1, document=doc.name)
	end_transaction()


def test_the_crew_is_on_its_way(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("appointment-on-the-way")
	doc = appointment(site, sarah, ahead(site, 1))
	end_transaction()
	about = {"reference_doctype": "Appointment", "reference_name": doc.name}
	pressed = {**about, "minutes": 20, "client_id": str(uuid.uuid4())}
	for _press in range(2):
		[said] = desk.on_the_way(**pressed)["messages"]
		end_transaction()
		day.work()
	assert said["state"] == "Sent"
	assert len([text for text in day.texts() if "in about 20 minutes" in text]) == 1
	listed = desk.scheduled(**about)["messages"]
	assert [each["id"] for each in listed if each["automation"] == said["automation"]] == [said["id"]]


@pytest.mark.parametrize(
	("completion", "is_refused"), [("Partially Completed", False), ("Fully Completed", True)]
)
def test_nobody_sets_out_to_a_visit_that_is_done(
	site: Any, day: Day, sarah: Customer, completion: str, is_refused: bool
) -> None:
	day.switch_on("visit-on-the-way")
	doc = visit(site, sarah, ahead(site, 0).date(), completion_status=completion)
	doc.submit()
	end_transaction()
	about = {"reference_doctype": doc.doctype, "reference_name": doc.name, "client_id": str(uuid.uuid4())}
	if is_refused:
		with pytest.raises(BadInput, match="not planned any more"):
			desk.on_the_way(**about)
	else:
		[said] = desk.on_the_way(**about)["messages"]
		assert said["state"] == "Waiting"


def test_an_appointment_is_a_document_here(site: Any, day: Day, sarah: Customer) -> None:
	given = {"title": "Deck", "starts_at": "2026-12-12T10:00", "source_key": "1"}
	with pytest.raises(BadInput, match="Appointment"):
		desk.record_appointment(customer=sarah.name, **given)


def test_an_agent_sets_out_and_switches_nothing(
	site: Any, day: Day, sarah: Customer, staff: Callable[..., str]
) -> None:
	for name in site.get_all("Thread Automation", {"moment": "By Hand", "enabled": 1}, pluck="name"):
		desk.switch_automation(automation=name, enabled=0)
	staff("Thread Agent")
	assert len(desk.automations()) > 20
	for call in (desk.switch_automation, desk.preview_automation):
		with pytest.raises(NotAllowed):
			call(automation="invoice-paid", enabled=1, document="x")
	with pytest.raises(BadInput, match="switched off"):
		desk.on_the_way(customer=sarah.name, client_id=str(uuid.uuid4()))
	site.set_user("Guest")
	for call in (desk.automations, desk.scheduled, desk.on_the_way):
		with pytest.raises(NotSignedIn):
			call()
	site.set_user("Administrator")
