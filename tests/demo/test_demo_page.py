"""The demo page in a browser: four panes, alive, tidy at any width."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from support.chromium import check_accessible
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


@pytest.fixture
def own_demo(tmp_path: Path) -> Iterator[Demo]:
	"""Return a demo at its beginning."""
	running = Demo(tmp_path, "--port", "0")
	yield running
	running.close()


def test_it_shows_all_sides_and_plays(page: Page) -> None:
	portal = page.frame_locator("iframe")
	expect(portal.get_by_text("Sounds good! What time works for you?")).to_be_visible()
	expect(page.locator("#sarah-pane .sms")).to_have_count(6)
	expect(page.locator("#mike-pane .sms")).to_have_count(3)
	assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")

	page.locator("#mike-pane [data-fill]").first.click()
	page.locator("#mike-pane .send").click()
	expect(page.locator("#sarah-pane .sms").last).to_contain_text("on my way")
	expect(portal.locator("#entries .contractor").last).to_contain_text("on my way")

	portal.get_by_role("link", name="Invoice #2041 sent").click()
	expect(portal.get_by_role("heading", name="Invoice #2041")).to_be_visible()
	portal.get_by_role("link", name="Back to Messages").click()
	portal.locator("#text").fill("See you then")
	portal.locator("#text").press("Enter")
	expect(page.locator("#mike-pane .sms").last).to_contain_text("Sarah Lee: See you then")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 820, 1280, 1600])
def test_it_fits(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
	page.emulate_media(color_scheme=scheme)
	page.set_viewport_size({"width": width, "height": 812})
	for folded in page.locator("details.pane:not([open]) summary").all():
		box = folded.locator("..").bounding_box()
		assert box
		assert box["height"] < 90
	page.locator("#what-if-button").click()
	page.locator("#mail-pane summary").click()

	assert page.evaluate("document.documentElement.scrollWidth") == width
	# the fifth is folded: test_demo_team.py opens it
	panes = [pane.bounding_box() for pane in page.locator(".pane:not(.team)").all()]
	assert len(panes) == 4
	for box in panes:
		assert box
		assert box["width"] >= 200
		assert box["height"] >= 400
	assert panes[0]
	assert panes[0]["width"] == max(box["width"] for box in panes if box)
	check_accessible(page)


def test_three_steps_tell_the_story(own_demo: Demo, chromium: Browser) -> None:
	page = chromium.new_page(viewport={"width": 1280, "height": 800})
	page.goto(own_demo.url)
	portal = page.frame_locator("iframe")
	expect(portal.get_by_text("Sounds good! What time works for you?")).to_be_visible()
	steps, toast = page.locator("[data-step]"), page.locator("#toast")
	expect(page.locator(".step.next")).to_have_text(re.compile("Sarah sends a photo"))
	expect(page.locator(".lit")).to_have_count(0)

	steps.nth(0).click()
	for name in ("portal", "sarah", "mike"):
		expect(page.locator(f"#{name}-pane")).to_have_class(re.compile(r"\blit\b"))
	expect(toast).to_have_text("Sarah’s photo is in her conversation, and on Mike’s phone.")
	expect(portal.locator("#entries .customer").last.locator("img")).to_be_visible()
	expect(page.locator(".step.done")).to_have_count(1)
	expect(page.locator(".step.next")).to_have_text(re.compile("Mike answers"))

	steps.nth(1).click()
	expect(page.locator("#sarah-pane .sms").last).to_contain_text("Glad you love it!")
	expect(portal.locator("#entries .contractor").last).to_contain_text("Glad you love it!")

	steps.nth(2).click()
	expect(page.locator("#pushed")).to_contain_text("Invoice #2042 sent")
	expect(page.locator(".step.done")).to_have_count(3)
	expect(page.locator(".step.next")).to_have_count(0)
	page.locator("#pushed").click()
	expect(portal.get_by_text("Invoice #2042 sent")).to_be_visible()
	expect(page.locator(".lit")).to_have_count(0)
	page.close()


def test_mike_answers_sarah_whoever_wrote_last(page: Page, demo: Demo) -> None:
	expect(page.frame_locator("iframe").get_by_text("Sounds good! What time works for you?")).to_be_visible()
	bob = demo.sign_in(requests.get(f"{demo.url}/bob", allow_redirects=False, timeout=20).headers["Location"])
	bob.reply("And my roof?")
	expect(page.locator("#mike-pane .sms").last).to_contain_text("Bob Miller: And my roof?")

	page.locator("[data-step=answer]").click()

	expect(page.locator("#sarah-pane .sms").last).to_contain_text("Glad you love it!")


def test_mail_is_folded_until_there_is_some(page: Page, demo: Demo) -> None:
	if not any(demo.state()["mail"].values()):
		expect(page.locator("#mail-pane")).not_to_have_attribute("open", "")
		expect(page.locator("#mail-pane .none")).to_be_visible()
	page.locator("#what-if-button").click()
	page.locator("#office-text").fill("Your warranty papers")
	page.locator(".office select").select_option("email")
	page.locator(".office button").click()

	expect(page.locator("[data-letters=sarah] .subject").first).to_be_visible()
	page.locator("#what-if-button").click()
	# narrower, and still at their ends
	for who in ("sarah", "mike"):
		expect(page.locator(f"#{who}-pane .sms").last).to_be_in_viewport(ratio=1)
	expect(page.locator("#mail-pane")).to_have_attribute("open", "")


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["project", "invoices", "invoices/2041"])
def test_the_pages_that_stand_for_erpnexts_are_accessible(
	page: Page, demo: Demo, path: str, scheme: Literal["light", "dark"], width: int
) -> None:
	page.emulate_media(color_scheme=scheme)
	page.set_viewport_size({"width": width, "height": 700})
	page.goto(f"{demo.url}/{path}")

	for landmark in ("banner", "navigation", "main", "complementary"):
		expect(page.get_by_role(landmark)).to_have_count(1)
	assert page.evaluate("document.documentElement.scrollWidth") == width
	check_accessible(page)


def test_it_shows_what_a_night_brought(page: Page) -> None:
	portal, phone = page.frame_locator("iframe"), page.locator("#pushed")
	expect(portal.get_by_text("Sounds good! What time works for you?")).to_be_visible()
	page.locator("#what-if-button").click()
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
	expect(page.locator("[data-letters=sarah] .subject").first).to_contain_text("2 new")
	phone.click()
	expect(portal.locator("#entries .found")).to_be_visible()
	expect(page.locator("#away")).to_be_hidden()
	expect(phone).to_be_hidden()
