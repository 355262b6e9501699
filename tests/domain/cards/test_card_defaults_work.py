"""The default rules for contracts, appointments, visits, projects, payments and deliveries, and their traps."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support.card_helpers import DOCUMENTS, NOT_SUBMITTABLE, SARAH, STAFF, History, said

from customer_thread.domain.cards.model import EarlierCard
from customer_thread.domain.model import Party

INVOICE = "ACC-SINV-2026-02041"
INVOICE_URL = f"/invoices/{INVOICE}"


def test_it_tells_of_a_contract() -> None:
	contract = History("contract")
	(delivered,) = contract.submit()
	assert delivered.title == "Contract #CON-2026-00005 delivered"
	assert delivered.url == "/messages/contracts/CON-2026-00005"
	(signed,) = contract.save(is_signed="1", status="Active", signed_on="2026-05-06 18:02:11")
	assert (signed.event_type, signed.occurred) == ("Contract signed", "2026-05-06 18:02:11")
	assert contract.save(fulfilment_status="Unfulfilled") == []
	assert [card.event_type for card in contract.cancel()] == ["Contract cancelled"]
	assert contract.void == ["Contract delivered", "Contract signed"]


def test_it_tells_a_contract_signed_before_it_was_submitted() -> None:
	contract = History("contract", is_signed=1, signed_on=datetime.fromisoformat("2026-05-06 18:02:11"))
	cards = contract.submit()
	cards += contract.report("Saved", {**contract.now, "docstatus": 0})
	assert [card.event_type for card in cards] == ["Contract delivered", "Contract signed"]


@pytest.mark.parametrize("party_type", ["Supplier", "Employee"])
def test_it_tells_nobody_of_contracts_with_others(party_type: str) -> None:
	assert History("contract", party_type=party_type).submit() == []


def test_it_tells_an_appointment_and_each_move_once() -> None:
	visit = History("appointment", scheduled_time=datetime.fromisoformat("2026-05-14 08:00:00"))
	(booked,) = visit.create()
	assert booked.title == "Appointment scheduled — Thu May 14, 8:00am"
	assert (booked.url, booked.party) == ("/messages/appointments/APMT-Sarah%20Lee-0012", SARAH)
	# the form hands in text where the database had a datetime
	assert visit.save(scheduled_time="2026-05-14 08:00:00") == []
	assert visit.save(calendar_event="EV00028", customer_details="Two dogs") == []
	moves = ["2026-05-15 13:30:00", "2026-05-14 08:00:00", "2026-05-15 13:30:00"]
	titles = [card.title for move in moves for card in visit.save(scheduled_time=move)]
	assert titles == [
		"Appointment moved — now Fri May 15, 1:30pm",
		"Appointment moved — now Thu May 14, 8:00am",
		"Appointment moved — now Fri May 15, 1:30pm",
	]
	assert [card.void for card in visit.earlier] == [True, True, True, False]


def test_it_tells_an_appointment_that_is_closed_before_its_time_as_cancelled() -> None:
	visit = History("appointment")
	visit.create()
	(card,) = visit.save(status="Closed")
	assert (card.event_type, card.title) == (
		"Appointment cancelled",
		"Appointment cancelled — Thu May 14, 8:00am",
	)
	assert visit.void == ["Appointment scheduled"]
	(again,) = visit.save(status="Open", scheduled_time="2026-05-15 09:00:00")
	assert again.title == "Appointment scheduled — Fri May 15, 9:00am"
	assert [card.void for card in visit.earlier] == [True, True, False]
	# whoever moves and closes it calls off what the customer knows
	(card,) = visit.save(status="Closed", scheduled_time="2026-05-20 09:00:00")
	assert card.title == "Appointment cancelled — Fri May 15, 9:00am"
	assert len(visit.save(status="Open")) == 1
	visit.clock = "2026-05-20 09:00:00"
	assert visit.save(status="Closed") + visit.save(status="Open") == []


def test_it_takes_an_appointment_that_is_closed_later_for_done() -> None:
	visit = History("appointment")
	visit.create()
	visit.clock = "2026-05-14 08:00:00"
	assert visit.save(status="Closed") + visit.save(status="Open") == []
	# but not one whose Event is cancelled
	assert [card.event_type for card in visit.save(status="Cancelled")] == ["Appointment cancelled"]
	assert visit.save(status="Closed") == []


def test_it_never_cancels_what_nobody_was_told_of() -> None:
	booking = History("appointment", owner="Guest", modified_by="Guest")
	assert booking.create(by_staff=False) == []
	assert booking.save(status="Closed", modified_by=STAFF) == []
	assert booking.save(by_staff=False, status="Open") + booking.save(status="Closed") == []
	assert [card.event_type for card in booking.save(status="Open")] == ["Appointment scheduled"]


def test_it_moves_no_appointment_that_is_called_off() -> None:
	visit = History("appointment")
	visit.create()
	visit.save(status="Cancelled")
	assert visit.save(scheduled_time="2026-05-16 08:00:00") == []
	assert [card.title for card in visit.save(status="Open")] == [
		"Appointment scheduled — Sat May 16, 8:00am"
	]


def test_it_tells_no_one_of_a_guests_booking_until_staff_accept_it() -> None:
	booking = History("appointment", owner="Guest", modified_by="Guest")
	assert booking.create(by_staff=False) == []
	assert booking.save(by_staff=False, calendar_event="EV00029") == []
	assert booking.save(by_staff=False, scheduled_time="2026-05-20 09:00:00") == []
	(card,) = booking.save(modified_by=STAFF)
	assert card.title == "Appointment scheduled — Wed May 20, 9:00am"
	assert booking.save(modified_by="dave@mikescontracting.com") == []


def test_it_tells_no_one_of_a_booking_with_someone_elses_mail_address() -> None:
	booking = History("appointment", owner="bob@example.com", modified_by="bob@example.com")
	assert booking.create(by_staff=False) == []
	own = History("appointment", owner="sarah@example.com", modified_by="sarah@example.com")
	assert len(own.create(by_staff=False)) == 1


@pytest.mark.parametrize("status", ["Open", "Unverified"])
def test_it_tells_a_new_lead_when_the_mail_link_confirms(status: str) -> None:
	booking = History(
		"appointment", owner="Guest", modified_by="Guest", appointment_with="Lead", party=None, status=status
	)
	assert booking.create(by_staff=False) == []
	(card,) = booking.save(by_staff=False, status="Open", party="CRM-LEAD-2026-00003")
	assert (card.event_type, card.party) == ("Appointment scheduled", Party("Lead", "CRM-LEAD-2026-00003"))


def test_it_tells_an_unverified_appointment_when_it_opens() -> None:
	booking = History("appointment", status="Unverified", owner="Guest", modified_by="Guest")
	assert booking.create(by_staff=False) == []
	assert len(booking.save(status="Open")) == 1
	booked = History("appointment")
	booked.create()
	assert booked.save(status="Unverified") + booked.save(status="Open") == []


@pytest.mark.parametrize("status", ["Closed", "Unverified"])
def test_it_tells_no_appointment_that_is_not_open(status: str) -> None:
	own = History("appointment", status=status)
	assert own.create() == []
	guests = History("appointment", status=status, owner="Guest", modified_by="Guest", party=None)
	assert guests.save(party="Sarah Lee") + guests.save(modified_by=STAFF) == []


@pytest.mark.parametrize("file", ["appointment", "event"])
def test_what_is_moved_is_not_confirmed_any_more(file: str) -> None:
	visit = History(file)
	visit.create()
	thread = visit.earlier[-1].thread
	visit.earlier = (*visit.earlier, EarlierCard("event:yes", "Appointment confirmed", thread=thread))
	assert visit.save(scheduled_time="2026-05-20 09:00:00", starts_on="2026-05-20 09:00:00")
	assert visit.void == ["Appointment scheduled", "Appointment confirmed"]


def test_it_takes_only_staff_for_the_one_who_accepts() -> None:
	booking = History("appointment", owner="Guest", modified_by="Guest")
	assert booking.save(by_staff=False, modified_by="bob@example.com") == []


def test_it_tells_an_event_in_its_own_words() -> None:
	event = History("event")
	(card,) = event.create()
	assert (card.title, card.party) == ("Appointment scheduled — Mon May 18, 4:12pm", SARAH)
	assert [card.title for card in event.save(starts_on="2026-05-19 09:05:00")] == [
		"Appointment moved — now Tue May 19, 9:05am"
	]
	assert event.void == ["Appointment scheduled"]
	assert [card.title for card in event.save(status="Cancelled")] == [
		"Appointment cancelled — Tue May 19, 9:05am"
	]
	assert [card.void for card in event.earlier] == [True, True, False]
	assert [card.title for card in event.save(status="Open")] == [
		"Appointment scheduled — Tue May 19, 9:05am"
	]
	assert [card.void for card in event.earlier] == [True, True, True, False]


def test_it_tells_an_event_of_a_whole_day_without_an_hour() -> None:
	event = History("event", all_day=1, starts_on="2026-05-18 00:00:00")
	cards = event.create() + event.save(starts_on=datetime.fromisoformat("2026-05-19 00:00:00"))
	cards += event.save(status="Cancelled", starts_on="2026-05-20 00:00:00") + event.save(status="Open")
	assert [card.title for card in cards] == [
		"Appointment scheduled — Mon May 18",
		"Appointment moved — now Tue May 19",
		"Appointment cancelled — Tue May 19",
		"Appointment scheduled — Wed May 20",
	]


@pytest.mark.parametrize(
	"trap",
	[
		{"subject": "Appointment with Sarah Lee"},
		{"event_category": "Call"},
		{"event_participants": []},
		{"event_participants": [{"reference_doctype": "Employee", "reference_docname": "HR-EMP-00002"}]},
		{"event_participants": [{"reference_doctype": "Lead", "reference_docname": "CRM-LEAD-1"}]},
		{"status": "Closed"},
	],
)
def test_it_tells_nothing_of_events_that_are_not_with_a_customer(trap: dict[str, Any]) -> None:
	event = History("event", **trap)
	cards = event.create() + event.save(starts_on="2026-05-19 09:05:00")
	assert cards + event.save(status="Cancelled") == []


def test_it_moves_no_event_that_is_over() -> None:
	event = History("event")
	event.create()
	assert event.save(status="Completed") + event.save(starts_on="2026-05-19 09:05:00") == []


@pytest.mark.parametrize(
	("status", "words"), [("Fully Completed", "done"), ("Partially Completed", "partly done")]
)
def test_it_tells_a_visit(status: str, words: str) -> None:
	visit = History("maintenance_visit", completion_status=status)
	url = f"/messages/visits/{visit.now['name']}"
	assert said(visit.submit()) == [("Visit done", f"Visit on Thu May 14 {words}", "", url)]
	assert [card.title for card in visit.cancel()] == ["Visit on Thu May 14 taken back"]
	assert visit.void == ["Visit done"]


def test_it_tells_a_projects_status_and_no_figures() -> None:
	project = History("project")
	assert project.create() == []
	assert project.save(total_costing_amount=9999.0, percent_complete=95.0) == []
	done = project.save(status="Completed")
	assert said(done) == [("Project completed", "Deck Replacement Project — completed", "", "")]
	assert [card.event_type for card in project.save(status="Open")] == ["Project reopened"]
	assert project.void == ["Project completed"]
	assert [card.event_type for card in project.save(status="Completed")] == ["Project completed"]
	assert [card.title for card in project.save(status="Cancelled")] == [
		"Deck Replacement Project — cancelled"
	]
	assert History("project", status="Cancelled").create() == []
	assert History("project", customer=None).save(status="Completed") == []
	assert History("project", status="Completed").create() == []


def test_it_tells_a_payment_and_a_refund() -> None:
	payment = History("payment_entry", references=[])
	url = "/messages/payments/ACC-PAY-2026-00044"
	assert said(payment.submit()) == [
		("Payment received", "Payment #ACC-PAY-2026-00044 received", "1000", url)
	]
	assert [card.event_type for card in payment.cancel()] == ["Payment cancelled"]
	assert payment.void == ["Payment received"]
	paid = {"payment_type": "Pay", "received_amount": 250.0, "paid_to_account_currency": "USD"}
	refund = History("payment_entry", references=[], **paid)
	assert said(refund.submit()) == [("Refund paid", "Refund #ACC-PAY-2026-00044 paid", "250", "")]
	assert [card.event_type for card in refund.cancel()] == ["Refund cancelled"]


@pytest.mark.parametrize(
	"trap", [{"payment_type": "Internal Transfer"}, {"party_type": "Supplier"}, {"party": None}]
)
def test_it_tells_no_customer_of_other_payments(trap: dict[str, Any]) -> None:
	assert History("payment_entry", **trap).submit() == []


@pytest.mark.parametrize(
	("kind", "side", "told", "taken_back"),
	[
		("Bank Entry", "credit", "Payment received", "Payment cancelled"),
		("Cash Entry", "debit", "Refund paid", "Refund cancelled"),
		("Journal Entry", "credit", "Account credited", "Credit taken back"),
		("Debit Note", "debit", "Account charged", "Charge taken back"),
		("Opening Entry", "credit", None, None),
		("Exchange Gain Or Loss", "debit", None, None),
		("Write Off Entry", "credit", None, None),
		("Contra Entry", "credit", None, None),
	],
)
def test_it_tells_what_an_entry_does_to_an_account(
	kind: str, side: str, told: str | None, taken_back: str | None
) -> None:
	rows = [
		{"party_type": "", "party": "", "credit_in_account_currency": 0, "debit_in_account_currency": 500},
		*(
			{
				"party_type": "Customer",
				"party": name,
				"account_currency": "USD",
				"credit_in_account_currency": amount * (side == "credit"),
				"debit_in_account_currency": amount * (side == "debit"),
			}
			for name, amount in (("Sarah Lee", 300.5), ("Bob", 70), ("Sarah Lee", 200))
		),
	]
	entry = History("journal_entry", voucher_type=kind, accounts=rows)
	cards = entry.submit()
	assert [(card.event_type, card.party, card.amount, card.currency) for card in cards] == (
		[(told, SARAH, Decimal("500.5"), "USD"), (told, Party("Customer", "Bob"), 70, "USD")] if told else []
	)
	assert [card.event_type for card in entry.cancel()] == ([taken_back] * 2 if taken_back else [])
	assert entry.void == ([told] * 2 if told else [])


def test_it_tells_of_no_entry_between_accounts_of_customers() -> None:
	row = {"party_type": "Customer", "party": "Sarah Lee", "account_currency": "USD"}
	rows = [
		{**row, "credit_in_account_currency": 100, "debit_in_account_currency": 0},
		{**row, "credit_in_account_currency": 0, "debit_in_account_currency": 100},
	]
	assert History("journal_entry", accounts=rows).submit() == []


def test_it_asks_for_a_payment_and_reminds_of_one() -> None:
	asked = History("payment_request")
	title = f"Payment request for invoice #{INVOICE}"
	assert said(asked.submit()) == [("Payment requested", title, "4200", INVOICE_URL)]
	assert [card.event_type for card in asked.cancel()] == ["Payment request cancelled"]
	assert asked.void == ["Payment requested"]
	payable = History("payment_request", payment_url="https://pay.example/1")
	assert [card.url for card in payable.submit()] == ["/messages/payment-requests/ACC-PRQ-2026-00003"]
	assert History("payment_request", payment_request_type="Outward").submit() == []
	reminder = History("dunning")
	title = f"Payment reminder for invoice #{INVOICE}"
	assert said(reminder.submit()) == [("Payment reminder", title, "4250", INVOICE_URL)]
	assert [card.event_type for card in reminder.cancel()] == ["Payment reminder taken back"]
	two = History(
		"dunning", overdue_payments=[{"sales_invoice": "A"}, {"sales_invoice": "B"}, {"sales_invoice": "A"}]
	)
	assert said(two.submit()) == [("Payment reminder", "Payment reminder", "4250", "")]


def test_it_tells_a_delivery_but_no_return() -> None:
	delivery = History("delivery_note")
	url = "/shipments/MAT-DN-2026-00009"
	title = "Delivery #MAT-DN-2026-00009 is on its way"
	assert said(delivery.submit()) == [("Delivery shipped", title, "", url)]
	assert [card.event_type for card in delivery.cancel()] == ["Delivery cancelled"]
	assert delivery.void == ["Delivery shipped"]
	for trap in ({"is_return": 1}, {"is_internal_customer": 1}):
		back = History("delivery_note", **trap)
		assert back.submit() + back.cancel() == []


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.json")), ids=lambda path: path.stem)
def test_it_makes_no_card_of_a_draft(path: Path) -> None:
	draft = History(path.stem, docstatus=0, status="Draft", is_signed=1)
	if draft.now["doctype"] in NOT_SUBMITTABLE:
		return
	assert draft.create() + draft.save(status="Paid") + draft.save(status="Ordered") == []
	# whatever it is told, a draft stays one
	assert draft.report("Submitted", None) == []
