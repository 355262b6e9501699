"""What the page of one contract, appointment, visit, payment or payment request is rendered from."""

from datetime import date
from typing import TypedDict

from markupsafe import Markup

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.domain.portal.documents import Contract, Payment, PaymentRequest
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import Planned, split
from customer_thread.domain.wording import Reader, money, short_date, time_of_day
from customer_thread.service.portal.frame import FrameView, Link, frame
from customer_thread.service.portal.read_page import ROUTE as MESSAGES
from customer_thread.service.portal.read_schedule import ROUTE as SCHEDULE
from customer_thread.service.portal.read_schedule import planned_view
from customer_thread.service.ports import Ports
from customer_thread.service.reading.links import address_of
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

PLANNED = ("Appointment", "Maintenance Visit")


class FactValue(TypedDict):
	"""What a document says of something, and where that leads if the customer can open it."""

	text: str
	href: str | None


class Fact(TypedDict):
	"""A line of a document's page."""

	label: str
	values: list[FactValue]


class DocumentWords(TypedDict):
	"""A document in words; nothing else of it is ever shown."""

	title: str
	state: str
	is_cancelled: bool
	facts: list[Fact]
	#: a contract's terms, as HTML that is safe; empty for anything else
	text: Markup
	#: what the customer can do about it
	action: Link | None
	#: an appointment's file for a calendar
	calendar: str | None


class DocumentView(FrameView, DocumentWords):
	"""The page of a document."""

	back: Link


def read_document(ports: Ports, thread: ThreadRow, reference: Reference) -> DocumentView:
	"""Return the page. Raise NotFound, in the same words for what is not there and what is not theirs."""
	info = info_of(ports.parties, thread)
	reader = reader_of(ports, thread, info)
	party = party_of(thread)
	_ = ports.translate
	words = _words(ports, party, reference, reader) if party else None
	if words is None:
		raise NotFound("This document is not there.")
	if reference.doctype in PLANNED:
		route, label = SCHEDULE, _("Back to your schedule")
	else:
		route, label = MESSAGES, _("Back to your messages")
	return {
		**frame(ports, thread, info, reader, route),
		**words,
		"back": {"href": route, "label": label},
	}


def _words(ports: Ports, party: Party, reference: Reference, reader: Reader) -> DocumentWords | None:
	if reference.doctype == "Contract":
		contract = ports.documents.contract(party, reference.name)
		return _contract(contract, reader) if contract else None
	if reference.doctype == "Payment Entry":
		payment = ports.documents.payment(party, reference.name)
		return _payment(ports, party, payment, reader) if payment else None
	if reference.doctype == "Payment Request":
		request = ports.documents.payment_request(party, reference.name)
		return _payment_request(ports, party, request, reader) if request else None
	planned = ports.documents.planned_one(party, reference)
	if planned is None:
		return None
	return _planned(planned, reader)


def _planned(planned: Planned, reader: Reader) -> DocumentWords:
	coming, _past = split([planned], reader)
	view = planned_view(planned, reader, is_coming=bool(coming))
	_ = reader.translate
	return {
		"title": view["kind"],
		"state": view["state"],
		"is_cancelled": view["is_cancelled"],
		"facts": _facts((_("Day"), view["day"]), (_("Time"), view["time"])),
		"text": Markup(),
		"action": None,
		"calendar": view["calendar"],
	}


def _contract(contract: Contract, reader: Reader) -> DocumentWords:
	_ = reader.translate
	states = {"Unsigned": _("Not signed yet"), "Active": _("Active"), "Inactive": _("Not active")}
	facts = _facts(
		(_("With"), contract.party_name),
		(_("Begins"), _date(contract.starts, reader)),
		(_("Ends"), _date(contract.ends, reader)),
		(_("Signature"), _signature(contract, reader)),
	)
	return {
		"title": _("Contract #{0}").format(contract.name),
		"state": _("Cancelled") if contract.is_cancelled else states.get(contract.status, ""),
		"is_cancelled": contract.is_cancelled,
		"facts": facts,
		"text": Markup(contract.terms),  # noqa: S704 - the port promises that nothing in it acts
		"action": None,
		"calendar": None,
	}


def _signature(contract: Contract, reader: Reader) -> str:
	_ = reader.translate
	if not contract.is_signed:
		return _("Not signed yet")
	who = _("Signed by {0}").format(contract.signee) if contract.signee else _("Signed")
	if contract.signed_us is None:
		return who
	day = _date(reader.local(contract.signed_us).date(), reader)
	return f"{who} — {day}, {time_of_day(contract.signed_us, reader)}"


def _payment(ports: Ports, party: Party, payment: Payment, reader: Reader) -> DocumentWords:
	_ = reader.translate
	opened = ports.documents.openable(party, [paid.reference for paid in payment.paid])
	paid_for: list[FactValue] = [
		{
			"text": f"{_called(paid.reference, reader)} — {money(paid.amount, payment.currency, reader.locale)}",
			"href": address_of(paid.reference) if paid.reference in opened else None,
		}
		for paid in payment.paid
	]
	facts = _facts(
		(_("Amount"), money(payment.amount, payment.currency, reader.locale)),
		(_("Day"), _date(payment.day, reader)),
		(_("Paid by"), payment.mode),
		(_("Reference"), payment.reference_no),
	)
	if paid_for:
		facts.append({"label": _("For"), "values": paid_for})
	return {
		"title": _("Payment #{0}").format(payment.name),
		"state": _("Cancelled") if payment.is_cancelled else _("Received"),
		"is_cancelled": payment.is_cancelled,
		"facts": facts,
		"text": Markup(),
		"action": None,
		"calendar": None,
	}


def _called(reference: Reference, reader: Reader) -> str:
	_ = reader.translate
	names = {"Sales Invoice": _("Invoice #{0}"), "Sales Order": _("Order #{0}")}
	return names[reference.doctype].format(reference.name)


def _payment_request(ports: Ports, party: Party, request: PaymentRequest, reader: Reader) -> DocumentWords:
	_ = reader.translate
	states = {
		"To pay": _("To pay"),
		"Partly paid": _("Partly paid"),
		"Paid": _("Paid"),
		"Cancelled": _("Cancelled"),
	}
	facts = _facts(
		(_("Amount"), money(request.amount, request.currency, reader.locale)),
		(_("Day"), _date(request.day, reader)),
	)
	if request.reference:
		opened = ports.documents.openable(party, [request.reference])
		href = address_of(request.reference) if opened else None
		facts.append(
			{"label": _("For"), "values": [{"text": _called(request.reference, reader), "href": href}]}
		)
	return {
		"title": _("Payment request"),
		"state": states[request.state],
		"is_cancelled": request.state == "Cancelled",
		"facts": facts,
		"text": Markup(),
		"action": {"href": request.payment_url, "label": _("Pay now")} if request.payment_url else None,
		"calendar": None,
	}


def _facts(*facts: tuple[str, str]) -> list[Fact]:
	"""Return those of (label, text) that say something."""
	return [{"label": label, "values": [{"text": text, "href": None}]} for label, text in facts if text]


def _date(day: date | None, reader: Reader) -> str:
	return short_date(day, reader, weekday=True, year=True) if day else ""
