from typing import TYPE_CHECKING

from frappe.model.document import Document


class CustomerThreadTab(Document):
	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	if TYPE_CHECKING:
		from frappe.types import DF

		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		route: DF.Data
		title: DF.Data
	# end: auto-generated types
