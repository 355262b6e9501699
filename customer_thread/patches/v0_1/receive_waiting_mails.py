"""Put the e-mails of the last two days into their threads: a job that waited during the upgrade may have been lost."""

import frappe
from frappe.utils import add_days, now_datetime

from customer_thread.frappe_host.communications import receive
from customer_thread.frappe_host.guard import guarded

DAYS = 2


def execute() -> None:
	"""Receive each one, once however often this runs; one that cannot be received holds up no other."""
	since = add_days(now_datetime(), -DAYS)
	filters = {"communication_medium": "Email", "creation": (">", since)}
	for name in frappe.get_all("Communication", filters, pluck="name", order_by="creation"):
		with guarded(f"Communication {name}"):
			receive(name)
