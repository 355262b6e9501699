from typing import TYPE_CHECKING

from frappe.model.document import Document


class ThreadPreference(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		email: DF.Check
		push: DF.Check
		quiet: DF.Check
		quiet_end: DF.Time | None
		quiet_start: DF.Time | None
		sms: DF.Check
		thread: DF.Link
		timezone: DF.Data | None
		user: DF.Data | None
	# end: auto-generated types
