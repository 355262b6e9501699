from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadDelivery(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		address: DF.Data | None
		attempts: DF.Int
		carried_by: DF.Link | None
		channel: DF.Literal["", "SMS", "Email", "Push", "Zulip"]
		claim: DF.Data | None
		claimed_us: DF.Int
		creation_us: DF.Int
		due_us: DF.Int
		earlier_ids: DF.SmallText | None
		entry: DF.Int
		error: DF.Code | None
		error_code: DF.Data | None
		failed_us: DF.Int
		fallback_of: DF.Link | None
		part: DF.Int
		pictures: DF.Data | None
		promotional: DF.Check
		provider_id: DF.Data | None
		purpose: DF.Literal["Message", "Forward", "Team", "Answer", "Invitation", "Sign In", "Notice"]
		reader: DF.Data | None
		reason: DF.SmallText | None
		source_key: DF.Data | None
		state: DF.Literal["Held", "Queued", "Sending", "Sent", "Delivered", "Failed", "Skipped"]
		text: DF.Code | None
		thread: DF.Link | None
		unsure_since_us: DF.Int
		urgent: DF.Check
	# end: auto-generated types
