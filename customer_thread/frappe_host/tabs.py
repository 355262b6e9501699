"""Where a site's portal pages lead for the signed-in user."""

from collections.abc import Iterator
from urllib.parse import quote

import frappe
from frappe import _

from customer_thread.domain.model import Party

#: ERPNext's list of projects links to pages that answer 403, so both lead to the one the user may open
_PROJECT_PAGES = ("/project", "/projects")
#: the roles of a customer's user
_OF_NEW_USER = {"All", "Guest", "Customer"}


def default_tabs() -> tuple[tuple[str, str], ...]:
	"""Return the tabs of a site whose admin has named none."""
	return (
		(_("My Project"), "/project"),
		(_("Invoices"), "/invoices"),
		(_("Messages"), "/messages"),
		(_("Schedule"), "/schedule"),
	)


def page_links(party: Party, user: str | None = None) -> dict[str, str]:
	"""Return where each page that the portal's menu knows leads for a user, "" where it is closed to them.

	None: the one who is signed in. Empty: one who is yet to come.
	"""
	user = frappe.session.user if user is None else user
	roles = set(frappe.get_roles(user)) if user else _OF_NEW_USER
	found: dict[str, str] = {}
	for asked, role, is_enabled in _menu():
		route = f"/{(asked or '').strip('/ ')}"
		is_open = is_enabled and (not role or role in roles)
		found[route] = route if is_open else found.get(route, "")
	project = _project(party, user) if found.get("/project", "/project") else ""
	return found | dict.fromkeys(_PROJECT_PAGES, project)


def _menu() -> Iterator[tuple[str, str, bool]]:
	"""Return route, role and whether it is enabled. That the sidebar hides its standard items closes no page."""
	settings = frappe.get_cached_doc("Portal Settings")
	yield from ((row.route, row.role, bool(row.enabled)) for row in (*settings.menu, *settings.custom_menu))
	yield from ((item["route"], item.get("role"), True) for item in frappe.get_hooks("portal_menu_items"))


def _project(party: Party, user: str) -> str:
	"""Return the page of the customer's newest open project among those a user was let into."""
	mine = frappe.get_all("Project User", filters={"user": user, "parenttype": "Project"}, pluck="parent")
	if not mine or party.party_type != "Customer":
		return ""
	projects = frappe.get_all(
		"Project",
		filters={"name": ("in", mine), "customer": party.party},
		fields=["name", "status"],
		order_by="creation desc",
	)
	newest = sorted(projects, key=lambda project: project.status != "Open")
	return f"/projects?project={quote(newest[0].name, safe='')}" if newest else ""
