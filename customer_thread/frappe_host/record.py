"""What the program keeps is closed to everybody: whatever form, REST or import asks for, and whoever does.

Frappe asks no role of Administrator. The services write through `frappe_host/database.py`, in SQL or, what is new,
with the permissions left aside.
"""

import frappe
from frappe import _
from frappe.model.document import Document


class Record(Document):
	"""A document that only the program's own services write."""

	def before_insert(self) -> None:
		"""Raise PermissionError unless the program writes it."""
		if not self.flags.ignore_permissions:
			frappe.throw(
				_("The thread is a record: nothing can be put into it by hand. Answer on the thread's form."),
				frappe.PermissionError,
			)

	def validate(self) -> None:
		"""Raise PermissionError if it is there already."""
		if not self.is_new():
			_refuse_change()

	def on_trash(self) -> None:
		"""Raise PermissionError."""
		_refuse_change()

	def before_rename(self, _old: str, _new: str, _merge: bool = False) -> None:
		"""Raise PermissionError."""
		_refuse_change()


def _refuse_change() -> None:
	frappe.throw(
		_("The thread is a record: nothing in it can be changed, renamed or deleted."),
		frappe.PermissionError,
	)
