"""What one meets first: a thread with nothing in it, the page's icon and colour."""

from typing import Any

import pytest
from playwright.sync_api import expect
from support.chromium import DESKTOP, TOUCH, OpenPortal, Portal, check_accessible
from support.host import EmbeddedHost
from support.people import Staff

pytestmark = pytest.mark.browser

WELCOME = "come together here, with your invoices and visits. Type below to say hello."
PAGES = [
	"/messages",
	"/messages?q=deck",
	"/schedule",
	"/notification-settings",
	"/messages/offline",
	"/messages/999",
]
#: whether the browser can draw the icon, and in which colours
ICON = """async () => {
	const icon = Object.assign(new Image(), { src: document.querySelector("link[rel=icon]").href });
	await icon.decode();
	const canvas = Object.assign(document.createElement("canvas"), { width: 32, height: 32 });
	const context = canvas.getContext("2d", { willReadFrequently: true });
	context.drawImage(icon, 0, 0, 32, 32);
	const at = (x, y) => `#${[...context.getImageData(x, y, 1, 1).data.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
	return [at(16, 3), at(16, 15)];
}"""
COLOURS = """() => [...document.querySelectorAll("meta[name=theme-color]")].map(({ media, content }) => [media, content])"""


@pytest.mark.parametrize(
	"options", [TOUCH, {"viewport": DESKTOP}, {**TOUCH, "java_script_enabled": False}], ids=["phone", "desktop", "plain"]
)  # fmt: skip
def test_an_empty_thread_says_what_the_page_is(
	open_portal: OpenPortal, host: EmbeddedHost, customer: str, options: dict[str, Any]
) -> None:
	portal = open_portal(host, customer, **options)
	portal.page.goto(f"{host.url}/messages")
	welcome = portal.page.get_by_text(WELCOME)
	expect(welcome).to_be_in_viewport()
	expect(welcome).to_contain_text("Your texts and emails with Mike's Contracting")
	if options.get("java_script_enabled", True):
		check_accessible(Portal.ready(portal.page))

	portal.send("Hello!")

	expect(portal.row("Hello!")).to_have_count(1)
	expect(welcome).to_be_hidden()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_the_business_s_icon_and_colour(portal: Portal, host: EmbeddedHost, path: str) -> None:
	portal.expect_in_console("status of 404")
	portal.page.goto(host.url + path)

	accent, on_accent = portal.page.evaluate(ICON)
	light, dark = portal.page.evaluate(COLOURS)

	assert light == ["(prefers-color-scheme: light)", accent]
	assert dark[0] == "(prefers-color-scheme: dark)"
	assert on_accent in ("#ffffff", "#000000")
	assert accent == portal.page.evaluate(
		"getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
	)


def test_the_sign_in_page_has_them_too(open_portal: OpenPortal, host: EmbeddedHost) -> None:
	portal = open_portal(host)
	portal.expect_in_console(r"status of 40[0-9]")
	portal.page.goto(f"{host.url}/messages")
	accent, _on_accent = portal.page.evaluate(ICON)
	assert next(colour for _media, colour in portal.page.evaluate(COLOURS)) == accent


def test_it_opens_with_seven_requests(portal: Portal, staff: Staff, customer: str) -> None:
	staff.do("send", customer=customer, text="Hi Sarah")
	portal.open()
	portal.rest()

	asked = [request.url for request in portal.requests if not request.url.startswith("data:")]
	assert len([url for url in asked if "portal." not in url]) <= 7, asked
