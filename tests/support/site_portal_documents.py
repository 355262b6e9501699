"""Two customers of a real site and their documents, made through ERPNext's own API."""

from typing import Any
from uuid import uuid4

import pytest

from customer_thread.domain.model import Party

COMPANY = "Mike's Contracting"


class Customer:
	"""A customer with a portal user."""

	def __init__(self, site: Any, name: str) -> None:
		self.user = f"test-{uuid4().hex[:8]}@example.com"
		user = {"doctype": "User", "email": self.user, "first_name": "TEST", "send_welcome_email": 0}
		site.get_doc({**user, "roles": [{"role": "Customer"}]}).insert()
		doc = site.get_doc({"doctype": "Customer", "customer_name": f"{name} {uuid4().hex[:6]}"})
		doc.append("portal_users", {"user": self.user})
		self.name = str(doc.insert().name)
		self.party = Party("Customer", self.name)


@pytest.fixture
def sarah(site: Any) -> Customer:
	return Customer(site, "TEST Sarah Müller / Söhne")


@pytest.fixture
def bob(site: Any) -> Customer:
	return Customer(site, "TEST Bob")


def contract(site: Any, customer: Customer, **values: object) -> Any:
	doc = {"doctype": "Contract", "party_type": "Customer", "party_name": customer.name}
	return site.get_doc(
		{**doc, "contract_terms": "<p>Build one deck</p>", "start_date": "2026-05-01", **values}
	).insert()


def appointment(site: Any, customer: Customer, when: Any, **values: object) -> Any:
	doc = {"doctype": "Appointment", "customer_name": customer.name, "customer_email": customer.user}
	party = {"appointment_with": "Customer", "party": customer.name}
	return site.get_doc({**doc, **party, "scheduled_time": when, "status": "Open", **values}).insert()


def visit(site: Any, customer: Customer, day: Any, **values: object) -> Any:
	item = f"TEST {uuid4().hex[:6]}"
	site.get_doc(
		{
			"doctype": "Item",
			"item_code": item,
			"item_group": "Services",
			"stock_uom": "Hour",
			"is_stock_item": 0,
		}
	).insert()
	person = site.get_doc({"doctype": "Sales Person", "sales_person_name": f"{item} Mike"}).insert().name
	purpose = {"item_code": item, "service_person": person, "work_done": "SECRET work", "description": item}
	doc = {"doctype": "Maintenance Visit", "customer": customer.name, "company": COMPANY, "mntc_date": day}
	state = {"completion_status": "Fully Completed", "maintenance_type": "Unscheduled"}
	return site.get_doc({**doc, **state, "purposes": [purpose], **values}).insert()


def new_item(site: Any) -> str:
	"""Return the name of a service by the hour."""
	doc = {"doctype": "Item", "item_code": f"TEST {uuid4().hex[:6]}", "item_group": "Services"}
	return str(site.get_doc({**doc, "stock_uom": "Hour", "is_stock_item": 0}).insert().name)


def invoice(site: Any, customer: Customer, rate: float = 4200) -> Any:
	item = new_item(site)
	sold = {"doctype": "Sales Invoice", "customer": customer.name, "company": COMPANY}
	made = site.get_doc({**sold, "items": [{"item_code": item, "qty": 1, "rate": rate}]}).insert()
	made.submit()
	return made


def payment(site: Any, sold: Any, amount: float) -> Any:
	from erpnext.accounts.doctype.payment_entry.payment_entry import get_payment_entry

	paid = get_payment_entry("Sales Invoice", sold.name, party_amount=amount)
	paid.reference_no, paid.reference_date = "TX 4711", site.utils.nowdate()
	paid.insert()
	return paid
