"""Who signs in to the portal and sees no messages, because ERPNext's Portal User rows do not name them.

A role, and a Contact that is linked to the Customer, let nobody in: the rows alone do. They are for a person to write.
"""

from collections.abc import Iterable
from typing import TypedDict

import frappe

from customer_thread.domain.errors import NotFound
from customer_thread.frappe_host.database import FrappeDatabase
from customer_thread.frappe_host.participants import contacts_of
from customer_thread.store.database import one_of

ROLE = "Customer"
#: of a site, named at once
LISTED = 20
_EMAILS = """
SELECT c.name AS contact, c.user AS user, c.email_id AS email, e.email_id AS other
FROM `tabContact` c LEFT JOIN `tabContact Email` e ON e.parent = c.name AND e.parenttype = 'Contact'
WHERE c.name IN ({contacts})
"""
_UNNAMED = """
SELECT u.name, u.email FROM `tabUser` u
WHERE u.enabled = 1 AND u.user_type = 'Website User' AND u.name <> 'Guest'
AND (u.name IN ({users}) OR u.email IN ({emails}))
AND NOT EXISTS (SELECT 1 FROM `tabPortal User` p WHERE p.user = u.name AND p.parent = %(customer)s
	AND p.parenttype = 'Customer' AND p.parentfield = 'portal_users')
ORDER BY u.name
"""
#: by the first address of a Contact, which is indexed
_ANYWHERE = """
SELECT DISTINCT u.name AS user, l.link_name AS customer FROM `tabUser` u
JOIN `tabContact` c ON c.email_id = u.email
JOIN `tabDynamic Link` l ON l.parent = c.name AND l.parenttype = 'Contact' AND l.link_doctype = 'Customer'
WHERE u.enabled = 1 AND u.user_type = 'Website User' AND u.name <> 'Guest'
AND NOT EXISTS (SELECT 1 FROM `tabPortal User` p WHERE p.user = u.name AND p.parenttype = 'Customer')
ORDER BY u.name, l.link_name LIMIT %(most)s
"""


class Unnamed(TypedDict):
	"""A user of the portal, and the customer of whose contact they are."""

	user: str
	customer: str


def unnamed_anywhere() -> list[Unnamed]:
	"""Return users who can sign in and see no messages at all, at most `LISTED`; of customers who are listed here."""
	rows = FrappeDatabase().select(_ANYWHERE, {"most": LISTED})
	seen = {"name": ("in", {row["customer"] for row in rows})}
	customers = set(frappe.get_list("Customer", seen, pluck="name", limit=LISTED)) if rows else set()
	return [
		{"user": row["user"], "customer": row["customer"]} for row in rows if row["customer"] in customers
	]


def unnamed_users(customer: str) -> list[str]:
	"""Return the users who can sign in, are on a Contact of this customer, and see none of the customer's messages."""
	known = _addresses_of(contacts_of(FrappeDatabase(), customer))
	if not known:
		return []
	params: dict[str, object] = {"customer": customer}
	users, emails = one_of("user", known, params), one_of("email", known, params)
	found = FrappeDatabase().select(_UNNAMED.format(users=users, emails=emails), params)
	# MariaDB takes josé@… for jose@…, who is somebody else
	return [row["name"] for row in found if {row["name"].lower(), (row["email"] or "").lower()} & known]


def _addresses_of(contacts: Iterable[str]) -> set[str]:
	params: dict[str, object] = {}
	listed = one_of("contact", contacts, params)
	rows = FrappeDatabase().select(_EMAILS.format(contacts=listed), params) if listed else []
	return {row[key].lower() for row in rows for key in ("user", "email", "other") if row[key]}


def name_user(customer: str, user: str) -> None:
	"""Let a user read a customer's thread: write their Portal User row and give them the role; again is no change.

	As whoever is signed in, who must be allowed to change the Customer. Raise NotFound for a user whom no Contact of
	the customer has.
	"""
	document = frappe.get_doc("Customer", customer)
	if any(row.user == user for row in document.portal_users):
		return
	if user not in unnamed_users(customer):
		raise NotFound("This user is on no contact of the customer’s.")
	give_role(user)
	document.append("portal_users", {"user": user})
	document.save()


def give_role(user: str) -> None:
	"""Give a user the role of a customer; again is no change."""
	# ERPNext gives it only if a System Manager names the user, and says nothing to them otherwise
	document = frappe.get_doc("User", user)
	if ROLE not in {row.role for row in document.roles}:
		document.flags.ignore_permissions = True
		document.add_roles(ROLE)
