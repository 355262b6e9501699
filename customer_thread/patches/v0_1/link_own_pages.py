"""Give the shipped card rules the links to our own pages, where an admin has not written one."""

import frappe

from customer_thread.frappe_host.shipped_rules import keep_rules

RULE = "Thread Card Rule"
LINKS = {
	"contracts": ("contract-delivered", "contract-signed", "contract-cancelled"),
	"appointments": (
		"appointment-scheduled",
		"appointment-confirmed",
		"appointment-verified",
		"appointment-accepted",
		"appointment-rescheduled",
	),
	"visits": ("visit-done", "visit-cancelled"),
	"payments": ("payment-received", "payment-cancelled"),
}


def execute() -> None:
	"""Fill the empty links. Safe to repeat."""
	for page, rules in LINKS.items():
		link = f"/messages/{page}/{{{{ doc.name | urlencode }}}}"
		for rule in frappe.get_all(RULE, {"name": ("in", rules), "link": ("is", "not set")}, pluck="name"):
			frappe.db.set_value(RULE, rule, "link", link, update_modified=False)
	# this migration puts back the rules as it remembers them: from here on with their links
	keep_rules()
