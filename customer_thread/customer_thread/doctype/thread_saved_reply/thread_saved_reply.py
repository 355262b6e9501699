from typing import TYPE_CHECKING

from frappe.model.document import Document

from customer_thread.domain.saved_reply import SavedReply, check
from customer_thread.frappe_host.guard import shown_to_user


class ThreadSavedReply(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		enabled: DF.Check
		shipped: DF.Data | None
		shortcut: DF.Data
		text: DF.Text
		title: DF.Data
	# end: auto-generated types

	def validate(self) -> None:
		self.shortcut = (self.shortcut or "").strip().removeprefix("/").lower()
		with shown_to_user():
			check(SavedReply.from_row(self.as_dict()))
