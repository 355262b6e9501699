"""Whose turn it is, as Frappe's assignments and Assignment Rules say it."""

import frappe
from frappe.automation.doctype.assignment_rule.assignment_rule import apply

from customer_thread.frappe_host.host import FrappeLive
from customer_thread.frappe_host.team import RULE, SiteTeam, assignments, has_rules, rules
from customer_thread.permissions import THREAD

#: how many are asked after who may not see a thread, before it is nobody's
_TRIES = 10


def follow_todo(thread: str) -> None:
	"""Keep with a thread who has it among their tasks now, the latest of those who may see it, and say so."""
	before = frappe.db.get_value(THREAD, thread, "assigned_to")
	seeing = [
		todo.allocated_to for todo in assignments(thread) if SiteTeam().may_see(todo.allocated_to, thread)
	]
	if (before or None) != (now := seeing[-1] if seeing else None):
		frappe.db.set_value(THREAD, thread, "assigned_to", now, update_modified=False)
	live = FrappeLive()
	live.changed_for_staff(thread)
	live.list_changed()


def settle(thread: str) -> None:
	"""Take a thread from who may not see it any more, and let the Assignment Rules say whose turn it is.

	Rules are run by saving a document, and ours are never saved: as the system, whoever has changed the thread.
	"""
	if not frappe.db.exists(THREAD, {"name": thread, "erased_us": 0, "merged_into": ("is", "not set")}):
		return
	team = SiteTeam()
	has_it = frappe.db.get_value(THREAD, thread, "assigned_to")
	if has_it and not team.may_see(has_it, thread):
		team.give(thread, "")
	if not has_rules():
		return
	for number in range(_TRIES):
		frappe.db.savepoint(savepoint := f"turn{number}")
		said = len(frappe.local.message_log)
		try:
			apply(doctype=THREAD, name=thread)
			return
		except frappe.PermissionError:
			frappe.db.rollback(save_point=savepoint)
			del frappe.local.message_log[said:]
			if not _go_on():
				return


def _go_on() -> bool:
	"""Let the next one of each round have it; return whether there is such a rule."""
	found = False
	for row in rules():
		rule = frappe.get_doc(RULE, row["name"])
		if rule.rule == "Round Robin" and rule.users:
			rule.db_set("last_user", rule.get_user_round_robin())
			found = True
	return found
