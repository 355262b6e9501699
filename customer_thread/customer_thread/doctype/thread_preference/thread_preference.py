from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadPreference(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		changed_us: DF.Int
		email: DF.Literal["", "On", "Off"]
		push: DF.Literal["", "On", "Off"]
		quiet: DF.Literal["", "On", "Off"]
		quiet_end: DF.Data | None
		quiet_start: DF.Data | None
		sms: DF.Literal["", "On", "Off"]
		thread: DF.Link
		timezone: DF.Data | None
		user: DF.Link
	# end: auto-generated types
