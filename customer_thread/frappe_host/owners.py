"""Whose thread a Lead's is once they became a Customer."""

import frappe

from customer_thread.domain.model import Party


def owner_of(party: Party) -> Party:
	"""Return whose thread it is: a Lead's that was converted is that Customer's."""
	return owner_of_lead(party.party) if party.party_type == "Lead" else party


def owner_of_lead(lead: str) -> Party:
	"""Return the Customer that a Lead became, of several the first, else the Lead."""
	customer = frappe.db.get_value("Customer", {"lead_name": lead}, "name", order_by="creation")
	return Party("Customer", customer) if customer else Party("Lead", lead)
