"""The fifth pane: the team's channel in Zulip."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from support.chromium import check_accessible
from support.people import Browser
from support.running_demo import Demo
from support.waiting import stays, wait_until

from customer_thread.standalone.demo.actions import ACTIONS


def _team(demo: Demo, holding: str = "") -> list[dict[str, Any]]:
	found = demo.state()["team"]
	return [one for one in found if holding in str(one["lines"])]


def test_it_has_no_words_of_the_days_before(demo: Demo) -> None:
	assert _team(demo) == []


def test_what_sarah_writes_appears_in_her_topic(demo: Demo, sarah: Browser) -> None:
	sarah.reply("Does @**all** of it get stained? ")
	[post] = wait_until(lambda: _team(demo, "stained"))
	assert post["who"] == "Thread Bot"
	assert post["topic"].startswith("Sarah Lee #")
	assert post["lines"] == [
		{"kind": "head", "text": "Sarah Lee · Portal"},
		{"kind": "quoted", "text": "Does @**all** of it get stained?"},
	]


def test_what_speaks_to_the_bot_reaches_her(demo: Demo, sarah: Browser) -> None:
	assert demo.act("team", text="@Thread Bot All of it, on Friday.").startswith("Thread Bot has it")
	# Zulip tells times by the second: an answer in the second of the question stands before it
	assert "All of it, on Friday." in sarah.texts()
	wait_until(lambda: "All of it, on Friday." in demo.texts("sarah"))


@pytest.mark.parametrize(
	"words", ["Who is free on Friday?", "Ask @Thread Bot later", "@Thread Bot note gate code 4711"]
)
def test_nothing_else_does(demo: Demo, sarah: Browser, words: str) -> None:
	before = len(sarah.entries())
	demo.act("team", text=words)
	stays(lambda: len(sarah.entries()) == before)


def test_nothing_is_no_message(demo: Demo) -> None:
	assert "team" in ACTIONS
	assert demo.post("team", text=" ").status_code == 400


@pytest.fixture
def page(chromium: Chromium, demo: Demo) -> Iterator[Page]:
	opened = chromium.new_page(viewport={"width": 1280, "height": 800})
	opened.goto(demo.url)
	yield opened
	opened.close()


@pytest.mark.browser
def test_it_is_folded_until_it_is_opened(page: Page, demo: Demo, sarah: Browser) -> None:
	pane = page.locator("#team-pane")
	expect(pane.locator("form")).to_be_hidden()
	sarah.reply("Is the gate locked?")
	expect(pane.locator(".count")).not_to_have_text("")
	expect(pane.locator("form")).to_be_hidden()
	assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")

	pane.locator("summary").click()
	expect(pane.locator(".quoted").last).to_have_text("Is the gate locked?")
	expect(pane.locator(".count")).to_be_hidden()
	pane.locator("[data-fill]").first.click()
	pane.locator(".send").click()
	expect(page.locator("#sarah-pane .sms").last).to_contain_text("On our way!")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 820, 1280, 1600])
def test_it_fits(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
	page.emulate_media(color_scheme=scheme)
	page.set_viewport_size({"width": width, "height": 812})
	page.locator("#team-pane summary").click()
	assert page.evaluate("document.documentElement.scrollWidth") == width
	box = page.locator("#team-pane").bounding_box()
	assert box
	assert box["width"] >= 200
	assert box["height"] >= 400
	check_accessible(page)
