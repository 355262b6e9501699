from typing import TYPE_CHECKING

from frappe.model.document import Document


class ThreadPushSubscription(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		auth: DF.Data | None
		endpoint: DF.SmallText
		endpoint_hash: DF.Data | None
		last_ok_us: DF.Int
		p256dh: DF.Data | None
		thread: DF.Link
		user: DF.Data
		user_agent: DF.SmallText | None
	# end: auto-generated types
