"""A Lead, or a Contact of a Customer, of whoever wrote from a number or address that nobody knows."""

import frappe

from customer_thread.domain.errors import NotAllowed
from customer_thread.domain.model import Address, Party

#: the commonest first
MAKES = ("Lead", "Contact")


def make_party(what: str, name: str, address: Address, customer: str) -> Party:
	"""Insert the document as the user who asks and return whose thread is theirs. Raise NotAllowed."""
	if not frappe.has_permission(what, "create"):
		raise NotAllowed("You may not make a {0}.", what)
	document = frappe.get_doc({"doctype": what, "first_name": name})
	is_phone = address.kind == "Phone"
	if what == "Lead":
		document.set("mobile_no" if is_phone else "email_id", address.value)
		document.insert()
		return Party("Lead", document.name)
	if is_phone:
		document.append("phone_nos", {"phone": address.value, "is_primary_mobile_no": 1})
	else:
		document.append("email_ids", {"email_id": address.value, "is_primary": 1})
	document.append("links", {"link_doctype": "Customer", "link_name": customer})
	document.insert()
	return Party("Customer", customer)
