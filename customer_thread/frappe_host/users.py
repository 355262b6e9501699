"""Who of a site's users speaks for the business."""

import frappe


def is_portal_user(user: str) -> bool:
	"""Return whether somebody signed in as a customer; guests are nobody, and whoever was deleted is not known."""
	return user != "Guest" and frappe.get_cached_value("User", user, "user_type") == "Website User"
