"""Who may see the program's documents: staff. A customer sees their thread through `api/portal.py` alone."""

from typing import TYPE_CHECKING

import frappe
from frappe import _

if TYPE_CHECKING:
	from frappe.model.document import Document

MANAGER_ROLES = frozenset({"Thread Manager", "System Manager"})
STAFF_ROLES = MANAGER_ROLES | {"Thread Agent"}


def is_staff(user: str | None = None) -> bool:
	"""Return whether a user may work with threads."""
	user = user or frappe.session.user
	if user == "Administrator":
		return True
	if frappe.get_cached_value("User", user, "user_type") == "Website User":
		return False
	return bool(STAFF_ROLES & set(frappe.get_roles(user)))


def is_manager(user: str | None = None) -> bool:
	"""Return whether a user may configure the thread."""
	user = user or frappe.session.user
	return is_staff(user) and (user == "Administrator" or bool(MANAGER_ROLES & set(frappe.get_roles(user))))


def has_permission(
	doc: "Document", ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool:
	"""Return whether a user may touch a document of ours at all; what they may do with it, their roles say."""
	return is_staff(user)


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Return the SQL condition for lists, reports and searches: nothing for anyone but staff."""
	return "" if is_staff(user) else "1 = 0"


def refuse_change() -> None:
	"""Raise PermissionError: what is in the thread stays as it was written."""
	frappe.throw(
		_("The thread is a record: nothing in it can be changed, renamed or deleted."),
		frappe.PermissionError,
	)
