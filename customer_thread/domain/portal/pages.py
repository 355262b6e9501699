"""The portal's pages that show one document to its customer."""

from dataclasses import dataclass

#: route → what it shows; the first four are ERPNext's (website_route_rules in its hooks.py), the others ours
PAGES = {
	"/invoices/": "Sales Invoice",
	"/quotations/": "Quotation",
	"/orders/": "Sales Order",
	"/shipments/": "Delivery Note",
	"/messages/contracts/": "Contract",
	"/messages/appointments/": "Appointment",
	"/messages/visits/": "Maintenance Visit",
	"/messages/payments/": "Payment Entry",
	"/messages/payment-requests/": "Payment Request",
}
OWN_PAGES = {route: doctype for route, doctype in PAGES.items() if route.startswith("/messages/")}


@dataclass(frozen=True)
class Reference:
	"""One document."""

	doctype: str
	name: str
