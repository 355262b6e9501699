"""Notifications in real Chromium: permission, subscription, what is shown, where a tap leads, and no connection."""

import json

import pytest
from playwright.sync_api import Page, Route, expect
from support.chromium import GONE, PHONE, OpenPortal, box_of, check_accessible, sticking_out
from support.host import EmbeddedHost
from support.pushed import (
	NOT_ASKED,
	SUBSCRIBE,
	chromium,
	deliver,
	give_push_service,
	service,
	shown,
	tap,
	turn_on,
)
from support.waiting import wait_until

from customer_thread.standalone.demo.push_stand_in import PushedBrowser, PushStandIn

__all__ = ["chromium", "service"]


@pytest.fixture
def phone(service: PushStandIn) -> PushedBrowser:
	return service.browser()


def kept(page: Page) -> list[str]:
	found: list[str] = page.evaluate(
		"caches.open('customer-thread-pages').then((c) => c.keys()).then((k) => k.map(({ url }) => new URL(url).pathname))"
	)
	return found


def rows(host: EmbeddedHost) -> int:
	import sqlite3
	from contextlib import closing

	with closing(sqlite3.connect(host.folder / "thread.db", timeout=60)) as reader:
		sql = "SELECT COUNT(*) FROM `tabThread Push Subscription` WHERE ended_us = 0"
		return int(reader.execute(sql).fetchone()[0])


def test_a_device_is_turned_on_and_off_by_taps(
	own_host: EmbeddedHost, open_portal: OpenPortal, service: PushStandIn, phone: PushedBrowser
) -> None:
	portal = open_portal(own_host, own_host.add_customer("Sarah Lee"))
	give_push_service(portal, phone, own_host, service)
	page = turn_on(portal)
	assert rows(own_host) == 1
	page.reload()
	expect(page.locator("#this-device p.quiet")).to_contain_text("On.")
	assert rows(own_host) == 1
	page.locator("#this-device button").click()
	expect(page.locator("#this-device button")).to_have_text("Turn on")
	assert rows(own_host) == 0


def test_a_push_is_shown_and_a_tap_lands_on_the_entry(
	own_host: EmbeddedHost, open_portal: OpenPortal, service: PushStandIn, phone: PushedBrowser
) -> None:
	customer = own_host.add_customer("Sarah Lee")
	sent = own_host.staff.do("send", customer=customer, text="The deck is done.", channel="portal")
	entry = sent["entry"]["id"]
	portal = open_portal(own_host, customer)
	give_push_service(portal, phone, own_host, service)
	turn_on(portal)
	page = portal.open()
	said = {
		"title": "Mike's",
		"body": "The deck is done.",
		"tag": "t",
		"url": f"/messages?around={entry}#{entry}",
	}
	for _time in range(2):
		deliver(page, portal.base, {**said, "badge": 1})
	# shown while the page is there, and one a thread
	wait_until(lambda: shown(page) == [said])
	deliver(page, portal.base, "not JSON")
	wait_until(lambda: len(shown(page)) == 2)
	page.evaluate(
		"navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((a) => a.filter((n) => !n.tag).forEach((n) => n.close()))"
	)
	tap(portal.context)
	page.wait_for_url(f"{portal.base}/messages?around={entry}#{entry}")
	expect(portal.row("The deck is done.")).to_be_visible()


def test_another_reader_of_the_same_browser_gets_none_of_it(
	own_host: EmbeddedHost, open_portal: OpenPortal, service: PushStandIn, phone: PushedBrowser
) -> None:
	sarah, bob = own_host.add_customer("Sarah Lee"), own_host.add_customer("Bob Miller")
	portal = open_portal(own_host, sarah)
	give_push_service(portal, phone, own_host, service)
	turn_on(portal)
	assert rows(own_host) == 1
	portal.sign_in(own_host.sign_in_path(bob))
	portal.page.goto(f"{portal.base}/notification-settings")
	expect(portal.page.locator("#this-device button")).to_have_text("Turn on")
	wait_until(lambda: rows(own_host) == 0)


def test_a_browser_that_kept_an_old_key_is_subscribed_anew(
	own_host: EmbeddedHost, open_portal: OpenPortal, service: PushStandIn, phone: PushedBrowser
) -> None:
	portal = open_portal(own_host, own_host.add_customer("Sarah Lee"))
	give_push_service(portal, phone, own_host, service)
	page = turn_on(portal)
	old = page.evaluate("localStorage.getItem('test:key')")
	own_host.set(vapid_public_key="", vapid_private_key="")
	own_host.restart()
	wait_until(lambda: rows(own_host) == 0)
	page.goto(f"{portal.base}/notification-settings")
	expect(page.locator("#this-device button")).to_have_text("Turn off")
	assert page.evaluate("localStorage.getItem('test:key')") != old
	assert rows(own_host) == 1


def test_the_thread_offers_it_once_and_asks_after_a_tap_alone(
	own_host: EmbeddedHost, open_portal: OpenPortal, service: PushStandIn, phone: PushedBrowser
) -> None:
	portal = open_portal(own_host, own_host.add_customer("Sarah Lee"))
	own_host.set(push_service_base=service.url)
	portal.context.add_init_script(SUBSCRIBE % json.dumps(phone.subscription))
	portal.context.add_init_script(NOT_ASKED)
	page = portal.open()
	offer = page.locator("#offer")
	expect(offer).to_be_visible()
	assert page.evaluate("localStorage.getItem('test:asked')") is None
	offer.get_by_role("button", name="Turn on").click()
	expect(offer).to_be_hidden()
	wait_until(lambda: rows(own_host) == 1)
	page = portal.open()
	wait_until(lambda: "/messages/this-device" in kept(page))
	expect(offer).to_be_hidden()


