from typing import TYPE_CHECKING

from frappe.model.document import Document


class ThreadTextConsent(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		changed_us: DF.Int
		how: DF.SmallText | None
		phone: DF.Data
		sender: DF.Data
		state: DF.Literal["Allowed", "Opted Out", "Not Textable"]
	# end: auto-generated types
