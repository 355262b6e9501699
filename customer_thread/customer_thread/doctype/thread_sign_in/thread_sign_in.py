from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadSignIn(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		address: DF.Data | None
		browser_hash: DF.Data | None
		created_us: DF.Int
		entry: DF.Int
		expires_us: DF.Int
		first_used_us: DF.Int
		last_used_us: DF.Int
		made_by: DF.Link | None
		purpose: DF.Literal["Notice", "Asked For", "Invitation", "Office"]
		revoked_us: DF.Int
		thread: DF.Link | None
		token_hash: DF.Data | None
		user: DF.Link | None
	# end: auto-generated types
