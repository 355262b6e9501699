"""An invoice falls due: its reminders come once, and none once it is paid."""

from datetime import date, timedelta
from functools import partial

import pytest
from support.automated import SITE, at, automate, pass_time, tick
from support.notified import PUBLIC, texts
from support.persons import BUSINESS, SARAH
from support.world import World

from customer_thread.domain.automations.model import DocumentNow
from customer_thread.domain.cards.new_event import NewEvent
from customer_thread.domain.model import Party
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.times import to_us
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.automations.send_due import due_messages, send_due
from customer_thread.service.cards.record_event import record_event
from customer_thread.service.outgoing import deliver
from customer_thread.store import scheduled_messages
from customer_thread.store.rows import ThreadRow

INVOICE = "Sales Invoice"
OPEN = {"document_type": INVOICE, "condition": "doc.outstanding_amount > 0", "once": 1, "at_time": "09:00"}
DUE = {
	**OPEN,
	"title": "Invoice due",
	"moment": "Date Field",
	"date_field": "due_date",
	"offset_minutes": -1440,
	"valid_until_field": "due_date",
	"ended_by": "Invoice paid",
	"text": "Due {{ doc.due_date | day }}.",
}
OVERDUE = {
	**OPEN,
	"title": "Invoice overdue",
	"moment": "Date Field",
	"date_field": "due_date",
	"offset_minutes": 7 * 1440,
	"ended_by": "Invoice paid",
	"text": "Was due {{ doc.due_date | day }}.",
}
REMINDED, CHASED = "Due Tuesday, May 20.", "Was due Tuesday, May 20."


class Bill:
	"""An invoice of a customer's."""

	def __init__(self, world: World, thread: ThreadRow, due: date) -> None:
		self.world, self.thread = world, thread
		self.reference = Reference(INVOICE, "INV-1")
		self.write(due_date=due, outstanding_amount=100.0)
		self.card("Invoice sent")

	def write(self, **fields: object) -> None:
		"""Change the document."""
		known = self.world.documents.of_now.get(self.reference)
		before = known.document if known else {"doctype": INVOICE, "name": "INV-1"}
		parties = frozenset({Party("Customer", self.thread["party"] or "")})
		now = DocumentNow({**before, **fields}, parties, SITE)
		self.world.documents.of_now[self.reference] = now
		self.world.do(lambda: plan_document(self.world.ports, self.reference))

	def card(self, event_type: str) -> None:
		"""Tell of it."""
		event = NewEvent(
			event_type=event_type,
			title=event_type,
			occurred_us=self.world.clock.us,
			source_key=f"INV-1 {event_type}",
			reference_doctype=INVOICE,
			reference_name="INV-1",
			by_rule=True,
		)
		self.world.do(partial(record_event, self.world.ports, self.thread, event))
		self.world.do(lambda: plan_document(self.world.ports, self.reference))

	@property
	def told(self) -> list[tuple[str, str]]:
		"""Return state and reason of what was planned."""
		rows = scheduled_messages.of_document(self.world.database, self.thread["name"], INVOICE, "INV-1")
		return [(row["state"], row["reason"]) for row in rows]


@pytest.fixture
def sarah(world: World) -> ThreadRow:
	"""Return the thread of one with a phone alone, on a Monday, with both reminders on."""
	world.set(public_url=PUBLIC, mail_from=BUSINESS.email, default_timezone="America/New_York")
	world.clock.us = to_us(at("2025-05-12 12:00"))
	for fields in (DUE, OVERDUE):
		automate(world, **fields)
	return world.customer(SARAH, email="")


@pytest.fixture
def bill(world: World, sarah: ThreadRow) -> Bill:
	"""Return an invoice that is due in a week."""
	return Bill(world, sarah, date(2025, 5, 20))


def test_it_reminds_the_day_before_and_a_week_after_once_each(world: World, bill: Bill) -> None:
	pass_time(world, at("2025-05-19 08:59"), timedelta(hours=6))
	assert texts(world) == []
	pass_time(world, at("2025-05-19 09:01"))
	assert texts(world) == [REMINDED]
	pass_time(world, at("2025-05-27 08:59"), timedelta(hours=6))
	assert texts(world) == [REMINDED]
	pass_time(world, at("2025-06-10 09:00"), timedelta(hours=1))
	assert texts(world) == [REMINDED, CHASED]


def test_paid_an_hour_before_it_is_not_reminded(world: World, bill: Bill) -> None:
	world.clock.us = to_us(at("2025-05-19 08:00"))
	bill.write(outstanding_amount=0.0)
	bill.card("Invoice paid")
	pass_time(world, at("2025-06-10 09:00"), timedelta(hours=1))
	assert texts(world) == []
	assert {state for state, _reason in bill.told} == {"Ended"}


def test_paid_while_nobody_planned_it_is_not_reminded(world: World, bill: Bill) -> None:
	known = world.documents.of_now[bill.reference]
	paid = {**known.document, "outstanding_amount": 0.0}
	world.documents.of_now[bill.reference] = DocumentNow(paid, known.parties, SITE)
	world.clock.us = to_us(at("2025-05-19 09:00"))
	tick(world)
	assert texts(world) == []
	assert ("Ended", "ended: its condition does not hold") in bill.told


def test_paid_between_the_claim_of_the_row_and_the_text_it_is_not_reminded(world: World, bill: Bill) -> None:
	world.clock.us = to_us(at("2025-05-19 09:00"))
	for row in due_messages(world.ports):
		world.do(partial(send_due, world.ports, row))
	bill.write(outstanding_amount=0.0)
	bill.card("Invoice paid")
	for name in deliver.due_deliveries(world.ports):
		assert world.do(partial(deliver.claim_delivery, world.ports, name)) is None
	assert texts(world) == []


def test_given_more_time_after_a_reminder_it_is_not_reminded_again(world: World, bill: Bill) -> None:
	pass_time(world, at("2025-05-19 09:01"), timedelta(hours=6))
	bill.write(due_date=date(2025, 6, 20))
	pass_time(world, at("2025-06-26 12:00"), timedelta(hours=6))
	assert texts(world) == [REMINDED]
	pass_time(world, at("2025-06-27 12:00"), timedelta(hours=1))
	assert texts(world) == [REMINDED, "Was due Friday, June 20."]


def test_due_at_once_and_then_given_time_it_is_reminded(world: World, sarah: ThreadRow) -> None:
	bill = Bill(world, sarah, date(2025, 5, 12))
	assert ("Skipped", "skipped: it was known only after its time") in bill.told
	bill.write(due_date=date(2025, 5, 20))
	pass_time(world, at("2025-05-19 09:00"), timedelta(hours=3))
	assert texts(world) == [REMINDED]


def test_a_day_is_the_customers_own(world: World, bill: Bill) -> None:
	known = world.parties.known
	party = Party("Customer", bill.thread["party"] or "")
	assert known[party].timezone in ("", "America/New_York")
	world.set(default_timezone="Pacific/Chatham")
	world.do(lambda: plan_document(world.ports, bill.reference))
	world.clock.us = to_us(at("2025-05-19 08:59", "Pacific/Chatham"))
	tick(world)
	assert texts(world) == []
	world.clock.us = to_us(at("2025-05-19 09:00", "Pacific/Chatham"))
	tick(world)
	assert texts(world) == [REMINDED]
