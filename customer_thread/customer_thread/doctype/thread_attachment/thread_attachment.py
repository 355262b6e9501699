from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadAttachment(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		attempts: DF.Int
		content_type: DF.Data | None
		due_us: DF.Int
		entry: DF.Int
		error: DF.Code | None
		file: DF.Data | None
		file_name: DF.Data | None
		height: DF.Int
		position: DF.Int
		remote_url: DF.Code | None
		size: DF.Int
		state: DF.Literal["Pending", "Ready", "Failed"]
		width: DF.Int
	# end: auto-generated types
