"""Whether a customer's cards say what her documents say."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

from customer_thread.domain.model import Party
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.store import threads

_BALANCE = "Invoice partly paid", "Invoice open again", "Invoice credited"
_ORDERED = "Order confirmed", "Estimate approved", "Order changed"


def faults_of(site: Any, who: Any) -> list[str]:
	"""Return in which ways a customer's cards contradict her documents, each a sentence; none if all is well."""
	row = threads.of_party(site_ports().database, Party(who.doctype, who.name))
	if not row:
		return []
	fields = ["event_type", "title", "amount", "voided_by", "reference_doctype", "reference_name", "name"]
	events = site.get_all("Thread Event", {"thread": row["name"]}, fields, order_by="creation, name")
	about: dict[tuple[str, str], list[Any]] = {}
	for event in events:
		if event.reference_name:
			about.setdefault((event.reference_doctype, event.reference_name), []).append(event)
	found = _links(site, who, row["name"])
	for (doctype, name), its in about.items():
		if not site.db.exists(doctype, name):
			found.append(f"cards of {doctype} {name}, which is not there")
			continue
		doc = site.get_doc(doctype, name)
		standing = [event for event in its if not event.voided_by]
		twice = [line for line, times in Counter(event.title for event in standing).items() if times > 1]
		said = ", ".join(f"{event.event_type} {event.amount}" for event in standing)
		wrong = [f"said twice: {line}" for line in twice]
		if doc.meta.is_submittable and doc.docstatus == 2:
			if [event.event_type.endswith(("cancelled", "taken back")) for event in standing] != [True]:
				wrong.append("it is cancelled")
		elif doctype in _TRUTHS:
			wrong += _TRUTHS[doctype](doc, standing)
		found += [f"{name}: {what}; said: {said}" for what in wrong]
	return found


def _links(site: Any, who: Any, thread: str) -> list[str]:
	"""Return what is wrong with the links: each that is shown leads to a document of hers that is no draft."""
	found = []
	for entry in read_timeline(site_ports(), thread, Query(limit=100))["entries"]:
		url = entry["card"] and entry["card"]["url"]
		if not url:
			continue
		name = unquote(url.rpartition("/")[2])
		doctype = _PAGES.get(url[: -len(url.rpartition("/")[2])])
		hers = doctype and site.db.get_value(doctype[0], name, doctype[1])
		if not doctype or hers not in (who.name, who.get("lead_name") or who.name):
			found.append(f"a link leads to {url}")
	return found


_PAGES = {
	"/invoices/": ("Sales Invoice", "customer"),
	"/quotations/": ("Quotation", "party_name"),
	"/orders/": ("Sales Order", "customer"),
	"/shipments/": ("Delivery Note", "customer"),
	"/messages/contracts/": ("Contract", "party_name"),
	"/messages/appointments/": ("Appointment", "party"),
	"/messages/visits/": ("Maintenance Visit", "customer"),
	"/messages/payments/": ("Payment Entry", "party"),
}


def _invoice(doc: Any, standing: list[Any]) -> list[str]:
	types = {event.event_type for event in standing}
	owed = Decimal(str(doc.outstanding_amount))
	wrong = [f"{kind} stands" for kind in types if kind.endswith("cancelled")]
	if doc.is_return:
		return wrong
	if types & {"Invoice paid", "Invoice settled"} and owed:
		wrong.append(f"{owed} is to be paid")
	balance = [event for event in standing if event.event_type in _BALANCE]
	wrong += [f"{owed} is to be paid" for event in balance if Decimal(str(event.amount or 0)) != owed]
	if len(balance) + len(types & {"Invoice paid", "Invoice settled"}) > 1:
		wrong.append("it has more than one balance")
	total = Decimal(str(doc.rounded_total or doc.grand_total))
	told = bool(balance) or types & {"Invoice paid", "Invoice settled"}
	if (
		owed != total
		and not told
		and doc.status != "Credit Note Issued"
		and doc.currency == doc.party_account_currency
	):
		wrong.append(f"nothing says that {owed} of {total} is to be paid")
	return wrong


def _order(doc: Any, standing: list[Any]) -> list[str]:
	kinds = [event.event_type for event in standing]
	wrong = []
	if len(kinds) != 1:
		wrong.append("an order has one card that stands")
	if "Order called off" in kinds and doc.status != "Closed":
		wrong.append(f"it is {doc.status}")
	total = Decimal(str(doc.rounded_total or doc.grand_total))
	wrong += [
		f"its total is {total}"
		for event in standing
		if event.event_type in _ORDERED and Decimal(str(event.amount)) != total
	]
	return wrong


def _payment(doc: Any, standing: list[Any]) -> list[str]:
	return [f"{event.event_type} stands" for event in standing if event.event_type.endswith("cancelled")]


def _appointment(doc: Any, standing: list[Any]) -> list[str]:
	from frappe.utils import now_datetime

	(last, *more) = [event.event_type for event in standing] or ["nothing"]
	if more:
		return ["an appointment has one card that stands"]
	gone = last == "Appointment cancelled"
	# what has been is closed because it is done
	called_off = doc.status == "Closed" and doc.scheduled_time > now_datetime()
	return [f"it is {doc.status}"] if gone != called_off else []


_TRUTHS: dict[str, Callable[[Any, list[Any]], list[str]]] = {
	"Sales Invoice": _invoice,
	"Sales Order": _order,
	"Payment Entry": _payment,
	"Journal Entry": _payment,
	"Appointment": _appointment,
}
