"""The demo page in a browser: four panes, alive, tidy at any width."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from support.running_demo import Demo

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser, demo: Demo) -> Iterator[Page]:
	"""Return the demo page, which must not complain while it is used."""
	opened = chromium.new_page(viewport={"width": 1280, "height": 800})
	complaints: list[str] = []
	opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
	opened.on("pageerror", lambda error: complaints.append(str(error)))
	opened.goto(demo.url)
	yield opened
	opened.close()
	assert complaints == []


def test_it_shows_all_sides_and_plays(page: Page) -> None:
	portal = page.frame_locator("iframe")
	expect(portal.get_by_text("Sounds good! What time works for you?")).to_be_visible()
	expect(page.locator("#sarah-pane .sms")).to_have_count(4)
	expect(page.locator("#mike-pane .sms")).to_have_count(2)
	assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")

	page.locator("#mike-pane [data-fill]").first.click()
	page.locator("#mike-pane .send").click()
	expect(page.locator("#sarah-pane .sms").last).to_contain_text("on my way")
	expect(portal.locator("#entries .contractor").last).to_contain_text("on my way")

	portal.locator(".chip a").first.click()
	expect(portal.get_by_role("heading", name="Invoice #2041")).to_be_visible()
	portal.get_by_role("link", name="Back to Messages").click()
	portal.locator("#text").fill("See you then")
	portal.locator("#text").press("Enter")
	expect(page.locator("#mike-pane .sms").last).to_contain_text("Sarah Lee: See you then")


@pytest.mark.parametrize("width", [375, 820, 1600])
def test_it_fits(page: Page, width: int) -> None:
	page.set_viewport_size({"width": width, "height": 812})

	assert page.evaluate("document.documentElement.scrollWidth") == width
	for pane in page.locator(".pane").all():
		box = pane.bounding_box()
		assert box
		assert box["width"] >= 200
		assert box["height"] >= 400


def test_it_shows_what_a_night_brought(page: Page) -> None:
	portal, phone = page.frame_locator("iframe"), page.locator("#pushed")
	expect(portal.get_by_text("Sounds good! What time works for you?")).to_be_visible()
	page.get_by_role("button", name="Go to 10pm").click()
	expect(page.locator("#away")).to_be_visible()
	expect(page.locator("#clock")).to_contain_text("10:00pm")
	for _invoice in range(2):
		with page.expect_response("**/api/invoice"):
			page.get_by_role("button", name="Send an invoice").click()
	expect(phone).to_be_hidden()
	page.get_by_role("button", name="Go to 8am").click()

	expect(phone).to_contain_text(re.compile(r"Invoice #\d+ sent; Invoice #\d+ sent"))
	page.locator("#tab-sarah").click()
	expect(page.locator("[data-letters=sarah] li")).to_have_count(1)
	phone.click()
	expect(portal.locator("#entries .found")).to_be_visible()
	expect(page.locator("#away")).to_be_hidden()
	expect(phone).to_be_hidden()
