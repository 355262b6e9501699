"""The Bell port on a Frappe site: the Desk's own bell, one line in it a thread and user."""

import frappe
from frappe.desk.doctype.notification_settings.notification_settings import is_notifications_enabled

from customer_thread.domain.phrase import Phrase
from customer_thread.frappe_host.bell_lines import LOG, ring_user
from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.team import SiteTeam
from customer_thread.permissions import THREAD, has_permission

_AGENTS = ("Thread Agent", "Thread Manager")
#: who is told where nobody works with threads by role
_OTHERS = ("System Manager",)
_WITH_ROLE = """
SELECT DISTINCT u.name FROM `tabHas Role` r JOIN `tabUser` u ON u.name = r.parent
WHERE r.parenttype = 'User' AND r.role IN %(roles)s AND u.enabled = 1 AND u.user_type = 'System User'
AND u.name <> 'Guest' ORDER BY u.name
"""


class DeskBell:
	"""Rung by a job of its own: whatever is wrong with it, the customer's message is stored."""

	def ring(self, entry: int) -> None:
		"""Queue `tasks.ring`, once the transaction holds."""
		frappe.enqueue("customer_thread.tasks.ring", queue="short", enqueue_after_commit=True, entry=entry)

	def forget(self, thread: str) -> None:
		"""Delete the lines of a thread."""
		frappe.db.delete(LOG, {"document_type": THREAD, "name": ("like", f"{thread}-%")})


def ring_all(thread: str, said: Phrase) -> None:
	"""Put what is said of a thread into the bell of whose turn it is, else of everybody who works with it.

	In their own language.
	"""
	for user in _who_hears(thread):
		ring_user(user, thread, said)


def _who_hears(thread: str) -> list[str]:
	document = frappe.get_doc(THREAD, thread)
	if document.assigned_to and SiteTeam().may_see(document.assigned_to, thread):
		return [user for user in (document.assigned_to,) if is_notifications_enabled(user)]
	for roles in (_AGENTS, _OTHERS):
		# each by their User Permissions, as everywhere
		seeing = [user for user in _with_role(roles) if has_permission(document, user=user)]
		if seeing:
			return [user for user in seeing if is_notifications_enabled(user)]
	return []


def _with_role(roles: tuple[str, ...]) -> list[str]:
	return [row["name"] for row in FrappeDatabase().select(_WITH_ROLE, {"roles": roles})]
