from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadSeal(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		seal: DF.Data
		since_us: DF.Int
	# end: auto-generated types
