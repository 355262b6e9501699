"""A browser that is pushed to, and what of it stands in for a push service on the internet.

Chromium's own is not there offline, so its `subscribe` gives a subscription of the stand-in's; what the stand-in
decrypts is delivered to the service worker by the browser's own debugging protocol.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Worker, expect

from customer_thread.standalone.demo.push_stand_in import PushedBrowser, PushStandIn
from support.chromium import Portal, launched
from support.surroundings import Surroundings
from support.waiting import wait_until

#: what stands in for the browser's own push service, and nothing else of it
SUBSCRIBE = """
(() => {
	const given = %s;
	const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)).buffer;
	const asText = (key) => btoa(String.fromCharCode(...new Uint8Array(key))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
	const made = (key) => ({
		endpoint: given.endpoint,
		options: { applicationServerKey: bytes(key), userVisibleOnly: true },
		toJSON: () => given,
		unsubscribe: async () => (localStorage.removeItem("test:key"), true),
	});
	PushManager.prototype.subscribe = async ({ applicationServerKey, userVisibleOnly }) => {
		if (!userVisibleOnly || Notification.permission !== "granted") throw new DOMException("no", "NotAllowedError");
		localStorage.setItem("test:key", asText(applicationServerKey));
		return made(localStorage.getItem("test:key"));
	};
	PushManager.prototype.getSubscription = async () => {
		const key = localStorage.getItem("test:key");
		return key ? made(key) : null;
	};
})();
"""

#: a browser that was not asked yet; a headless one may have said no already
NOT_ASKED = """
Object.defineProperty(Notification, "permission", { get: () => localStorage.getItem("test:asked") ? "granted" : "default" });
Notification.requestPermission = async () => (localStorage.setItem("test:asked", "1"), "granted");
"""


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
	"""Return a Chromium that shows notifications."""
	with launched(playwright) as browser:
		yield browser


@pytest.fixture
def service() -> Iterator[PushStandIn]:
	"""Return a push service on this machine."""
	stand_in = PushStandIn()
	stand_in.start()
	yield stand_in
	stand_in.stop()


def turn_on(portal: Portal) -> Page:
	"""Turn this device on by a tap in the settings, and return the page."""
	page = portal.page
	page.goto(f"{portal.base}/notification-settings")
	button = page.locator("#this-device button")
	expect(button).to_have_text("Turn on")
	button.click()
	expect(button).to_have_text("Turn off")
	return page


def give_push_service(portal: Portal, phone: PushedBrowser, host: Surroundings, service: PushStandIn) -> None:
	"""Let a host push to the stand-in, and this browser be subscribed there."""
	host.set(push_service_base=service.url)
	portal.context.grant_permissions(["notifications"], origin=portal.base)
	portal.context.add_init_script(SUBSCRIBE % json.dumps(phone.subscription))


def worker_of(context: BrowserContext) -> Worker:
	"""Return the browser's service worker, once there is one."""
	wait_until(lambda: bool(context.service_workers), what="a service worker")
	return context.service_workers[0]


def deliver(page: Page, base: str, data: dict[str, Any] | str) -> None:
	"""Deliver a push to the service worker, as the browser does with one it has decrypted."""
	session = page.context.new_cdp_session(page)
	seen: list[str] = []
	session.on(
		"ServiceWorker.workerRegistrationUpdated",
		lambda event: seen.extend(item["registrationId"] for item in event["registrations"]),
	)
	session.send("ServiceWorker.enable")
	wait_until(lambda: page.evaluate("1") == 1 and bool(seen), what="a registration")
	text = data if isinstance(data, str) else json.dumps(data)
	session.send(
		"ServiceWorker.deliverPushMessage", {"origin": base, "registrationId": seen[-1], "data": text}
	)
	session.detach()


def shown(page: Page) -> list[dict[str, Any]]:
	"""Return the notifications that are shown, as the service worker has them."""
	found: list[dict[str, Any]] = page.evaluate(
		"""navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) =>
			all.map(({ title, body, tag, data }) => ({ title, body, tag, url: data.url })))"""
	)
	return found


def tap(context: BrowserContext) -> None:
	"""Tap the first notification."""
	worker_of(context).evaluate(
		"""async () => {
			const [notification] = await self.registration.getNotifications();
			self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
		}"""
	)
