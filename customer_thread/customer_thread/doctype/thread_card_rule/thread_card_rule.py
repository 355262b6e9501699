from typing import TYPE_CHECKING

from frappe.model.document import Document

from customer_thread.frappe_host.cards import forget_rules


class ThreadCardRule(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		amount_field: DF.Data | None
		condition: DF.Code | None
		currency_field: DF.Data | None
		date_field: DF.Data | None
		document_type: DF.Link
		enabled: DF.Check
		event_type: DF.Data
		field: DF.Data | None
		link: DF.SmallText | None
		moment: DF.Literal["Created", "Submitted", "Cancelled", "Becomes", "Changes"]
		notify: DF.Check
		party_field: DF.Data
		party_type_field: DF.Data | None
		title: DF.Data
		urgent: DF.Check
		value: DF.Data | None
		voids_event_type: DF.Data | None
	# end: auto-generated types

	def on_update(self) -> None:
		forget_rules()

	def on_trash(self) -> None:
		forget_rules()
