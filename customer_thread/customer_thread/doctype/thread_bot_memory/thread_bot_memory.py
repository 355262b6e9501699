from typing import TYPE_CHECKING

from customer_thread.frappe_host.record import Record


class ThreadBotMemory(Record):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		attachments: DF.Code | None
		choices: DF.Code | None
		chosen_until_us: DF.Int
		heard_us: DF.Int
		is_note: DF.Check
		mouth: DF.Data
		named_us: DF.Int
		obeyed: DF.Code | None
		reason: DF.Data | None
		speaker: DF.Data
		thread: DF.Link | None
		until_us: DF.Int
		words: DF.Code | None
		words_us: DF.Int
	# end: auto-generated types
