"""Who of a site's users speaks for the business."""

import frappe

from customer_thread.domain.people.addresses import phone
from customer_thread.frappe_host.settings import settings
from customer_thread.permissions import is_staff


def is_portal_user(user: str) -> bool:
	"""Return whether somebody signed in as a customer; guests are nobody, and whoever was deleted is not known."""
	return user != "Guest" and frappe.get_cached_value("User", user, "user_type") == "Website User"


def is_staff_user(user: str) -> bool:
	"""Return whether a user belongs to the business, and is no guest or customer."""
	return bool(frappe.get_cached_value("User", user, "user_type") == "System User")


def staff_numbers() -> set[str]:
	"""Return the phone numbers of the site's own people, E.164."""
	users = frappe.get_all(
		"User", filters={"user_type": "System User", "enabled": 1}, fields=["phone", "mobile_no"]
	)
	region = settings().default_region
	found = (phone(written, region) for user in users for written in (user.phone, user.mobile_no) if written)
	return {address.value for address in found if address}


def is_staff_address(address: str) -> bool:
	"""Return whether a mail address is that of an enabled user who works with threads."""
	users = frappe.get_all("User", {"email": address, "enabled": 1}, ["name", "email"], limit=5)
	# MariaDB takes josé@… for jose@…, who is somebody else
	same = [user.name for user in users if (user.email or "").lower() == address]
	return any(name not in ("Administrator", "Guest") and is_staff(name) for name in same)
