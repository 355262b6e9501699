"""Tabs lead only where this reader may go."""

import pytest

from customer_thread.domain.portal.tabs import Tab, shown_tabs

ASKED = (
	("My Project", "/project"),
	("Invoices", "/invoices"),
	("Messages", "/messages"),
	("Schedule", "/schedule"),
)


def test_it_shows_what_the_host_knows_nothing_against() -> None:
	shown = shown_tabs(ASKED, {}, "/messages")
	assert [(tab.title, tab.route) for tab in shown] == list(ASKED)
	assert [tab.title for tab in shown if tab.current] == ["Messages"]


def test_it_leaves_out_what_is_closed_and_goes_where_a_page_really_is() -> None:
	page_links = {"/project": "/projects?project=P%201", "/invoices": ""}
	shown = shown_tabs(ASKED, page_links, "/schedule")
	assert shown == [
		Tab("My Project", "/projects?project=P%201"),
		Tab("Messages", "/messages"),
		Tab("Schedule", "/schedule", current=True),
	]


@pytest.mark.parametrize("own", ["/messages", "/schedule", "/messages/", "/messages?around=1"])
def test_it_always_shows_our_own_pages(own: str) -> None:
	closed = {"/messages": "", "/schedule": ""}
	assert [tab.route for tab in shown_tabs([("Ours", own)], closed, "/")] == [own]


@pytest.mark.parametrize("route", ["/invoices", "/invoices/", " /invoices", "/invoices?q=1", "/invoices#x"])
def test_it_knows_a_page_however_it_is_asked_for(route: str) -> None:
	assert shown_tabs([("Invoices", route)], {"/invoices": ""}, "/") == []
	assert shown_tabs([("Invoices", route)], {"/invoice": ""}, "/") != []


@pytest.mark.parametrize("route", ["https://pay.example.com/in", "/", "/shop/deck?x=1#y"])
def test_it_goes_elsewhere_as_the_admin_said(route: str) -> None:
	assert shown_tabs([("There", route)], {"/invoices": ""}, "/messages") == [Tab("There", route)]


def test_it_shows_a_place_once_and_none_that_is_empty() -> None:
	page_links = {"/project": "/projects?project=1", "/projects": "/projects?project=1"}
	asked = [("My Project", "/project"), ("Projects", "/projects"), ("Nothing", "")]
	assert [tab.title for tab in shown_tabs(asked, page_links, "/")] == ["My Project"]
