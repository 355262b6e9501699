"""Let cards tell short numbers on a site whose settings were saved before there was a choice."""

import frappe

SETTINGS = "Customer Thread Settings"


def execute() -> None:
	"""Switch them on, unless they are set. Safe to repeat."""
	known = frappe.db.get_singles_dict(SETTINGS)
	if known and "short_numbers" not in known:
		frappe.db.set_single_value(SETTINGS, "short_numbers", 1)
