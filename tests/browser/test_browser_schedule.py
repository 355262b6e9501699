"""The Schedule page for everybody: on narrow screens, in the dark, without scripts."""

import pytest
from playwright.sync_api import expect
from support.chromium import DESKTOP, OpenPortal, check_accessible, expect_sign_in
from support.host import EmbeddedHost

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, DESKTOP], ids=["narrow", "desktop"])
def test_it_is_accessible(
	host: EmbeddedHost, open_portal: OpenPortal, customer: str, scheme: str, size: dict[str, int]
) -> None:
	page = open_portal(host, customer, viewport=size, color_scheme=scheme).page
	page.goto(f"{host.url}/schedule")

	expect(page.get_by_role("heading", name="Schedule")).to_be_visible()
	check_accessible(page)
	assert page.evaluate("document.documentElement.scrollWidth") == size["width"]


def test_it_leads_on_without_scripts(host: EmbeddedHost, open_portal: OpenPortal, customer: str) -> None:
	host.set(tabs="Messages=/messages, Schedule=/schedule")
	page = open_portal(host, customer, java_script_enabled=False).page
	page.goto(f"{host.url}/messages")
	page.get_by_role("link", name="Schedule").click()
	page.get_by_role("link", name="Go to your messages").click()
	expect(page.locator("#composer")).to_be_visible()
	page.get_by_role("link", name="Schedule").click()
	page.locator("#account summary").click()
	page.get_by_role("button", name="Sign out").click()
	expect_sign_in(page)
