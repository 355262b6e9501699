from typing import TYPE_CHECKING

from customer_thread.permissions import refuse_change
from frappe.model.document import Document


class ThreadEvent(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		currency: DF.Link | None
		event_type: DF.Data
		number: DF.Data | None
		number_kind: DF.Data | None
		occurred_at: DF.Datetime | None
		occurred_us: DF.Int
		reference_doctype: DF.Link | None
		reference_name: DF.DynamicLink | None
		source_key: DF.Data | None
		thread: DF.Link
		title: DF.Data
		url: DF.Code | None
		voided_by: DF.Link | None
		voids: DF.Link | None
	# end: auto-generated types

	def validate(self) -> None:
		if not self.is_new():
			refuse_change()

	def on_trash(self) -> None:
		refuse_change()

	def before_rename(self, old: str, new: str, merge: bool = False) -> None:
		refuse_change()
