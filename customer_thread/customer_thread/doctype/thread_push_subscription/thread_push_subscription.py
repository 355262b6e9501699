from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadPushSubscription(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		auth: DF.Data | None
		created_us: DF.Int
		ended_reason: DF.Literal["", "Turned Off", "Signed Out", "Gone", "Refused", "Keys Replaced", "Too Many"]
		ended_us: DF.Int
		endpoint: DF.SmallText | None
		endpoint_hash: DF.Data | None
		last_ok_us: DF.Int
		p256dh: DF.Data | None
		public_key: DF.Data | None
		refusals: DF.Int
		session_hash: DF.Data | None
		thread: DF.Link
		user: DF.Link
		user_agent: DF.Data | None
	# end: auto-generated types
