"""Where the tabs and the portal's menu of a real site lead: only where this user may go."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from support.site_portal_users import ask, new_customer, new_user, pat

__all__ = ["ask", "pat"]

ASKED = {"My Project": "/project", "Invoices": "/invoices", "Messages": "/messages", "Schedule": "/schedule"}


@pytest.fixture(autouse=True)
def forget(site: Any) -> Iterator[None]:
	"""Keep what is rolled back out of the site's cache."""
	yield
	for single in ("Portal Settings", "Customer Thread Settings"):
		site.clear_document_cache(single, single)


def _tabs(site: Any, user: str, customer: Any) -> dict[str, str]:
	from customer_thread.domain.model import Party
	from customer_thread.domain.portal.tabs import shown_tabs
	from customer_thread.frappe_host.tabs import page_links

	site.set_user(user)
	leading = page_links(Party("Customer", str(customer.name)))
	site.set_user("Administrator")
	return {tab.title: tab.route for tab in shown_tabs(ASKED.items(), leading, "/messages")}


def _project(site: Any, customer: Any, *users: str, **more: object) -> str:
	name = f"TEST {uuid4().hex[:6]}"
	document = site.get_doc({"doctype": "Project", "project_name": name, "customer": customer.name, **more})
	for user in users:
		document.append("users", {"user": user, "welcome_email_sent": 1})
	return str(document.insert().name)


def test_it_names_the_portals_tabs_where_the_admin_has_named_none(site: Any) -> None:
	from customer_thread.frappe_host.settings import settings

	document = site.get_doc("Customer Thread Settings")
	document.tabs = []
	document.save()
	assert dict(settings().tabs) == ASKED
	document.append("tabs", {"title": "Shop", "route": "/shop"})
	document.save()
	assert settings().tabs == (("Shop", "/shop"),)


def test_it_shows_the_project_that_he_was_let_into(site: Any, pat: str) -> None:
	customer, other = new_customer(site, "one", pat), new_customer(site, "two", pat)
	_project(site, customer)
	assert "My Project" not in _tabs(site, pat, customer)

	done = _project(site, customer, pat, status="Completed")
	assert _tabs(site, pat, customer)["My Project"] == f"/projects?project={done}"
	opened = _project(site, customer, pat)
	_project(site, customer, pat, status="Completed")
	_project(site, other, pat)
	assert _tabs(site, pat, customer)["My Project"] == f"/projects?project={opened}"


def test_it_leads_to_a_project_that_opens(site: Any, pat: str, ask: Callable[..., Any]) -> None:
	customer = new_customer(site, "one", pat)
	_project(site, customer, pat)
	route = _tabs(site, pat, customer)["My Project"]
	assert ask(pat, route).status_code == 200


@pytest.mark.parametrize("is_enabled", [True, False])
def test_it_shows_an_item_of_the_portals_menu_as_the_menu_does(site: Any, pat: str, is_enabled: bool) -> None:
	customer = new_customer(site, "one", pat)
	settings = site.get_doc("Portal Settings")
	for item in settings.menu:
		if item.route in ("/invoices", "/project"):
			item.enabled = int(is_enabled)
	settings.save()
	_project(site, customer, pat)
	shown = _tabs(site, pat, customer)
	assert [title in shown for title in ("Invoices", "My Project")] == [is_enabled, is_enabled]


def test_it_shows_no_item_that_is_for_another_role(site: Any) -> None:
	plain = new_user(site, "plain")
	customer = new_customer(site, "one")
	assert set(_tabs(site, plain, customer)) == {"Messages", "Schedule"}


# The portal's menu


def test_it_adds_its_pages_to_the_portals_menu_once(site: Any, pat: str) -> None:
	from frappe.website.utils import get_portal_sidebar_items

	settings = site.get_doc("Portal Settings")
	for _migration in range(2):
		settings.sync_menu()
	site.cache.hdel("portal_menu_items", pat)
	site.set_user(pat)
	routes = [item["route"] for item in get_portal_sidebar_items()]
	site.cache.hdel("portal_menu_items", pat)
	assert [route for route in routes if route in ("/messages", "/schedule")] == ["/messages", "/schedule"]
	# what is copied there would stay when the app goes
	kept = {row.route for row in site.get_doc("Portal Settings").menu}
	assert not kept & {"/messages", "/schedule"}


def test_it_adds_nothing_to_a_suppliers_menu(site: Any) -> None:
	from frappe.website.utils import get_portal_sidebar_items

	user = new_user(site, "supplier", "Supplier")
	site.set_user(user)
	routes = {item["route"] for item in get_portal_sidebar_items()}
	site.cache.hdel("portal_menu_items", user)
	assert not routes & {"/messages", "/schedule"}
