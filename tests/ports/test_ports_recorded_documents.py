"""Documents of the embedded host: appointments as they were given to it, and what cards tell of the rest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.clock import NOW

from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.appointment import Appointment
from customer_thread.domain.times import DAY, HOUR, to_us
from customer_thread.service.cards.record_event import record_event
from customer_thread.standalone.add_customer import add_customer
from customer_thread.standalone.wiring import Host
from customer_thread.store import threads

BERLIN = ZoneInfo("Europe/Berlin")
STARTS = datetime(2027, 3, 28, 9, 30, tzinfo=BERLIN)
VISIT = Appointment("V/1", "CUST-1", "Deck", to_us(STARTS), to_us(STARTS) + 2 * HOUR, "Scheduled")
REFERENCE = Reference("Appointment", "V/1")


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
	"""Return a business in Berlin."""
	made = Host(tmp_path / "data")
	made.settings_store.save({"default_timezone": "Europe/Berlin"})
	yield made
	made.database.close()


def kept(host: Host, appointment: Appointment) -> Appointment | None:
	with host.database.transaction():
		return host.ports.documents.keep_appointment(appointment)


def test_an_appointment_is_as_it_was_given_last(host: Host) -> None:
	assert kept(host, VISIT) is None
	before = kept(host, replace(VISIT, title="New deck", state="Cancelled"))
	assert before
	assert replace(before, cards=0) == VISIT
	now = host.ports.documents.current(REFERENCE)
	assert now
	assert (now.zone, now.parties) == (BERLIN, frozenset({Party("Customer", "CUST-1")}))
	# as ERPNext has it: naive, in the business's own zone
	assert now.document["scheduled_time"] == datetime(2027, 3, 28, 9, 30)  # noqa: DTZ001
	assert now.document["subject"] == "New deck"
	assert now.document["status"] != "Open"
	assert now.document["docstatus"] == 0


@pytest.mark.parametrize(("state", "status"), [("Scheduled", "Open"), ("Done", "Closed")])
def test_its_status_is_a_word_that_conditions_know(host: Host, state: Any, status: str) -> None:  # noqa: ANN401
	kept(host, replace(VISIT, state=state))
	now = host.ports.documents.current(REFERENCE)
	assert now
	assert now.document["status"] == status


def test_it_is_planned_for_its_customer_alone(host: Host) -> None:
	kept(host, VISIT)
	documents, other = host.ports.documents, Party("Customer", "CUST-2")
	[planned] = documents.planned(Party("Customer", "CUST-1"), NOW)
	assert (planned.kind, planned.state, planned.day) == ("Appointment", "Open", STARTS.date())
	assert (planned.starts_us, planned.ends_us) == (VISIT.starts_us, VISIT.ends_us)
	assert documents.planned_one(Party("Customer", "CUST-1"), REFERENCE) == planned
	assert documents.planned(other, NOW) == []
	assert documents.planned_one(other, REFERENCE) is None
	elsewhere = Reference("Sales Invoice", "V/1")
	assert documents.openable(other, {REFERENCE, elsewhere}) == {elsewhere}
	assert documents.openable(Party("Customer", "CUST-1"), {REFERENCE}) == {REFERENCE}


def test_a_yes_lasts_until_it_is_at_another_time(host: Host) -> None:
	def confirmed() -> int:
		[row] = host.database.select("SELECT confirmed_us FROM appointment")
		return int(row["confirmed_us"])

	kept(host, VISIT)
	with host.database.transaction():
		host.ports.documents.confirm(REFERENCE, NOW)
	kept(host, replace(VISIT, title="New deck"))
	assert confirmed() == NOW
	kept(host, replace(VISIT, starts_us=VISIT.starts_us + DAY, ends_us=0))
	assert confirmed() == 0


class Invoices:
	"""One customer's cards of documents."""

	def __init__(self, host: Host) -> None:
		self.host, self.count = host, 0
		self.customer = add_customer(host, "Sarah Lee")

	def tell(self, doctype: str, event_type: str, **given: Any) -> dict[str, Any]:  # noqa: ANN401
		"""Write a card of document 7 and return the document as it is then."""
		self.count += 1
		thread = threads.require_of(self.host.database, Party("Customer", self.customer))
		event = NewEvent(
			event_type=event_type,
			title=f"{event_type} 7",
			occurred_us=NOW + self.count,
			source_key=str(self.count),
			reference_doctype=doctype,
			reference_name="7",
			**given,
		)
		with self.host.database.transaction():
			record_event(self.host.ports, thread, event)
		now = self.host.ports.documents.current(Reference(doctype, "7"))
		assert now
		assert now.parties == frozenset({Party("Customer", self.customer)})
		assert now.is_cancelled == (now.document["docstatus"] == 2)
		return dict(now.document)


def test_an_invoice_is_open_until_a_card_says_otherwise(host: Host) -> None:
	invoices = Invoices(host)
	sent = invoices.tell("Sales Invoice", "Invoice sent", amount=420, currency="USD", due_date="2027-04-01")
	assert (sent["status"], sent["outstanding_amount"], sent["due_date"]) == ("Unpaid", 420, "2027-04-01")
	assert (sent["grand_total"], sent["currency"], sent["docstatus"]) == (420, "USD", 1)
	paid = invoices.tell("Sales Invoice", "Invoice paid", amount=420, currency="USD")
	assert (paid["status"], paid["outstanding_amount"], paid["due_date"]) == ("Paid", 0, "2027-04-01")
	# the card of the payment is taken back, not the invoice
	ended = invoices.tell("Sales Invoice", "Invoice cancelled")
	assert (ended["status"], ended["outstanding_amount"], ended["docstatus"]) == ("Cancelled", 0, 2)


@pytest.mark.parametrize(
	("event_type", "status"),
	[
		("Estimate shared", "Open"),
		("Estimate approved", "Ordered"),
		("Estimate declined", "Lost"),
		("Estimate cancelled", "Cancelled"),
	],
)
def test_an_estimate_has_the_words_of_a_quotation(host: Host, event_type: str, status: str) -> None:
	assert Invoices(host).tell("Quotation", event_type)["status"] == status


def test_what_nobody_knows_is_as_its_newest_card_says(host: Host) -> None:
	assert Invoices(host).tell("Payment Entry", "Payment received")["status"] == "Payment received"
