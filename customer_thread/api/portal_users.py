"""Whoever may change a Customer lets its people read the thread, from the Customer's form."""

import frappe

from customer_thread.api import endpoint, require_user
from customer_thread.domain.errors import NotFound
from customer_thread.frappe_host import portal_users
from customer_thread.service.params import Params


@frappe.whitelist(methods=["GET"])
@endpoint
def unnamed(customer: object = None) -> list[str]:
	"""Return the users of the portal on a contact of this customer who see no messages."""
	return portal_users.unnamed_users(_own_to_change(Params({"customer": customer}).text("customer")))


@frappe.whitelist(methods=["POST"])
@endpoint
def add(customer: object = None, user: object = None) -> list[str]:
	"""Let one of them read; return who is left."""
	given = Params({"customer": customer, "user": user})
	customer_name = _own_to_change(given.text("customer"))
	portal_users.name_user(customer_name, given.text("user"))
	return portal_users.unnamed_users(customer_name)


def _own_to_change(customer: str) -> str:
	"""Return a Customer whom the user may change. Raise NotSignedIn or NotFound."""
	require_user()
	is_there = frappe.db.exists("Customer", customer)
	if not is_there or not frappe.has_permission("Customer", "write", doc=customer):
		raise NotFound("There is no {0} “{1}”.", "Customer", customer)
	return customer