def test_the_offer_moves_nothing_that_is_read(own_host: EmbeddedHost, open_portal: OpenPortal) -> None:
	customer = own_host.add_customer("Sarah Lee")
	own_host.fill(customer, 40, 1_600_000_000_000_000, 60_000_000)
	portal = open_portal(own_host, customer, viewport=PHONE)
	portal.context.add_init_script(NOT_ASKED)
	held: list[Route] = []
	portal.page.route("**/installed.js", lambda route: held.append(route))
	page = portal.open()
	portal.scroll_to(500)
	read = portal.row("line 20 of the deck")
	before, offer = box_of(read)["y"], page.locator("#offer")
	expect(offer).to_be_hidden()

	wait_until(lambda: page.evaluate("1") and bool(held))
	held[0].continue_()

	expect(offer).to_be_visible()
	wait_until(lambda: box_of(read)["y"] == pytest.approx(before, abs=1), what="the line in its place")
	offer.get_by_role("button", name="Not now").click()
	expect(offer).to_be_hidden()
	wait_until(lambda: box_of(read)["y"] == pytest.approx(before, abs=1), what="the line in its place")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_it_offers_and_says_without_a_connection_is_accessible(
	own_host: EmbeddedHost, open_portal: OpenPortal, scheme: str
) -> None:
	customer = own_host.add_customer("Sarah Lee")
	own_host.staff.do("send", customer=customer, text="The deck is done.", channel="portal")
	portal = open_portal(own_host, customer, viewport=PHONE, color_scheme=scheme)
	portal.context.add_init_script(NOT_ASKED)
	page = portal.open()
	offer = page.locator("#offer")
	expect(offer).to_be_visible()
	check_accessible(page)
	assert sticking_out(page) == []
	for button in offer.get_by_role("button").all():
		assert box_of(button)["height"] >= 44
	offer.get_by_role("button", name="Not now").click()
	wait_until(lambda: {"/messages", "/messages/offline"} <= set(kept(page)))
	own_host.stop()
	portal.expect_in_console(GONE)
	portal.open()
	expect(page.locator("#offline")).to_be_visible()
	check_accessible(page)
	page.goto(f"{portal.base}/schedule")
	expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
	check_accessible(page)


def test_without_a_connection_it_shows_what_was_last_seen_and_says_so(
	own_host: EmbeddedHost, open_portal: OpenPortal
) -> None:
	customer = own_host.add_customer("Sarah Lee")
	own_host.staff.do("send", customer=customer, text="The deck is done.", channel="portal")
	portal = open_portal(own_host, customer)
	page = portal.open()
	wait_until(lambda: {"/messages", "/messages/offline"} <= set(kept(page)))
	expect(page.locator("#offline")).to_be_hidden()
	own_host.stop()
	portal.expect_in_console(GONE)
	portal.open()
	expect(page.locator("#offline")).to_be_visible()
	expect(page.locator("#offline")).to_contain_text("You are offline")
	expect(portal.row("The deck is done.")).to_be_visible()
	page.goto(f"{portal.base}/schedule")
	expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
	own_host.restart()
	portal.open()
	expect(page.locator("#offline")).to_be_hidden()


def test_signing_out_leaves_nothing_behind(
	own_host: EmbeddedHost, open_portal: OpenPortal, service: PushStandIn, phone: PushedBrowser
) -> None:
	portal = open_portal(own_host, own_host.add_customer("Sarah Lee"))
	give_push_service(portal, phone, own_host, service)
	turn_on(portal)
	page = portal.open()
	wait_until(lambda: "/messages" in kept(page))
	page.locator("#account summary").click()
	page.get_by_role("button", name="Sign out").click()
	page.wait_for_url("**/sign-in")
	wait_until(lambda: rows(own_host) == 0)
	wait_until(lambda: page.evaluate("caches.keys().then((names) => names.length)") == 0)
	assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_on_an_iphone_it_says_how_to_install_it(own_host: EmbeddedHost, open_portal: OpenPortal) -> None:
	agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
	portal = open_portal(own_host, own_host.add_customer("Sarah Lee"), user_agent=agent)
	# Safari has none of it until the page is on the home screen
	portal.context.add_init_script("delete window.PushManager; delete window.Notification;")
	page = portal.open()
	expect(page.locator("#offer")).to_contain_text("Add to Home Screen")
	expect(page.locator("#offer").get_by_role("button", name="Turn on")).to_be_hidden()
	check_accessible(page)
	page.locator("#offer").get_by_role("button", name="Not now").click()
	page.goto(f"{portal.base}/notification-settings")
	expect(page.locator("#this-device p.quiet")).to_contain_text("Add to Home Screen")
	expect(page.locator("#this-device button")).to_be_hidden()
	portal.open()
	expect(page.locator("#offer")).to_be_hidden()


def test_whoever_said_no_is_told_where_yes_is(own_host: EmbeddedHost, open_portal: OpenPortal) -> None:
	portal = open_portal(own_host, own_host.add_customer("Sarah Lee"))
	portal.context.add_init_script(
		'Object.defineProperty(Notification, "permission", { get: () => "denied" });'
	)
	page = portal.page
	page.goto(f"{portal.base}/notification-settings")
	expect(page.locator("#this-device p.quiet")).to_contain_text("does not allow")
	expect(page.locator("#this-device button")).to_be_hidden()
