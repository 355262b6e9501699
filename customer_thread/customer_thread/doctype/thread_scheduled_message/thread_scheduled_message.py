from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadScheduledMessage(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		about_us: DF.Int
		automation: DF.Link | None
		computed_from: DF.Data | None
		confirmed_us: DF.Int
		creation_us: DF.Int
		due_us: DF.Int
		entry: DF.Int
		event: DF.Data | None
		expects: DF.Literal["", "Confirmation"]
		first_us: DF.Int
		minutes: DF.Int
		occurrence: DF.Data | None
		planned_us: DF.Int
		reason: DF.SmallText | None
		reference_doctype: DF.Link | None
		reference_name: DF.Data | None
		source_key: DF.Data | None
		state: DF.Literal["Waiting", "Sent", "Skipped", "Ended"]
		thread: DF.Link
		valid_until_us: DF.Int
	# end: auto-generated types
