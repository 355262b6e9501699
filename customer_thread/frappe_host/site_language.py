"""The site's own language."""

import frappe


def site_language() -> str:
	"""Return the language of the site, "en" unless it is set."""
	return str(frappe.get_system_settings("language") or "en")


def chosen(own: str | None, readers: str | None) -> str:
	"""Return a customer's language, empty if unknown; the site's, which Frappe puts in by itself, gives way to a reader's."""
	return (own if own and own != site_language() else readers or own) or ""
