"""The Parties port: Customer, Lead and Project of ERPNext."""

import frappe
from frappe import _

from customer_thread.domain.model import Party
from customer_thread.service.ports import PartyInfo


class ErpNextParties:
	"""The site's own customers and leads."""

	def find(self, party: Party) -> PartyInfo | None:
		"""Return what is known, or None if there is no such customer or lead."""
		field = "customer_name" if party.party_type == "Customer" else "title"
		name = frappe.db.get_value(party.party_type, party.party, field)
		if name is None:
			return None
		if party.party_type != "Customer":
			return PartyInfo(name=name)
		return PartyInfo(name=name, project=_project(party.party), timezone=_timezone(party.party))


def _project(customer: str) -> str:
	"""Return "Deck Replacement Project · Active" of the customer's newest open project."""
	newest = frappe.get_all(
		"Project",
		filters={"customer": customer, "status": "Open"},
		order_by="creation desc",
		limit=1,
		pluck="project_name",
	)
	return f"{newest[0]} · {_('Active')}" if newest else ""


def _timezone(customer: str) -> str:
	"""Return the zone that one of the customer's portal users has set in his User, the first one's if several."""
	users = frappe.get_all(
		"Portal User",
		filters={"parenttype": "Customer", "parent": customer},
		order_by="idx",
		pluck="user",
	)
	zones = (frappe.get_cached_value("User", user, "time_zone") for user in users)
	return next((found for found in zones if found), "")
