"""The ports on a Frappe site."""
