from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadEvent(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		amount: DF.Currency
		currency: DF.Link | None
		due_date: DF.Data | None
		erased_us: DF.Int
		event_type: DF.Data
		number: DF.Data | None
		number_kind: DF.Data | None
		occurred_at: DF.Datetime | None
		occurred_us: DF.Int
		reference_doctype: DF.Link | None
		reference_name: DF.DynamicLink | None
		send_before_us: DF.Int
		source_key: DF.Data | None
		thread: DF.Link
		title: DF.Data
		url: DF.Code | None
		voided_by: DF.Link | None
		voids: DF.Link | None
	# end: auto-generated types
