"""Who may see the program's documents: staff, each within their own User Permissions.

A customer sees their thread through `api/portal.py` alone. Of a thread staff see what Frappe lets them see of its
Customer or Lead: one condition, for lists, reports and searches, for documents, and for the calls of the Desk.
"""

from typing import TYPE_CHECKING

import frappe
from frappe.model.db_query import DatabaseQuery
from frappe.permissions import get_role_permissions, get_user_permissions

if TYPE_CHECKING:
	from frappe.model.document import Document

MANAGER_ROLES = frozenset({"Thread Manager", "System Manager"})
STAFF_ROLES = MANAGER_ROLES | {"Thread Agent"}

THREAD = "Customer Thread"
_PARTIES = ("Customer", "Lead")
_UNMATCHED = (
	"(IFNULL(`tabCustomer Thread`.`party`, '') = '' AND IFNULL(`tabCustomer Thread`.`merged_into`, '') = ''"
	" AND `tabCustomer Thread`.`erased_us` = 0)"
)
_BY_THREAD = (
	"EXISTS (SELECT 1 FROM `tabCustomer Thread`"
	" WHERE `tabCustomer Thread`.`name` = `tab{doctype}`.`thread` AND {visible})"
)
#: of each DocType in which something of a customer's stands, which of its rows belong to a thread that is seen
_ROWS = {
	THREAD: "{visible}",
	"Thread Attachment": (
		"EXISTS (SELECT 1 FROM `tabThread Entry` said"
		" JOIN `tabCustomer Thread` ON `tabCustomer Thread`.`name` = said.`thread`"
		" WHERE said.`name` = `tabThread Attachment`.`entry` AND {visible})"
	),
	# words for whoever it may be, also for somebody who is not seen
	"Thread Bot Memory": "1 = 0",
	"Thread Calendar": _BY_THREAD,
	"Thread Contact Point": _BY_THREAD,
	"Thread Delivery": _BY_THREAD,
	"Thread Entry": _BY_THREAD,
	"Thread Erasure": _BY_THREAD,
	"Thread Event": _BY_THREAD,
	"Thread Note": _BY_THREAD,
	"Thread Preference": _BY_THREAD,
	"Thread Preference Change": _BY_THREAD,
	"Thread Sign In": _BY_THREAD,
	"Thread Push Subscription": _BY_THREAD,
	"Thread Scheduled Message": _BY_THREAD,
	"Thread Upload": _BY_THREAD,
	# of many threads at once
	"Thread Words": "1 = 0",
	# a number of nobody on file, or of somebody who is seen
	"Thread Text Consent": (
		"(NOT EXISTS (SELECT 1 FROM `tabThread Contact Point` known WHERE known.`kind` = 'Phone'"
		" AND known.`value` = `tabThread Text Consent`.`phone`)"
		" OR EXISTS (SELECT 1 FROM `tabThread Contact Point` known"
		" JOIN `tabCustomer Thread` ON `tabCustomer Thread`.`name` = known.`thread`"
		" WHERE known.`kind` = 'Phone' AND known.`value` = `tabThread Text Consent`.`phone` AND {visible}))"
	),
}


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
	if not is_staff(user):
		return False
	condition = query_conditions(user, doc.doctype)
	if not condition:
		return True
	found = frappe.db.sql(  # names of ours and what Frappe escaped  # nosemgrep
		f"SELECT 1 FROM `tab{doc.doctype}` WHERE `name` = %(name)s AND ({condition.replace('%', '%%')})",
		{"name": doc.name},
	)
	return bool(found)


def has_bell_permission(doc: "Document", ptype: str | None = None, user: str | None = None) -> bool | None:
	"""Return False for a line of somebody else's bell that is about something of ours; else Frappe decides.

	Frappe's own `has_permission` of Notification Log lets everybody who signs in read every line of which they know
	the name, customers too.
	"""
	user = user or frappe.session.user
	is_ours = doc.get("document_type") in _ROWS
	return False if is_ours and user not in ("Administrator", doc.get("for_user")) else None


def query_conditions(user: str | None = None, doctype: str | None = None) -> str:
	"""Return the SQL condition for lists, reports and searches of a DocType; empty: all of it."""
	if not is_staff(user):
		return "1 = 0"
	visible = visible_threads(user) if doctype in _ROWS else ""
	return f"({_ROWS[doctype].format(doctype=doctype, visible=visible)})" if doctype and visible else ""


def visible_threads(user: str | None = None) -> str:
	"""Return the SQL condition over `tabCustomer Thread` for those that a member of staff sees; empty: all of them.

	What nobody knows the customer of is everybody's; one that was joined to another has nothing in it.
	"""
	user = user or frappe.session.user
	conditions = {party: _visible_parties(party, user) for party in _PARTIES}
	if not any(conditions.values()):
		return ""
	seen = [_UNMATCHED]
	for party, condition in conditions.items():
		of_party = f"`tabCustomer Thread`.`party_type` = '{party}'"
		if condition:
			listed = f"SELECT `tab{party}`.`name` FROM `tab{party}` WHERE {condition}"
			of_party += f" AND `tabCustomer Thread`.`party` IN ({listed})"
		seen.append(f"({of_party})")
	return f"({' OR '.join(seen)})"


def visible_parties(doctype: str) -> str:
	"""Return the SQL condition over Customers or Leads for those whom the user who asks may see; empty: all of them."""
	return _visible_parties(doctype, frappe.session.user)


def _visible_parties(doctype: str, user: str) -> str:
	"""Return the condition that Frappe puts to a user's list of Customers or Leads; empty: all of them.

	(frappe/model/db_query.py). Who has no role that reads them is an agent by the thread's own roles, within the
	same User Permissions.
	"""
	if user == "Administrator":
		return ""
	roles = get_role_permissions(frappe.get_meta(doctype), user=user)
	found = []
	# the second time for a User Permission that is applicable for Customer Thread alone
	for reference in (None, THREAD):
		query = DatabaseQuery(doctype, user=user)
		query.reference_doctype = reference
		if roles.get("read") or roles.get("select"):
			found.append(query.build_match_conditions())
		else:
			query.match_filters, query.match_conditions = [], []
			query.add_user_permissions(get_user_permissions(user))
			found += [*query.match_conditions, query.get_permission_query_conditions()]
	return " AND ".join(f"({condition})" for condition in dict.fromkeys(found) if condition)
