"""Documents of a real site that become cards, and the cards."""

from typing import Any

from customer_thread.domain.cards.numbers import candidates
from customer_thread.domain.model import Party
from customer_thread.frappe_host import transaction
from customer_thread.frappe_host.wiring import site_ports
from customer_thread.service.reading.read_timeline import Query, read_timeline
from customer_thread.store import entries, threads
from support.site_portal_documents import COMPANY


def new_invoice(site: Any, customer: Any, item: str, rate: float = 4200, **values: object) -> Any:
	doc = {"doctype": "Sales Invoice", "customer": customer.name, "company": COMPANY}
	return site.get_doc({**doc, "items": [{"item_code": item, "qty": 1, "rate": rate}], **values}).insert()


def pay(site: Any, invoice: Any, amount: float, *, more: float = 0) -> Any:
	"""Pay so much of an invoice, and `more` than that, which is nothing's yet."""
	from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

	payment = get_payment_entry("Sales Invoice", invoice.name, party_amount=amount)
	payment.reference_no, payment.reference_date = "test", site.utils.nowdate()
	payment.paid_amount += more
	payment.received_amount += more
	payment.insert()
	payment.submit()
	return payment


def number(doc: Any) -> str:
	"""Return by which number a thread tells a document that is the first to have it: "#12"."""
	return "#" + candidates(doc.name, doc.get("amended_from") or "")[0]


def end_transaction() -> None:
	"""Make the cards of what the site has done so far, as if it had committed."""
	transaction.settle()


def told(party: Any) -> list[str]:
	"""Return a thread's lines, oldest first; what was done before is a transaction of its own."""
	end_transaction()
	row = threads.of_party(site_ports().database, Party(party.doctype, party.name))
	return (
		[line["text"] for line in reversed(entries.older(site_ports().database, row["name"], 50))]
		if row
		else []
	)


def cards(party: Any) -> list[Any]:
	end_transaction()
	row = threads.of_party(site_ports().database, Party(party.doctype, party.name))
	assert row is not None
	return [entry["card"] for entry in read_timeline(site_ports(), row["name"], Query())["entries"]]


def void(party: Any) -> list[str]:
	return [card["type"] for card in cards(party) if card["void"]]
