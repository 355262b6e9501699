from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadNote(Record):
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
