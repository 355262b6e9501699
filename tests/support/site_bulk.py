"""Fills a thread of the copied site quickly: the one place where a test goes around documents."""

from typing import Any

import frappe
from frappe.utils import now

from customer_thread.domain.model import Party
from customer_thread.frappe_host.database import SYSTEM_USER
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.thread.open_thread import open_thread
from customer_thread.store import threads
from support.rows import entry_values

ENTRY = "Thread Entry"


def fill(customer: str, count: int, first_us: int, step_us: int) -> None:
	"""Write what support/bulk.py writes on the embedded host."""
	thread = open_thread(site_ports(), Party("Customer", customer))["name"]
	first = frappe.db.sql("SELECT NEXTVAL(thread_entry_id_seq)")[0][0]
	frappe.db.sql("SELECT SETVAL(thread_entry_id_seq, %s)", first + count)
	rows = [_row(thread, customer, first + number, number, first_us, step_us) for number in range(count)]
	columns = list(rows[0])
	frappe.db.bulk_insert(ENTRY, columns, [list(row.values()) for row in rows], chunk_size=2000)
	last = rows[-1]
	state = {
		"last_entry": last["name"],
		"last_us": last["occurred_us"],
		"last_preview": last["text"],
		"contractor_unread": (count + 2) // 3,
		"revision": count,
	}
	site_ports().database.update(threads.THREAD, thread, state)


def _row(thread: str, customer: str, name: int, number: int, first_us: int, step_us: int) -> dict[str, Any]:
	values = entry_values(
		thread,
		author="Contractor" if number % 3 else "Customer",
		channel="Portal",
		text=f"line {number} of the deck",
		label="Sarah Lee",
		# two by two at the same moment: the id decides
		occurred_us=first_us + number // 2 * step_us,
		source_key=f"bulk:{customer}:{number}",
		creation=now(),
		modified=now(),
		owner=SYSTEM_USER,
		modified_by=SYSTEM_USER,
	)
	return {"name": name, **values}
