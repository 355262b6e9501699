from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadTextConsent(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		changed_us: DF.Int
		how: DF.SmallText | None
		phone: DF.Data
		sender: DF.Data
		state: DF.Literal["Allowed", "Opted Out", "Not Textable"]
	# end: auto-generated types
