from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadContactPoint(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		domain: DF.Data | None
		kind: DF.Literal["Phone", "Email"]
		source_doctype: DF.Link | None
		source_name: DF.DynamicLink | None
		thread: DF.Link
		trust: DF.Literal["", "Answered", "Signed In", "Said By Staff", "Taken Back"]
		trust_by: DF.Link | None
		trust_us: DF.Int
		value: DF.Data
	# end: auto-generated types
