"""The schedule, and the pages of single documents: this customer's, in words, and nothing besides."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from support.clock import NOW
from support.persons import BOB
from support.world import World

from customer_thread.domain.errors import NotFound
from customer_thread.domain.portal.documents import Contract, Paid, Payment, PaymentRequest
from customer_thread.domain.portal.pages import OWN_PAGES, Reference
from customer_thread.domain.schedule.agenda import Planned
from customer_thread.domain.times import HOUR, to_utc
from customer_thread.service.portal.read_document import DocumentView, read_document
from customer_thread.service.portal.read_schedule import read_schedule
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

TODAY = to_utc(NOW).date()
INVOICE = Reference("Sales Invoice", "INV-1")
CONTRACT = Contract(
	name="CON-1",
	party_name="Sarah Lee",
	status="Active",
	is_cancelled=False,
	is_signed=True,
	signee="Sarah Lee",
	signed_us=NOW,
	starts=date(2026, 5, 1),
	ends=None,
	terms="<p>One <strong>deck</strong></p>",
)
PAYMENT = Payment(
	name="PAY-1",
	is_cancelled=False,
	day=date(2026, 5, 14),
	amount=Decimal(1500),
	currency="USD",
	mode="Wire Transfer",
	reference_no="TX 7",
	paid=(Paid(INVOICE, Decimal("1000.5")), Paid(Reference("Sales Order", "SO-1"), Decimal(499))),
)
REQUEST = PaymentRequest(
	name="PRQ-1",
	state="To pay",
	day=date(2026, 5, 14),
	amount=Decimal(4200),
	currency="USD",
	reference=INVOICE,
	payment_url="https://pay.example/1",
)


def _put(
	world: World,
	thread: ThreadRow,
	doctype: str,
	one: Contract | Payment | PaymentRequest | Planned,
	name: str = "",
) -> Reference:
	reference = Reference(doctype, name or getattr(one, "name", ""))
	party = party_of(thread)
	assert party is not None
	world.documents.known[party, reference] = one
	return reference


def _facts(view: DocumentView) -> dict[str, list[tuple[str, str | None]]]:
	return {
		fact["label"]: [(value["text"], value["href"]) for value in fact["values"]] for fact in view["facts"]
	}


@pytest.mark.parametrize("doctype", OWN_PAGES.values())
def test_it_answers_alike_for_what_is_not_there_and_what_is_anothers(world: World, doctype: str) -> None:
	sarah, bob = world.customer(), world.customer(BOB, phone="")
	planned = Planned("Visit", "Open", TODAY, reference=Reference(doctype, "X-1"))
	one: dict[str, Contract | Payment | PaymentRequest] = {
		"Contract": replace(CONTRACT, name="X-1"),
		"Payment Entry": replace(PAYMENT, name="X-1"),
		"Payment Request": replace(REQUEST, name="X-1"),
	}
	reference = _put(world, bob, doctype, one.get(doctype, planned), "X-1")
	assert read_document(world.ports, bob, reference)["title"]
	said = set()
	for asked in (reference, Reference(doctype, "nobody's")):
		with pytest.raises(NotFound) as refused:
			read_document(world.ports, sarah, asked)
		said.add(str(refused.value))
	assert said == {"This document is not there."}


def test_it_shows_a_contract(world: World) -> None:
	sarah = world.customer()
	view = read_document(world.ports, sarah, _put(world, sarah, "Contract", CONTRACT))
	assert (view["title"], view["state"], view["back"]["href"]) == ("Contract #CON-1", "Active", "/messages")
	assert _facts(view)["With"] == [("Sarah Lee", None)]
	assert _facts(view)["Begins"] == [("Fri May 1, 2026", None)]
	assert _facts(view)["Signature"][0][0].startswith("Signed by Sarah Lee — ")
	assert "Ends" not in _facts(view)
	assert view["text"].__html__() == "<p>One <strong>deck</strong></p>"


@pytest.mark.parametrize(
	("change", "state", "signature"),
	[
		({"status": "Unsigned", "is_signed": False}, "Not signed yet", "Not signed yet"),
		({"status": "Inactive", "signed_us": None}, "Not active", "Signed by Sarah Lee"),
		({"is_cancelled": True, "signee": "", "signed_us": None}, "Cancelled", "Signed"),
	],
)
def test_it_says_how_a_contract_stands(
	world: World, change: dict[str, object], state: str, signature: str
) -> None:
	sarah = world.customer()
	contract = replace(CONTRACT, **change)  # type: ignore[arg-type]
	view = read_document(world.ports, sarah, _put(world, sarah, "Contract", contract))
	assert (view["state"], _facts(view)["Signature"]) == (state, [(signature, None)])


def test_it_shows_a_payment_and_what_it_pays(world: World) -> None:
	sarah = world.customer()
	reference = _put(world, sarah, "Payment Entry", PAYMENT)
	world.documents.closed.add(Reference("Sales Order", "SO-1"))
	view = read_document(world.ports, sarah, reference)
	assert (view["title"], view["state"]) == ("Payment #PAY-1", "Received")
	assert _facts(view) == {
		"Amount": [("$1,500", None)],
		"Day": [("Thu May 14, 2026", None)],
		"Paid by": [("Wire Transfer", None)],
		"Reference": [("TX 7", None)],
		"For": [("Invoice #INV-1 — $1,000.50", "/invoices/INV-1"), ("Order #SO-1 — $499", None)],
	}
	_put(
		world, sarah, "Payment Entry", replace(PAYMENT, is_cancelled=True, mode="", reference_no="", paid=())
	)
	cancelled = read_document(world.ports, sarah, reference)
	assert cancelled["state"] == "Cancelled"
	assert list(_facts(cancelled)) == ["Amount", "Day"]


def test_it_shows_where_a_payment_is_made_while_it_can_be(world: World) -> None:
	sarah = world.customer()
	reference = _put(world, sarah, "Payment Request", REQUEST)
	view = read_document(world.ports, sarah, reference)
	assert (view["title"], view["state"]) == ("Payment request", "To pay")
	assert view["action"] == {"href": "https://pay.example/1", "label": "Pay now"}
	assert _facts(view)["For"] == [("Invoice #INV-1", "/invoices/INV-1")]
	_put(world, sarah, "Payment Request", replace(REQUEST, state="Paid", payment_url="", reference=None))
	paid = read_document(world.ports, sarah, reference)
	assert (paid["state"], paid["action"], list(_facts(paid))) == ("Paid", None, ["Amount", "Day"])


def test_it_shows_an_appointment(world: World) -> None:
	sarah = world.customer()
	reference = Reference("Appointment", "APMT-1")
	planned = Planned("Appointment", "Open", TODAY, NOW + HOUR, reference=reference)
	view = read_document(world.ports, sarah, _put(world, sarah, "Appointment", planned, "APMT-1"))
	assert (view["title"], view["state"], view["back"]["href"]) == ("Appointment", "Scheduled", "/schedule")
	assert list(_facts(view)) == ["Day", "Time"]


def test_it_shows_a_schedule(world: World) -> None:
	sarah, bob = world.customer(), world.customer(BOB, phone="")
	visit = Reference("Maintenance Visit", "MV/1")
	_put(world, sarah, "", Planned("Appointment", "Open", TODAY, NOW + HOUR, NOW + 2 * HOUR), "1")
	_put(world, sarah, "", Planned("Visit", "Done", TODAY - timedelta(days=9), reference=visit), "2")
	page = read_schedule(world.ports, sarah)
	assert [(one["kind"], one["state"], one["url"]) for one in page["coming"]] == [
		("Appointment", "Scheduled", None)
	]
	assert [(one["kind"], one["time"], one["state"], one["url"]) for one in page["past"]] == [
		("Visit", "", "Done", "/messages/visits/MV/1")
	]
	assert set(page["past"][0]) == {"kind", "date", "day", "time", "state", "is_cancelled", "url", "calendar"}
	assert read_schedule(world.ports, bob)["past"] == []
