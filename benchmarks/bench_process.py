"""What a copied site does in one process: a text that comes in, a document that is saved."""

import itertools
from typing import Any

import frappe
from frappe.utils import set_request
from support.site import open_site
from twilio.request_validator import RequestValidator

from benchmarks.bench_rows import ITEM, PHONE
from benchmarks.measure import Act, Result, in_turn, times_over
from customer_thread.frappe_host.noted_types import forget_types
from customer_thread.standalone.demo.twilio_message import make_sid

WEBHOOK = "/api/method/customer_thread.api.webhooks.twilio_message"
ACCOUNT, TOKEN, BUSINESS, CONTRACTOR = "AC" + "1" * 32, "secret-of-the-bench", "+12125559998", "+12125559999"
_APP = "customer_thread."


def inbound(url: str) -> Result:
	"""Return the row of a signed text with everything it causes."""
	_configure(url)
	signer = RequestValidator(TOKEN)

	def text() -> None:
		from customer_thread.api import webhooks

		params = {
			"AccountSid": ACCOUNT,
			"From": PHONE,
			"To": BUSINESS,
			"NumMedia": "0",
			"Body": "Is 8am fine?",
		}
		params["MessageSid"] = make_sid("SM")
		signature = signer.compute_signature(url + WEBHOOK, params)
		set_request(method="POST", path=WEBHOOK, data=params, headers={"X-Twilio-Signature": signature})
		frappe.set_user("Guest")
		answer = webhooks.twilio_message()
		if answer.status_code != 200:
			raise ConnectionError(f"the text was refused: {answer.get_data(as_text=True)}")
		frappe.db.commit()

	without = _hooks(is_installed=False)

	def communication() -> None:
		frappe.local.doc_events_hooks = without
		values = {
			"doctype": "Communication",
			"communication_type": "Communication",
			"communication_medium": "SMS",
			"sent_or_received": "Received",
			"subject": "A text",
			"content": "Is 8am fine?",
			"phone_no": PHONE,
		}
		frappe.get_doc(values).insert(ignore_permissions=True)
		frappe.db.commit()

	ours, theirs = in_turn(text, communication, times=60, between=_anew)
	ratio = times_over(ours, theirs)
	what = (
		"a signed inbound text with everything it causes (entry, thread, forward, queue), to committed; "
		"against `Communication.insert` + commit"
	)
	return Result("site-text", what, ours.ms, theirs.ms, f"{ratio:.2f} ×", "≤ 1 ×", ratio <= 1)


def saving() -> list[Result]:
	"""Return the rows of documents that no card rule is about, saved with our doc events and without."""
	todo = {"doctype": "ToDo", "description": "bench"}
	item = {
		"doctype": "Item",
		"item_code": "BENCH-SAVED",
		"item_group": "All Item Groups",
		"stock_uom": "Nos",
	}
	return [_saving(todo, "description"), _saving({**item, "is_stock_item": 0}, "description")]


def _saving(values: dict[str, Any], field: str) -> Result:
	_anew()
	name = frappe.get_doc(values).insert().name
	frappe.db.commit()
	doctype, numbers = values["doctype"], itertools.count()
	documents: list[Any] = []

	def prepare() -> None:
		frappe.db.rollback()
		_anew()
		documents[:] = [frappe.get_doc(doctype, name)]

	def save(is_installed: bool) -> Act:
		hooks = _hooks(is_installed=is_installed)

		def act() -> None:
			frappe.local.doc_events_hooks = hooks
			documents[0].set(field, f"bench {next(numbers)}")
			documents[0].save()

		return act

	prepare()
	ours, theirs = in_turn(save(True), save(False), times=150, between=prepare)
	ratio = times_over(ours, theirs)
	what = f"saving a document without a card rule ({doctype}), app installed; against not installed"
	return Result(
		f"site-save-{doctype}", what, ours.ms, theirs.ms, f"{ratio:.3f} ×", "≤ 1.01 ×", ratio <= 1.01
	)


def switch_automations(*, on: bool) -> None:
	"""Switch all automations off, or those about invoices on."""
	frappe.db.set_value("Thread Automation", {"name": ("!=", "")}, "enabled", 0)
	if on:
		frappe.db.set_value("Thread Automation", {"document_type": "Sales Invoice"}, "enabled", 1)
	forget_types()
	frappe.db.commit()


def submitting(customer: str) -> list[Result]:
	"""Return the rows of an invoice that is submitted, with its card and without, and with what is written about it."""
	alone = _submitting(customer, "site-submit", "with its card", 1.1)
	switch_automations(on=True)
	planned = _submitting(customer, "site-submit-planned", "with its card and two reminders planned", 1.2)
	switch_automations(on=False)
	return [alone, planned]


def _submitting(customer: str, key: str, with_what: str, goal: float) -> Result:
	invoices: list[Any] = []
	rows = [{"item_code": ITEM, "qty": 1, "rate": 100}]

	def prepare() -> None:
		frappe.db.rollback()
		_anew()
		invoice = {"doctype": "Sales Invoice", "customer": customer, "items": rows}
		invoices[:] = [frappe.get_doc(invoice).insert()]
		frappe.db.commit()

	def submit(is_installed: bool) -> Act:
		hooks = _hooks(is_installed=is_installed)

		def act() -> None:
			frappe.local.doc_events_hooks = hooks
			invoices[0].submit()
			frappe.db.commit()

		return act

	prepare()
	ours, theirs = in_turn(submit(True), submit(False), times=60, between=prepare)
	ratio = times_over(ours, theirs)
	what = f"submitting an invoice {with_what}, to committed; against the same without the app"
	return Result(key, what, ours.ms, theirs.ms, f"{ratio:.3f} ×", f"≤ {goal} ×", ratio <= goal)


def _anew() -> None:
	"""Begin as a request does, with nothing remembered from the one before."""
	frappe.destroy()
	open_site()


def _hooks(*, is_installed: bool) -> dict[str, Any]:
	"""Return the doc events that are looked up for each document, with ours or without."""
	return {
		doctype: {
			event: [path for path in paths if is_installed or not path.startswith(_APP)]
			for event, paths in found.items()
		}
		for doctype, found in frappe.get_doc_hooks().items()
	}


def _configure(url: str) -> None:
	document = frappe.get_doc("Customer Thread Settings")
	document.update(
		{
			"public_url": url,
			"twilio_account_sid": ACCOUNT,
			"twilio_auth_token": TOKEN,
			"twilio_from_number": BUSINESS,
			"contractor_mobile": CONTRACTOR,
			"texts_per_sender": "0",
			"texts_per_thread": "0",
			"texts_per_day": "0",
		}
	)
	document.save()
	frappe.db.commit()


def versions() -> str:
	"""Return what it runs on."""
	import erpnext

	database = frappe.db.sql("SELECT VERSION()")[0][0]
	return f"Frappe {frappe.__version__}, ERPNext {erpnext.__version__}, MariaDB {database}"
