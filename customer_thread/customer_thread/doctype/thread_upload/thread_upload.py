from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadUpload(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		content_type: DF.Data | None
		file: DF.Data | None
		file_name: DF.Data | None
		height: DF.Int
		size: DF.Int
		source_key: DF.Data | None
		thread: DF.Link
		uploaded_by: DF.Link | None
		uploaded_us: DF.Int
		width: DF.Int
	# end: auto-generated types
