from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadCalendar(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		made_us: DF.Int
		thread: DF.Link
		token: DF.Data | None
		user: DF.Link
	# end: auto-generated types
