"""Mail leaves and comes at once, by Frappe's own Email Queue and Email Accounts."""

from typing import Any

import frappe
from frappe.utils.background_jobs import get_jobs

from customer_thread.frappe_host.mail_accounts import gets_answers, receiving
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.thread.conceal import conceal


def send_queued(name: str) -> None:
	"""Send a mail of the Email Queue unless Frappe's flush has it already; what fails, that tries again.

	The row is held until it says Sending, as in frappe/email/queue.py, so that one of the two sends it.
	"""
	try:
		frappe.get_doc("Email Queue", name, for_update=True).send()
	except frappe.DoesNotExistError:
		return
	except Exception:
		frappe.log_error(title="Customer Thread: a mail waits for the next try")
	conceal_sent({"name": name})


def conceal_sent(filters: dict[str, Any]) -> None:
	"""Replace the secret addresses in mails that have left; until then they are what is to be answered to."""
	for row in frappe.get_all("Email Queue", {**filters, "status": "Sent"}, ["name", "message"]):
		[message] = conceal(site_ports(), row.message or "")
		if message != row.message:
			frappe.db.set_value("Email Queue", row.name, "message", message, update_modified=False)


def pull_accounts() -> None:
	"""Fetch, if that is set, the mails of the accounts in which answers arrive; no account twice at a time.

	(frappe/email/doctype/email_account/email_account.py, pull, every ten minutes.)
	"""
	if not frappe.db.get_single_value("Customer Thread Settings", "fetch_every_minute"):
		return
	settings, rows = site_ports().settings(), receiving()
	waiting = get_jobs(site=frappe.local.site, key="job_name")[frappe.local.site] if rows else []
	for row in rows:
		job = f"pull_from_email_account|{row.name}"
		if gets_answers(row, settings) and job not in waiting:
			frappe.enqueue(
				"frappe.email.doctype.email_account.email_account.pull_from_email_account",
				queue="short",
				event="all",
				job_name=job,
				email_account=row.name,
			)
