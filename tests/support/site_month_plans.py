"""Contracts, appointments, visits and projects of a customer's month."""

from typing import Any
from uuid import uuid4

from support.site_month_money import Money
from support.site_portal_documents import COMPANY

#: no test is so late that it has gone by
MEETING = "2027-05-14 08:00:00"


class Plans(Money):
	"""All that happens with a customer."""

	def contract(self, **values: object) -> Any:
		doc = {"doctype": "Contract", "party_type": "Customer", "party_name": self.sarah.name}
		doc |= {"contract_terms": "A deck.", "start_date": self.today}
		return self.insert(self.site.get_doc({**doc, **values}))

	def sign(self, contract: Any) -> None:
		self.set(contract, is_signed=1, signee="Sarah Lee", signed_on=self.site.utils.now_datetime())

	def appointment(self, when: str = MEETING, **values: object) -> Any:
		who = {"customer_name": "Sarah Lee", "customer_email": "sarah-month@test.example"}
		party = {"appointment_with": "Customer", "party": self.sarah.name}
		return self.new("Appointment", scheduled_time=when, status="Open", **{**who, **party, **values})

	def meeting(self, when: str = MEETING, **values: object) -> Any:
		people = [{"reference_doctype": "Customer", "reference_docname": self.sarah.name}]
		doc: dict[str, object] = {"subject": "internal", "event_category": "Meeting", "event_type": "Private"}
		doc |= {"starts_on": when, "event_participants": people}
		return self.new("Event", **{**doc, **values})

	def sales_person(self) -> str:
		person = {"doctype": "Sales Person", "sales_person_name": f"TEST {uuid4().hex[:6]}", "is_group": 0}
		return str(self.site.get_doc(person).insert().name)

	def visit(self, day: str = "2026-05-14", **values: object) -> Any:
		purpose = {"item_code": self.item, "description": "internal", "work_done": "internal"}
		purpose |= {"service_person": self.sales_person()}
		doc = {"doctype": "Maintenance Visit", "customer": self.sarah.name, "company": COMPANY}
		doc |= {"mntc_date": day, "completion_status": "Fully Completed", "purposes": [purpose]}
		return self.insert(self.site.get_doc({**doc, "maintenance_type": "Unscheduled", **values}))

	def schedule(self) -> Any:
		"""Plan visits, press Generate Schedule and submit."""
		row: dict[str, object] = {
			"item_code": self.item,
			"start_date": self.day(30),
			"end_date": self.day(120),
		}
		row |= {"periodicity": "Monthly", "no_of_visits": 3, "sales_person": self.sales_person()}
		doc: dict[str, object] = {
			"doctype": "Maintenance Schedule",
			"customer": self.sarah.name,
			"items": [row],
		}
		doc |= {"transaction_date": self.today, "company": COMPANY}
		with self.act():
			plan = self.site.get_doc(doc).insert()
			plan.generate_schedule()
			plan.submit()
			return plan

	def project(self, **values: object) -> Any:
		values = {"project_name": f"Deck {uuid4().hex[:6]}", "customer": self.sarah.name, **values}
		return self.new("Project", **values)
