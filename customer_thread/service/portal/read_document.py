"""What the page of one contract, appointment, visit or payment is rendered from."""

from datetime import date
from typing import Any

from markupsafe import Markup

from customer_thread.domain.errors import NotFound
from customer_thread.domain.model import Party
from customer_thread.domain.portal.documents import Contract, Payment
from customer_thread.domain.portal.pages import Reference
from customer_thread.domain.schedule.agenda import split
from customer_thread.domain.wording import Reader, money, short_date, time_of_day
from customer_thread.service.portal.read_page import frame
from customer_thread.service.portal.read_schedule import ROUTE as SCHEDULE
from customer_thread.service.portal.read_schedule import planned_view
from customer_thread.service.ports import Ports
from customer_thread.service.reading.links import address_of
from customer_thread.service.reading.reader import info_of, reader_of
from customer_thread.store.rows import ThreadRow
from customer_thread.store.threads import party_of

View = dict[str, Any]
PLANNED = ("Appointment", "Maintenance Visit")


def read_document(ports: Ports, thread: ThreadRow, reference: Reference) -> View:
	"""Return the page. Raise NotFound, in the same words for what is not there and what is not his."""
	info = info_of(ports, thread)
	reader = reader_of(ports, thread, info)
	party = party_of(thread)
	_ = ports.translate
	view = _view(ports, party, reference, reader) if party else None
	if view is None:
		raise NotFound(_("This document is not there."))
	if reference.doctype in PLANNED:
		route, label = SCHEDULE, _("Back to your schedule")
	else:
		route, label = "/messages", _("Back to your messages")
	around = frame(ports, thread, info, reader, route)
	return {**around, "text": "", **view, "back": {"href": route, "label": label}}


def _view(ports: Ports, party: Party, reference: Reference, reader: Reader) -> View | None:
	if reference.doctype == "Contract":
		contract = ports.documents.contract(party, reference.name)
		return _contract(contract, reader) if contract else None
	if reference.doctype == "Payment Entry":
		payment = ports.documents.payment(party, reference.name)
		return _payment(ports, party, payment, reader) if payment else None
	planned = ports.documents.planned_one(party, reference)
	if planned is None:
		return None
	coming, _past = split([planned], reader)
	words = planned_view(planned, reader, is_coming=bool(coming))
	_ = reader.translate
	facts = [_fact(_("Day"), words["day"]), _fact(_("Time"), words["time"])]
	return {
		"title": words["kind"],
		"state": words["state"],
		"is_cancelled": words["is_cancelled"],
		"facts": [fact for fact in facts if fact],
	}


def _contract(contract: Contract, reader: Reader) -> View:
	_ = reader.translate
	states = {"Unsigned": _("Not signed yet"), "Active": _("Active"), "Inactive": _("Not active")}
	facts = [
		_fact(_("With"), contract.party_name),
		_fact(_("Begins"), _date(contract.starts, reader)),
		_fact(_("Ends"), _date(contract.ends, reader)),
		_fact(_("Signature"), _signature(contract, reader)),
	]
	return {
		"title": _("Contract #{0}").format(contract.name),
		"state": _("Cancelled") if contract.is_cancelled else states.get(contract.status, ""),
		"is_cancelled": contract.is_cancelled,
		"facts": [fact for fact in facts if fact],
		"text": Markup(contract.terms),  # noqa: S704 - the port promises that nothing in it acts
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


def _payment(ports: Ports, party: Party, payment: Payment, reader: Reader) -> View:
	_ = reader.translate
	opened = ports.documents.openable(party, [paid.reference for paid in payment.paid])
	labels = {"Sales Invoice": _("Invoice #{0}"), "Sales Order": _("Order #{0}")}
	paid_for = [
		{
			"text": f"{labels[paid.reference.doctype].format(paid.reference.name)} — "
			f"{money(paid.amount, payment.currency, reader.locale)}",
			"href": address_of(paid.reference) if paid.reference in opened else None,
		}
		for paid in payment.paid
	]
	facts = [
		_fact(_("Amount"), money(payment.amount, payment.currency, reader.locale)),
		_fact(_("Day"), _date(payment.day, reader)),
		_fact(_("Paid by"), payment.mode),
		_fact(_("Reference"), payment.reference_no),
		{"label": _("For"), "values": paid_for} if paid_for else None,
	]
	return {
		"title": _("Payment #{0}").format(payment.name),
		"state": _("Cancelled") if payment.is_cancelled else _("Received"),
		"is_cancelled": payment.is_cancelled,
		"facts": [fact for fact in facts if fact],
	}


def _fact(label: str, text: str) -> View | None:
	return {"label": label, "values": [{"text": text, "href": None}]} if text else None


def _date(day: date | None, reader: Reader) -> str:
	return short_date(day, reader, weekday=True, year=True) if day else ""
