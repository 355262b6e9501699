"""Say how long a link is good for on a site whose settings were saved before there was a choice.

Of a number without a value the form shows 0 and would save it, and then no link is made.
"""

import frappe

SETTINGS = "Customer Thread Settings"


def execute() -> None:
	"""Write the defaults, unless they are set. Safe to repeat."""
	known = frappe.db.get_singles_dict(SETTINGS)
	for name in ("sign_in_links", "sign_in_link_days"):
		if known and name not in known:
			frappe.db.set_single_value(SETTINGS, name, int(frappe.get_meta(SETTINGS).get_field(name).default))
