from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadHistory(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		done: DF.Int
		entries: DF.Int
		error: DF.SmallText | None
		failed: DF.Int
		months: DF.Int
		place: DF.SmallText | None
		since_us: DF.Int
		started_by: DF.Link | None
		started_us: DF.Int
		state: DF.Literal["Running", "Done", "Failed"]
		step: DF.Data | None
		total: DF.Int
		touched_us: DF.Int
	# end: auto-generated types
