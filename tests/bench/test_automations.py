"""ERPNext's own documents drive the automations that come with the app, as a customer's phone sees it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from support.site_automations import Day, day, sarah
from support.site_cards import end_transaction, new_invoice, pay
from support.site_meetings import ahead, meeting
from support.site_portal_documents import Customer, appointment, bob, visit

from customer_thread import tasks
from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.times import HOUR, iso, to_utc, zone
from customer_thread.frappe_host.noted_types import automated_types
from customer_thread.frappe_host.shipped_rules import keep_rules, restore_rules
from customer_thread.frappe_host.times import site_us

__all__ = ["bob", "day", "sarah"]
CONFIRMED = "customer_confirmed_at"


def booked(site: Any, customer: Customer, days: int = 3) -> Any:
	doc = appointment(site, customer, ahead(site, days))
	end_transaction()
	return doc.reload()


def nine_before(when: Any) -> int:
	return site_us((when - timedelta(days=1)).replace(hour=9, minute=0))


def test_an_appointment_is_told_reminded_of_and_confirmed(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("appointment-scheduled", "appointment-reminder")
	doc = booked(site, sarah)
	assert day.messages(doc) == [("appointment-reminder", "Waiting"), ("appointment-scheduled", "Waiting")]
	assert day.rows(doc)[0].due_us == nine_before(doc.scheduled_time)
	day.wait(3)
	[told] = day.texts()
	assert "you're booked" in told
	assert "8:00am" in told
	day.until(nine_before(doc.scheduled_time))
	assert len(day.texts()) == 2
	assert day.texts()[1].endswith("Reply YES to confirm.")
	touched = site.db.get_value("Appointment", doc.name, "modified")
	day.text("Yes!")
	doc.reload()
	assert doc.get(CONFIRMED)
	assert doc.modified == touched, "nobody has changed the document"
	event = {"reference_name": doc.name, "event_type": "Appointment confirmed"}
	assert site.db.count("Thread Event", event) == 1


def test_the_reminder_moves_along_in_the_calendar(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("appointment-scheduled", "appointment-reminder", "appointment-rescheduled")
	doc = booked(site, sarah)
	day.wait(3)
	later = ahead(site, 6).replace(hour=14)
	day.drag(doc.calendar_event, later)
	doc.reload()
	assert doc.scheduled_time == later
	waiting = {row.automation: row.due_us for row in day.rows(doc) if row.state == "Waiting"}
	assert waiting["appointment-reminder"] == nine_before(later)
	day.wait(3)
	assert "has moved" in day.texts()[-1]
	assert "2:00pm" in day.texts()[-1]
	day.until(nine_before(later))
	assert len(day.texts()) == 3
	# saved again, it stays where the calendar has it
	doc.reload()
	doc.customer_details = "The gate is open"
	doc.save()
	assert site.db.get_value("Event", doc.calendar_event, "starts_on") == later


def test_what_the_night_holds_is_looked_at_again_once_the_office_has_other_hours(
	site: Any, day: Day, sarah: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
	day.switch_on("appointment-scheduled")
	settings, queued = site.get_doc("Customer Thread Settings"), list[str]()
	monkeypatch.setattr(site, "enqueue", lambda method, **_given: queued.append(method))
	# all day but for a minute that is not now
	until = to_utc(day.clock.us - HOUR).astimezone(zone(settings.default_timezone))
	settings.update({"quiet_start": f"{until + timedelta(minutes=1):%H:%M}", "quiet_end": f"{until:%H:%M}"})
	settings.save()
	doc = booked(site, sarah)
	day.wait(3)
	[row] = day.rows(doc)
	assert row.reason.startswith("held: quiet hours until")
	assert day.texts() == []
	queued.clear()
	settings.update({"quiet_start": "08:00", "quiet_end": "08:00"})
	settings.save()
	assert "customer_thread.tasks.look_at_held" in queued
	tasks.look_at_held()
	day.work()
	assert [row.state for row in day.rows(doc)] == ["Sent"]
	assert len(day.texts()) == 1


def test_five_drags_are_one_message(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("appointment-scheduled", "appointment-reminder", "appointment-rescheduled")
	doc = booked(site, sarah)
	day.wait(3)
	for hour in (10, 11, 12, 13, 15):
		day.drag(doc.calendar_event, ahead(site, 4).replace(hour=hour))
		day.wait(1)
	day.wait(3)
	assert len(day.texts()) == 2
	assert "3:00pm" in day.texts()[1]


def test_a_yes_to_another_time_is_none(site: Any, day: Day, sarah: Customer) -> None:
	for move in ("saved", "set", "dragged"):
		doc = booked(site, sarah)
		site.db.set_value("Appointment", doc.name, CONFIRMED, ahead(site, 0), update_modified=False)
		doc.reload()
		doc.customer_details = "nothing of its time"
		doc.save()
		assert doc.get(CONFIRMED), move
		if move == "saved":
			doc.scheduled_time = ahead(site, 5)
			doc.save()
		elif move == "set":
			site.get_doc("Appointment", doc.name).db_set("scheduled_time", ahead(site, 5))
		else:
			day.drag(doc.calendar_event, ahead(site, 5))
		assert not site.db.get_value("Appointment", doc.name, CONFIRMED), move


def test_an_appointment_called_off_in_the_calendar_is_not_reminded_of(
	site: Any, day: Day, sarah: Customer
) -> None:
	day.switch_on("appointment-scheduled", "appointment-reminder")
	doc = booked(site, sarah)
	event = site.get_doc("Event", doc.calendar_event)
	event.status = "Cancelled"
	event.save()
	assert {state for _name, state in day.messages(doc)} == {"Ended"}
	day.wait(5)
	day.until(nine_before(doc.scheduled_time))
	# of the card alone, for nothing of its own says it
	assert ["Appointment cancelled" in text for text in day.texts()] == [True]


def test_a_deleted_one_is_not_reminded_of(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("appointment-reminder")
	doc = booked(site, sarah)
	assert day.messages(doc) == [("appointment-reminder", "Waiting")]
	site.delete_doc("Appointment", doc.name)
	end_transaction()
	thread = site.db.get_value("Customer Thread", {"party": sarah.name})
	assert site.get_all("Thread Scheduled Message", {"thread": thread}, pluck="state") == ["Ended"]
	assert day.rows(doc) == [], "nothing stays with the number that the next one is given"


def test_it_reminds_of_an_event(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("event-scheduled", "event-reminder")
	doc = meeting(site, [("Customer", sarah.name)])
	assert day.messages(doc) == [("event-reminder", "Waiting"), ("event-scheduled", "Waiting")]
	day.wait(3)
	day.until(nine_before(doc.starts_on))
	assert len(day.texts()) == 2
	day.text("confirmed")
	assert site.db.get_value("Event", doc.name, CONFIRMED)
	day.drag(doc.name, ahead(site, 8))
	assert not site.db.get_value("Event", doc.name, CONFIRMED)


def test_it_tells_of_a_visit_that_is_done(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("visit-finished")
	doc = visit(site, sarah, ahead(site, 0).date())
	assert day.messages(doc) == [], "nothing of a draft"
	doc.submit()
	assert day.messages(doc) == [("visit-finished", "Waiting")]
	day.wait(3)
	assert ["your job is done" in text for text in day.texts()] == [True]


def test_a_paid_invoice_is_not_called_due(site: Any, day: Day, sarah: Customer, item: str) -> None:
	day.switch_on("invoice-due", "invoice-overdue", "invoice-paid")
	due = ahead(site, 5)
	doc = new_invoice(site, sarah, item, due_date=due.date())
	assert day.messages(doc) == [], "nothing of a draft"
	doc.submit()
	assert day.messages(doc) == [("invoice-due", "Waiting"), ("invoice-overdue", "Waiting")]
	pay(site, doc, 4200)
	states = dict(day.messages(doc))
	assert states == {"invoice-due": "Ended", "invoice-overdue": "Ended", "invoice-paid": "Waiting"}
	day.wait(3)
	day.wait(1)
	day.until(nine_before(due))
	assert len([text for text in day.texts() if "we received your payment" in text]) == 1
	assert not [text for text in day.texts() if "is due" in text]


def test_each_payment_is_thanked_for_once(site: Any, day: Day, sarah: Customer, item: str) -> None:
	day.switch_on("invoice-paid", "payment-received")
	doc = new_invoice(site, sarah, item)
	doc.submit()
	end_transaction()
	for number, (amount, more) in enumerate(((1200, 0), (3000, 500)), 1):
		pay(site, doc, amount, more=more)
		day.wait(3)
		day.wait(1)
		assert len([text for text in day.texts() if "we received your payment" in text]) == number


def test_an_open_invoice_is_called_due(site: Any, day: Day, sarah: Customer, item: str) -> None:
	day.switch_on("invoice-due")
	due = ahead(site, 5)
	doc = new_invoice(site, sarah, item, due_date=due.date())
	doc.submit()
	end_transaction()
	day.until(nine_before(due) - 1)
	assert day.texts() == []
	day.until(nine_before(due))
	assert ["is due" in text for text in day.texts()] == [True]


def test_nothing_of_an_import(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("event-scheduled", "event-reminder")
	site.flags.in_import = True
	try:
		doc = meeting(site, [("Customer", sarah.name)])
		end_transaction()
	finally:
		site.flags.in_import = False
	assert day.messages(doc) == []


def test_one_that_waits_moves_along_in_an_import(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("appointment-reminder")
	doc = booked(site, sarah)
	assert day.messages(doc) == [("appointment-reminder", "Waiting")]
	site.flags.in_import = True
	try:
		doc.reload()
		doc.scheduled_time = ahead(site, 7)
		doc.save()
		end_transaction()
	finally:
		site.flags.in_import = False
	waiting = [row.due_us for row in day.rows(doc) if row.state == "Waiting"]
	assert waiting == [nine_before(ahead(site, 7))]


def test_it_follows_its_customer(site: Any, day: Day, sarah: Customer, bob: Customer) -> None:
	day.switch_on("appointment-reminder")
	doc = booked(site, sarah)
	assert day.messages(doc) == [("appointment-reminder", "Waiting")]
	doc.party = bob.name
	doc.save()
	end_transaction()
	threads = {
		row.thread
		for row in site.get_all(
			"Thread Scheduled Message", {"reference_name": doc.name, "state": "Waiting"}, ["thread"]
		)
	}
	assert site.db.get_value("Customer Thread", {"party": sarah.name}) not in threads


def test_what_is_switched_on_later_plans_what_is_still_to_come(site: Any, day: Day, sarah: Customer) -> None:
	soon, over = booked(site, sarah), booked(site, sarah, -3)
	assert day.messages(soon) == []
	day.wait(1)
	day.switch_on("appointment-reminder", "appointment-scheduled")
	tasks.plan_automation("appointment-reminder")
	tasks.plan_automation("appointment-scheduled")
	assert day.messages(soon) == [("appointment-reminder", "Waiting")]
	assert day.messages(over) == []


@pytest.mark.parametrize("is_removed", [False, True], ids=["switched off", "removed"])
def test_what_waits_of_one_that_is_not_there_any_more_is_ended(
	site: Any, day: Day, sarah: Customer, is_removed: bool
) -> None:
	day.switch_on("appointment-reminder")
	doc = booked(site, sarah)
	assert day.messages(doc) == [("appointment-reminder", "Waiting")]
	if is_removed:
		site.delete_doc("Thread Automation", "appointment-reminder")
	else:
		automation = site.get_doc("Thread Automation", "appointment-reminder")
		automation.enabled = 0
		automation.save()
	tasks.plan_automation("appointment-reminder")
	[row] = day.rows(doc)
	assert row.state == "Ended"


def test_two_workers_and_one_that_slept_send_it_once(site: Any, day: Day, sarah: Customer) -> None:
	day.switch_on("appointment-scheduled")
	booked(site, sarah)
	day.wait(3)
	day.work()
	day.work()
	assert len(day.texts()) == 1
	day.switch_on("appointment-reminder")
	doc = booked(site, sarah, 9)
	day.wait(3)
	sent = len(day.texts())
	# a day after the visit
	day.until(site_us(doc.scheduled_time + timedelta(days=1)))
	assert len(day.texts()) == sent
	assert ("appointment-reminder", "Skipped") in day.messages(doc)


def test_only_who_configures_switches_them(site: Any, staff: Any) -> None:
	from customer_thread.api import desk

	staff("Thread Agent")
	assert {one["automation"] for one in desk.automations()} >= {"appointment-reminder"}
	with pytest.raises(NotAllowed):
		desk.switch_automation(automation="appointment-reminder", enabled=1)
	doc = site.get_doc("Thread Automation", "appointment-reminder")
	doc.enabled = 1
	with pytest.raises(site.PermissionError):
		doc.save()
	staff("Thread Manager")
	desk.switch_automation(automation="appointment-reminder", enabled=1)
	assert "Appointment" in automated_types()
	desk.switch_automation(automation="appointment-reminder", enabled=0)
	assert "Appointment" not in automated_types()


def test_the_crew_is_on_its_way(site: Any, day: Day, sarah: Customer) -> None:
	from customer_thread.api import desk

	day.switch_on("appointment-on-the-way")
	doc = booked(site, sarah)
	about = {"reference_doctype": doc.doctype, "reference_name": doc.name, "client_id": str(uuid4())}
	for _press in range(2):
		desk.on_the_way(**about, minutes=20)
	day.work()
	assert ["about 20 minutes" in text for text in day.texts()] == [True]
	[line] = desk.scheduled(reference_doctype=doc.doctype, reference_name=doc.name)["messages"]
	assert line["state"] == "Sent"


@pytest.mark.parametrize(
	("words", "said"),
	[
		("Reply STOP to end this", "STOP"),
		("{{ doc.deposit }}", "doc.deposit"),
		("{% if doc.name == 'x' %}never{% endif %}", "says nothing"),
		("{{ doc.customer_name }} " + "très long · " * 40, "segments"),
	],
)
def test_what_cannot_be_sent_is_not_saved(
	site: Any, day: Day, sarah: Customer, words: str, said: str
) -> None:
	booked(site, sarah)
	doc = {"doctype": "Thread Automation", "title": "TEST", "document_type": "Appointment", "text": words}
	with pytest.raises(site.ValidationError, match=said):
		site.get_doc({**doc, "moment": "By Hand", "channel": "Auto"}).insert()


def test_it_shows_what_it_writes_about_a_document(site: Any, day: Day, sarah: Customer) -> None:
	from customer_thread.api import admin

	doc = booked(site, sarah)
	automation = site.get_doc("Thread Automation", "appointment-reminder").as_dict()
	shown = admin.preview_automation(automation=site.as_json(automation), document=doc.name)
	assert shown["text"].endswith("Reply YES to confirm.")
	assert (shown["segments"], shown["channel"], shown["broken"]) == (1, "SMS", False)
	assert shown["at"] == iso(nine_before(doc.scheduled_time))
	assert shown["when"].endswith("9:00am")
	assert site.db.count("Thread Scheduled Message", {"reference_name": doc.name}) == 0


def test_an_admins_automations_stay_over_migrations(site: Any) -> None:
	mine, switched = "appointment-scheduled", "appointment-reminder"
	site.db.set_value("Thread Automation", mine, {"text": "TEST of mine", "enabled": 1})
	site.db.set_value("Thread Automation", switched, {"enabled": 1, "in_force_since_us": 5})
	shipped = site.db.get_value("Thread Automation", switched, "text")
	for _migration in range(2):
		keep_rules()
		# as Frappe lays its fixtures over them
		for name in (mine, switched):
			site.db.set_value("Thread Automation", name, {"text": "as it ships", "enabled": 0})
		site.db.set_value("Thread Automation", switched, {"text": shipped, "in_force_since_us": 9})
		restore_rules()
	fields = ["text", "enabled", "in_force_since_us"]
	assert site.db.get_value("Thread Automation", mine, fields[:2]) == ("TEST of mine", 1)
	assert site.db.get_value("Thread Automation", switched, fields) == (shipped, 1, 5)
