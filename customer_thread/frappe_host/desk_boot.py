"""What the Desk is told when it starts."""

from typing import Any

import frappe
from frappe.utils import add_user_info

from customer_thread.domain.limits import COLLEAGUES_NAMED
from customer_thread.permissions import STAFF_ROLES, is_staff
from customer_thread.service.desk.desk_files import version


def extend_bootinfo(bootinfo: Any) -> None:  # noqa: ANN401
	"""Say by which name our modules for the Desk are had (`desk/elements.js`), and what the colleagues are called."""
	bootinfo.customer_thread_desk = version()
	if is_staff():
		# else Frappe knows only one's own name, and a colleague would be an e-mail address
		add_user_info(_colleagues(), bootinfo.user_info)


def _colleagues() -> set[str]:
	with_role = {"parenttype": "User", "role": ("in", sorted(STAFF_ROLES))}
	found: list[str] = frappe.get_all("Has Role", with_role, pluck="parent", limit=COLLEAGUES_NAMED)
	return set(found)
