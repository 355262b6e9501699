from typing import TYPE_CHECKING

import frappe
from frappe.model.document import Document

from customer_thread.domain.automations.in_force import is_newly_in_force
from customer_thread.domain.automations.model import Automation
from customer_thread.frappe_host.automations import check_automation
from customer_thread.frappe_host.guard import is_setting_up, shown_to_user
from customer_thread.frappe_host.noted_types import forget_types
from customer_thread.frappe_host.wiring import site_ports


class ThreadAutomation(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		after_event: DF.Data | None
		at_time: DF.Data | None
		channel: DF.Literal["Auto", "SMS", "Email", "Portal"]
		condition: DF.Code | None
		date_field: DF.Autocomplete | None
		document_type: DF.Link
		enabled: DF.Check
		ended_by: DF.Data | None
		expects_confirmation: DF.Check
		gives_way_to: DF.Data | None
		in_force_since_us: DF.Int
		moment: DF.Literal["After Event", "Date Field", "By Hand"]
		offset_minutes: DF.Int
		once: DF.Check
		promotional: DF.Check
		shipped: DF.Data | None
		soon_field: DF.Autocomplete | None
		text: DF.Text
		title: DF.Data
		to_any_lead: DF.Check
		urgent: DF.Check
		valid_minutes: DF.Int
		valid_until_field: DF.Autocomplete | None
	# end: auto-generated types

	def before_insert(self) -> None:
		self.in_force_since_us = site_ports().clock.now_us()

	def validate(self) -> None:
		before = self.get_doc_before_save()
		with shown_to_user():
			check_automation(self.as_dict(), before.as_dict() if before else None)
		if before and is_newly_in_force(
			Automation.from_row(before.as_dict()), Automation.from_row(self.as_dict())
		):
			self.in_force_since_us = site_ports().clock.now_us()

	def on_update(self) -> None:
		self._plan_anew()

	def on_trash(self) -> None:
		self._plan_anew()

	def _plan_anew(self) -> None:
		"""Let what waits be what this automation says now; how many documents that is about, nobody need wait for."""
		forget_types()
		if not is_setting_up():
			frappe.enqueue(
				"customer_thread.tasks.plan_automation",
				queue="long",
				enqueue_after_commit=True,
				name=self.name,
			)
