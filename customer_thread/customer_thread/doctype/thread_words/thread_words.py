from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadWords(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		beginning: DF.Int
		block: DF.Int
		words: DF.Code | None
	# end: auto-generated types
