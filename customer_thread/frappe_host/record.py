"""What the program keeps is closed to everybody: whatever form, REST or import asks for, and whoever does.

Frappe asks no role of Administrator. The services write through `frappe_host/database.py`, in SQL or, what is new,
with the permissions left aside.
"""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

#: which Frappe's print formats show as they are, as HTML
_PRINTED_AS_HTML = ("Data", "Autocomplete", "Small Text", "Text", "Long Text")


class Record(Document):
	"""A document that only the program's own services write."""

	def _set_defaults(self) -> None:
		"""Take the fields' own defaults alone: those of whoever is signed in say nothing of the customer."""
		fill(self)

	def set_user_and_timestamp(self) -> None:
		"""Stamp it, and let it be owned by whom the program says."""
		super().set_user_and_timestamp()
		if self.flags.owned_by:
			self.owner = self.flags.owned_by

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

	def notify_update(self) -> None:
		"""Say nothing to the Desk: the thread's own events say what has changed, of which there is one a change."""

	def before_print(self, _settings: Any = None) -> None:  # noqa: ANN401
		"""Let words be printed as words: a page or PDF made of them runs nothing and fetches nothing."""
		for field in self.meta.fields:
			value = self.get(field.fieldname)
			if field.fieldtype in _PRINTED_AS_HTML and isinstance(value, str):
				self.set(field.fieldname, escape_html(value))
		titles: dict[str, Any] = self.get("__link_titles") or {}
		titles.update({key: escape_html(str(title)) for key, title in titles.items() if title})

	def before_rename(self, _old: str, _new: str, _merge: bool = False) -> None:
		"""Raise PermissionError."""
		_refuse_change()


def fill(document: Document) -> None:
	"""Give the fields without a value their own defaults."""
	for field in document.meta.fields:
		if field.default is not None and document.get(field.fieldname) is None:
			document.set(field.fieldname, field.default)


def _refuse_change() -> None:
	frappe.throw(
		_("The thread is a record: nothing in it can be changed, renamed or deleted."),
		frappe.PermissionError,
	)
