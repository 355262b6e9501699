"""Which phones and e-mail addresses the site's Contacts, Customers and Leads name, and whose they are."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from email.utils import parseaddr
from typing import Any, Literal

import frappe

from customer_thread.domain.model import Address, Party
from customer_thread.domain.people.addresses import email, phone
from customer_thread.frappe_host.guard import guarded
from customer_thread.frappe_host.mailboxes import is_made_up
from customer_thread.frappe_host.owners import owner_of_lead
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.thread.hand_over_thread import drop_empty_thread, hand_over_thread
from customer_thread.service.thread.retitle_thread import retitle_thread
from customer_thread.service.thread.sync_contact_points import Wanted, sync_contact_points
from customer_thread.store import contact_points
from customer_thread.store.threads import THREAD

Source = Literal["Contact", "Customer", "Lead"]
DOCTYPES: tuple[Source, ...] = ("Contact", "Customer", "Lead")
#: several numbers in one field: "555-0117 / 555-0142"
_BETWEEN = re.compile(r"[/;,|\n]|\bor\b")

Values = Mapping[str, Any]


def sync(doc: Values) -> None:
	"""Make the contact points of a Contact, Customer or Lead what it says now, and so the title of their thread."""
	wanted = _wanted(doc, site_ports().settings().default_region, owner_of_lead)
	sync_contact_points(site_ports(), doc["doctype"], doc["name"], wanted)
	if doc["doctype"] != "Contact":
		retitle_thread(site_ports(), Party(doc["doctype"], doc["name"]))


def forget(doctype: Source, name: str) -> None:
	"""Take away what a document that is deleted or merged has given, and a thread in which nothing was said."""
	sync_contact_points(site_ports(), doctype, name, {})
	if doctype != "Contact":
		drop_empty_thread(site_ports(), Party(doctype, name))


def convert_lead(lead: str, customer: str) -> None:
	"""Make the Lead's thread and numbers the Customer's; doing it again changes nothing."""
	hand_over_thread(site_ports(), Party("Lead", lead), Party("Customer", customer))
	if frappe.db.exists("Lead", lead):
		sync(frappe.get_doc("Lead", lead).as_dict())


def merge_parties(doctype: Source, old: str, new: str) -> None:
	"""Join the threads of two Customers or Leads before Frappe makes them one."""
	sync_contact_points(site_ports(), doctype, old, {})
	if doctype != "Contact":
		hand_over_thread(site_ports(), Party(doctype, old), Party(doctype, new))


def repair() -> int:
	"""Put right the contact points of every document that differ from what it says; return of how many.

	Imports and other programs write Contacts without telling anyone.
	"""
	region, put_right = site_ports().settings().default_region, 0
	converted = _converted_leads()
	opened = {
		Party(row.party_type, row.party): row.name
		for row in frappe.get_all(THREAD, {"party": ("is", "set")}, ["name", "party_type", "party"])
	}
	for doctype in DOCTYPES:
		known: dict[str, set[tuple[str | None, Address]]] = defaultdict(set)
		for row in contact_points.of_sources(site_ports().database, doctype):
			known[row["source_name"]].add((row["thread"], Address(row["kind"], row["value"])))
		documents = _read(doctype)
		for name in known.keys() | documents.keys():
			doc = documents.get(name, {"doctype": doctype, "name": name})
			wanted = _wanted(doc, region, lambda lead: converted.get(lead, Party("Lead", lead)))
			named = {(opened.get(party), address) for party, found in wanted.items() for address in found}
			if named != known.get(name, set()):
				with guarded(f"Contact points of {doctype} {name}"):
					done = sync_contact_points(site_ports(), doctype, name, wanted)
					put_right += bool(done.added or done.removed)
	return put_right


def _converted_leads() -> dict[str, Party]:
	rows = frappe.get_all(
		"Customer", {"lead_name": ("is", "set")}, ["name", "lead_name"], order_by="creation desc"
	)
	return {row.lead_name: Party("Customer", row.name) for row in rows}


def _wanted(doc: Values, region: str, becomes: Callable[[str], Party]) -> Wanted:
	"""Return whose addresses a document names."""
	if doc["doctype"] == "Contact":
		numbers = [row.get("phone") for row in doc.get("phone_nos") or ()]
		mails = [row.get("email_id") for row in doc.get("email_ids") or ()]
		found = _addresses(
			(*numbers, doc.get("phone"), doc.get("mobile_no")), (*mails, doc.get("email_id")), region
		)
		links = [(row.get("link_doctype"), row.get("link_name")) for row in doc.get("links") or ()]
		parties = {Party("Customer", name) for kind, name in links if kind == "Customer"}
		parties |= {becomes(name) for kind, name in links if kind == "Lead"}
		return dict.fromkeys(parties, found)
	if doc["doctype"] == "Lead":
		numbers = [doc.get("phone"), doc.get("mobile_no"), doc.get("whatsapp_no")]
		return {becomes(doc["name"]): _addresses(numbers, [doc.get("email_id")], region)}
	# copies of the primary contact's, and old ones once that has changed
	if doc.get("customer_primary_contact"):
		return {}
	found = _addresses([doc.get("mobile_no")], [doc.get("email_id")], region)
	return {Party("Customer", doc["name"]): found}


def _addresses(numbers: Iterable[str | None], mails: Iterable[str | None], region: str) -> set[Address]:
	found: set[Address | None] = set()
	for text in (text for text in numbers if text):
		whole = phone(text, region)
		found |= {whole} if whole else {phone(part, region) for part in _BETWEEN.split(text)}
	found |= {email(parseaddr(text)[1]) for text in mails if text and not is_made_up(parseaddr(text)[1])}
	return {address for address in found if address}


def _read(doctype: Source) -> dict[str, dict[str, Any]]:
	"""Return what all documents of one type say, in few queries."""
	fields = {
		"Contact": ["name", "phone", "mobile_no", "email_id"],
		"Customer": ["name", "mobile_no", "email_id", "customer_primary_contact"],
		"Lead": ["name", "phone", "mobile_no", "whatsapp_no", "email_id"],
	}[doctype]
	documents = {row.name: {**row, "doctype": doctype} for row in frappe.get_all(doctype, fields=fields)}
	if doctype != "Contact":
		return documents
	for child, table, columns in (
		("Contact Phone", "phone_nos", ["phone"]),
		("Contact Email", "email_ids", ["email_id"]),
		("Dynamic Link", "links", ["link_doctype", "link_name"]),
	):
		for row in frappe.get_all(child, {"parenttype": "Contact"}, ["parent", *columns]):
			if row.parent in documents:
				documents[row.parent].setdefault(table, []).append(row)
	return documents
