from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadErasure(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		asked_by: DF.Link | None
		asked_us: DF.Int
		done_us: DF.Int
		entries: DF.Int
		state: DF.Literal["Running", "Done"]
		thread: DF.Link
		touched_us: DF.Int
	# end: auto-generated types
