"""Whom the site's documents speak for where nobody knows whose a number or address is: few rows, each off an index or a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import frappe
import phonenumbers

from customer_thread.domain.limits import LIKELY_LOOKED_AT
from customer_thread.domain.model import Address, Party
from customer_thread.domain.people.likely import Sign, Why
from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.owners import owner_of
from customer_thread.frappe_host.times import site_time, site_us
from customer_thread.permissions import visible_parties
from customer_thread.store.database import one_of

_TITLES = {"Customer": "customer_name", "Lead": "lead_name"}
#: how far from now an appointment may be
_AROUND = timedelta(hours=12)


def signs(names: Sequence[str], address: Address, now_us: int) -> list[Sign]:
	"""Return whom they speak for, of those whom the member of staff who asks may see."""
	return [*_named(names), *_contacts(address), *_appointments(now_us), *_visits(now_us)]


def _named(names: Sequence[str]) -> Iterator[Sign]:
	for doctype, title in _TITLES.items():
		for row in _seen(doctype, title, names):
			yield Sign(doctype, row["name"], row["title"], "Name", row["title"])  # type: ignore[arg-type]


def _seen(doctype: str, column: str, values: Iterable[str]) -> list[dict[str, Any]]:
	"""Return the Customers or Leads of whom a column is one of these, as far as they are seen."""
	params: dict[str, Any] = {"most": LIKELY_LOOKED_AT}
	listed = one_of("value", values, params)
	if not listed:
		return []
	seen = visible_parties(doctype).replace("%", "%%")
	sql = f"SELECT name, `{_TITLES[doctype]}` AS title FROM `tab{doctype}` WHERE `{column}` IN ({listed})"
	if doctype == "Lead":
		sql += " AND status <> 'Converted'"
	return FrappeDatabase().select(f"{sql}{f' AND ({seen})' if seen else ''} LIMIT %(most)s", params)


def _of(parties: dict[Party, str], why: Why) -> Iterator[Sign]:
	"""Return a sign for each of these who is seen."""
	for doctype in _TITLES:
		whats = {party.party: what for party, what in parties.items() if party.party_type == doctype}
		for row in _seen(doctype, "name", whats):
			yield Sign(doctype, row["name"], row["title"], why, whats[row["name"]])  # type: ignore[arg-type]


def _contacts(address: Address) -> Iterator[Sign]:
	"""Return Contacts that have this number or address and belong to nobody."""
	if not frappe.has_permission("Contact", "read"):
		return
	table, column = ("Contact Phone", "phone") if address.kind == "Phone" else ("Contact Email", "email_id")
	found = frappe.get_all(
		table,
		{column: ("in", _written(address)), "parenttype": "Contact"},
		pluck="parent",
		limit=LIKELY_LOOKED_AT,
	)
	of_somebody = (
		set(
			frappe.get_all("Dynamic Link", {"parenttype": "Contact", "parent": ("in", found)}, pluck="parent")
		)
		if found
		else set()
	)
	free = [name for name in found if name not in of_somebody]
	for row in frappe.get_list("Contact", {"name": ("in", free)}, ["name", "full_name"]) if free else ():
		yield Sign("Contact", row.name, row.full_name or row.name, "Contact")


def _written(address: Address) -> list[str]:
	"""Return how people write it."""
	if address.kind == "Email":
		return [address.value]
	try:
		number = phonenumbers.parse(address.value)
	except phonenumbers.NumberParseException:
		return [address.value]
	formats = phonenumbers.PhoneNumberFormat
	written = [
		phonenumbers.format_number(number, style)
		for style in (formats.E164, formats.NATIONAL, formats.INTERNATIONAL)
	]
	digits = str(number.national_number)
	dashed = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
	return [*written, digits, dashed, f"+{number.country_code} {digits}", f"{number.country_code}{digits}"]


def _appointments(now_us: int) -> Iterator[Sign]:
	now = site_time(now_us)
	rows = frappe.get_all(
		"Appointment",
		{
			"scheduled_time": ("between", [now - _AROUND, now + _AROUND]),
			"status": "Open",
			"party": ("is", "set"),
		},
		["appointment_with", "party", "scheduled_time"],
		order_by="scheduled_time",
		limit=LIKELY_LOOKED_AT,
	)
	whose = {
		owner_of(Party(row.appointment_with, row.party)): str(site_us(row.scheduled_time))
		for row in rows
		if row.appointment_with in _TITLES
	}
	yield from _of(whose, "Appointment")


def _visits(now_us: int) -> Iterator[Sign]:
	today = site_time(now_us).date()
	rows = frappe.get_all(
		"Maintenance Visit", {"mntc_date": today, "docstatus": 1}, ["customer"], limit=LIKELY_LOOKED_AT
	)
	yield from _of({Party("Customer", row.customer): "" for row in rows}, "Appointment")
