from typing import TYPE_CHECKING

from frappe.model.document import Document


class ThreadNote(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		author: DF.Link | None
		occurred_us: DF.Int
		source_key: DF.Data | None
		text: DF.Code
		thread: DF.Link
	# end: auto-generated types
