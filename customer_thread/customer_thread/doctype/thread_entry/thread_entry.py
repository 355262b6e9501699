from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadEntry(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		attachments: DF.Int
		author: DF.Literal["Contractor", "Automated", "Customer"]
		call_seconds: DF.Int
		channel: DF.Literal["", "SMS", "Email", "Portal", "Phone"]
		client_id: DF.Data | None
		erased_us: DF.Int
		event: DF.Link | None
		from_history: DF.Check
		kind: DF.Literal["Message", "Event", "Call"]
		label: DF.Data | None
		message_id: DF.Code | None
		message_key: DF.Data | None
		occurred_at: DF.Datetime | None
		occurred_us: DF.Int
		original: DF.Code | None
		quoted: DF.Check
		search_text: DF.Code | None
		sender: DF.Data | None
		sent_by: DF.Link | None
		source_key: DF.Data | None
		subject: DF.Code | None
		text: DF.Code | None
		thread: DF.Link
	# end: auto-generated types
