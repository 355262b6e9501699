from typing import TYPE_CHECKING

from frappe.model.document import Document

from customer_thread.domain.cards.in_force import is_newly_in_force
from customer_thread.domain.cards.model import CardRule
from customer_thread.frappe_host.card_rules import check_rule
from customer_thread.frappe_host.guard import shown_to_user
from customer_thread.frappe_host.noted_types import forget_types
from customer_thread.frappe_host.wiring import site_ports


class ThreadCardRule(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		amount_field: DF.Autocomplete | None
		condition: DF.Code | None
		currency_field: DF.Autocomplete | None
		date_field: DF.Autocomplete | None
		document_type: DF.Link
		each_amount: DF.Check
		enabled: DF.Check
		event_type: DF.Data
		field: DF.Autocomplete | None
		gives_way_to: DF.Data | None
		in_force_since_us: DF.Int
		link: DF.SmallText | None
		moment: DF.Literal["Created", "Submitted", "Cancelled", "Becomes", "Changes"]
		notify: DF.Check
		party_field: DF.Autocomplete
		party_type_field: DF.Autocomplete | None
		shipped: DF.Data | None
		soon_field: DF.Autocomplete | None
		title: DF.SmallText
		urgent: DF.Check
		value: DF.Data | None
		voids_event_type: DF.Data | None
	# end: auto-generated types

	def before_insert(self) -> None:
		self.in_force_since_us = site_ports().clock.now_us()

	def validate(self) -> None:
		before = self.get_doc_before_save()
		with shown_to_user():
			check_rule(self.as_dict(), before.as_dict() if before else None)
		if before and is_newly_in_force(CardRule.from_row(before.as_dict()), CardRule.from_row(self.as_dict())):
			self.in_force_since_us = site_ports().clock.now_us()

	def on_update(self) -> None:
		forget_types()

	def on_trash(self) -> None:
		forget_types()
