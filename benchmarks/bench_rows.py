"""A customer of a copied site with ten thousand entries, and the same words as ten thousand Communications."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

import frappe
from support import site_people
from support.site import committed

from benchmarks.rows import FIRST_US, MAKERS, Place
from benchmarks.words import LINES, PERIOD
from customer_thread.domain.model import Party
from customer_thread.domain.times import MINUTE, to_utc
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import threads

COUNT = 10_000
ITEM = "BENCH-LABOR"
PHONE = "+12125550117"
INVOICES = 10
_STEP_US = 100 * MINUTE


@dataclass(frozen=True)
class Measured:
	"""Who is measured."""

	customer: str
	portal_sid: str
	staff_sid: str


def build(url: str) -> Measured:
	"""Fill the site; return the customer and the sessions of their portal user and of somebody of the staff."""
	customer = site_people.add_customer("Sarah Chen", PHONE, "", "Deck Replacement · Active")
	with committed():
		_fill(customer)
		_write_communications(customer)
		_invoice(customer)
	with committed():
		for table in ("Thread Entry", "Thread Event", "Thread Delivery", "Communication"):
			frappe.db.sql(f"ANALYZE TABLE `tab{table}`")
	return Measured(customer, site_people.session(url, customer), site_people.staff_session(url))


def _fill(customer: str) -> None:
	thread = open_thread(site_ports(), Party("Customer", customer))["name"]
	first = frappe.db.sql("SELECT NEXTVAL(thread_entry_id_seq)")[0][0]
	frappe.db.sql("SELECT SETVAL(thread_entry_id_seq, %s)", first + COUNT)
	places = [
		Place(first + number, 0, number, FIRST_US + number * _STEP_US, is_rare=False)
		for number in range(COUNT)
	]
	for doctype, make in MAKERS.items():
		made = chain.from_iterable(make(place) for place in places)
		own = {} if doctype == "Thread Attachment" else {"thread": thread}
		_insert(doctype, [{**values, **own} for values in made])
	last = places[-1]
	changes = {
		"last_entry": last.entry,
		"last_us": last.occurred_us,
		"last_preview": "sounds good",
		"customer_read_upto": last.entry,
		"revision": COUNT,
	}
	site_ports().database.update(threads.THREAD, thread, changes)


def _write_communications(customer: str) -> None:
	rows = []
	for number in range(COUNT):
		line = LINES[number % PERIOD]
		when = to_utc(FIRST_US + number * _STEP_US).strftime("%Y-%m-%d %H:%M:%S.%f")
		rows.append(
			{
				"name": f"bench{number:06}",
				"creation": when,
				"modified": when,
				"owner": "Administrator",
				"communication_type": "Communication",
				"communication_medium": "Email",
				"sent_or_received": "Received" if line.author == "Customer" else "Sent",
				"subject": "Your deck",
				"content": f"{line.text} {number}",
				"sender": "sarah@customers.example",
				"sender_full_name": "Sarah Chen",
				"recipients": "office@mike.example",
				"communication_date": when,
				"reference_doctype": "Customer",
				"reference_name": customer,
			}
		)
	_insert("Communication", rows)


def _insert(doctype: str, rows: list[dict[str, Any]]) -> None:
	# Frappe has a number in every Currency
	values = [
		[0 if name == "amount" and value is None else value for name, value in row.items()] for row in rows
	]
	frappe.db.bulk_insert(doctype, list(rows[0]), values, chunk_size=2000)


def _invoice(customer: str) -> None:
	item = {
		"doctype": "Item",
		"item_code": ITEM,
		"item_group": "All Item Groups",
		"stock_uom": "Nos",
	}
	frappe.get_doc({**item, "is_stock_item": 0}).insert()
	for number in range(INVOICES):
		rows = [{"item_code": ITEM, "qty": 1, "rate": 100 + number}]
		invoice = {"doctype": "Sales Invoice", "customer": customer, "items": rows}
		frappe.get_doc(invoice).insert().submit()
