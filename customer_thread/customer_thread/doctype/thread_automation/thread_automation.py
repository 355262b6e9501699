from typing import TYPE_CHECKING

from frappe.model.document import Document


class ThreadAutomation(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		channel: DF.Literal["Auto", "SMS", "Email", "Portal"]
		date_field: DF.Autocomplete | None
		document_type: DF.Link | None
		enabled: DF.Check
		event_type: DF.Data | None
		offset_minutes: DF.Int
		text: DF.LongText
		urgent: DF.Check
		valid_minutes: DF.Int
	# end: auto-generated types
