from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadPreferenceChange(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		changed_by: DF.Data | None
		changed_us: DF.Int
		field: DF.Data
		new: DF.Data | None
		old: DF.Data | None
		thread: DF.Link
		user: DF.Link | None
		way: DF.Literal["Page", "Mail", "STOP"]
	# end: auto-generated types
