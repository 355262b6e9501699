from typing import TYPE_CHECKING

from frappe.model.document import Document


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
