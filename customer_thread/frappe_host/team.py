"""The Team port on a Frappe site: its users, and Frappe's own assignment."""

from collections.abc import Collection, Iterable, Sequence

import frappe
from frappe.cache_manager import get_doctype_map
from frappe.desk.doctype.notification_settings.notification_settings import is_notifications_enabled
from frappe.desk.form import assign_to

from customer_thread.domain.people.addresses import email, phone
from customer_thread.domain.phrase import Phrase
from customer_thread.frappe_host.bell_lines import mention_user, ring_user
from customer_thread.frappe_host.database import SYSTEM_USER
from customer_thread.frappe_host.settings import settings
from customer_thread.permissions import STAFF_ROLES, THREAD, has_permission, is_staff
from customer_thread.service.team import Member

RULE = "Assignment Rule"
_OPEN = ("Cancelled", "Closed")


class SiteTeam:
	"""Users with a role that works with threads, each within their own User Permissions."""

	def member(self, user: str) -> Member:
		"""Return how a user is told: as the settings say, else by their own mobile number and e-mail address."""
		here = settings()
		number, address = next(
			((number, address) for name, number, address in here.team if name == user), ("", "")
		)
		if not (number and address):
			own = frappe.get_cached_value("User", user, ["mobile_no", "email"]) or ("", "")
			number, address = number or own[0] or "", address or own[1] or ""
		known, mailbox = phone(number, here.default_region), email(address)
		return Member(user, known.value if known else "", mailbox.value if mailbox else "")

	def user_with(self, phone: str) -> str:
		"""Return the user with this mobile number; nobody where several have it."""
		found = [user for user in _users() if self.member(user).phone == phone]
		return found[0] if len(found) == 1 else ""

	def may_see(self, user: str, thread: str) -> bool:
		"""Return whether a user is enabled and may see a thread, by the condition that holds everywhere."""
		if not user or user == "Guest" or not frappe.get_cached_value("User", user, "enabled"):
			return False
		return has_permission(frappe._dict(doctype=THREAD, name=thread), user=user)

	def seeing(self, thread: str) -> Sequence[tuple[str, str]]:
		"""Return who may see a thread, by their full names."""
		return _named(user for user in _users() if self.may_see(user, thread))

	def people(self) -> Sequence[tuple[str, str]]:
		"""Return who has a role that works with threads, by their full names."""
		return _named(_users())

	def give(self, thread: str, user: str) -> None:
		"""Assign it as Frappe does, who tells them; whoever had it before has it no more."""
		for todo in assignments(thread):
			assign_to.set_status(
				THREAD, thread, todo.name, todo.allocated_to, status="Cancelled", ignore_permissions=True
			)
		if user:
			given = {"doctype": THREAD, "name": thread, "assign_to": [user]}
			assign_to.add(given, ignore_permissions=True)

	def managers(self, thread: str) -> Sequence[Member]:
		"""Return the Thread Managers who may see it; the System Managers where there is none like that."""
		for role in ("Thread Manager", "System Manager"):
			users = [
				user for user in _users((role,)) if user != "Administrator" and self.may_see(user, thread)
			]
			if users:
				return [self.member(user) for user in users]
		return [self.member("Administrator")]

	def alert(self, user: str, thread: str, said: Phrase, *, by: str | None = None) -> None:
		"""Put a line into the Desk's bell, for those who have it on."""
		if not is_notifications_enabled(user):
			return
		if by is not None:
			mention_user(user, thread, said, by or SYSTEM_USER)
		else:
			ring_user(user, thread, said)

	def settle(self, thread: str, user: str) -> None:
		"""Queue `tasks.settle_turn` where there is anything to do, once the transaction holds."""
		if user or has_rules():
			frappe.enqueue(
				"customer_thread.tasks.settle_turn", queue="short", enqueue_after_commit=True, thread=thread
			)


def has_rules() -> bool:
	"""Return whether any Assignment Rule is about threads; kept in Frappe's cache, so that asking costs nothing."""
	return bool(rules())


def rules() -> list[dict[str, str]]:
	"""Return the Assignment Rules about threads, the most important first."""
	filters = {"document_type": THREAD, "disabled": 0}
	return list(get_doctype_map(RULE, THREAD, filters=filters, order_by="priority desc"))


def _named(users: Iterable[str]) -> list[tuple[str, str]]:
	named = [(user, frappe.get_cached_value("User", user, "full_name") or user) for user in users]
	return sorted(named, key=lambda one: (one[1].casefold(), one[0]))


def _users(having: Collection[str] = STAFF_ROLES) -> list[str]:
	roles = frappe.get_all(
		"Has Role",
		{"parenttype": "User", "role": ("in", sorted(having))},
		pluck="parent",
		distinct=True,
	)
	filters = {"enabled": 1, "user_type": "System User", "name": ("in", [*roles, "Administrator"])}
	users = frappe.get_all("User", filters, pluck="name", order_by="name")
	return [user for user in users if is_staff(user)]


def assignments(thread: str) -> list[frappe._dict]:
	"""Return the open assignments of a thread, the latest last."""
	filters = {"reference_type": THREAD, "reference_name": thread, "status": ("not in", _OPEN)}
	return list(frappe.get_all("ToDo", filters, ["name", "allocated_to"], order_by="creation, name"))
