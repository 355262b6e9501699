"""The Desk's list of what failed, on a page that has of Frappe what it needs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from support.desk_files import STYLE, serve_desk_file

import customer_thread

DESK = Path(customer_thread.__file__).parent / "desk"
SCRIPTS = [(DESK / f"{name}.js").read_text("utf-8") for name in ("elements", "ask")]
FRAPPE = """
window.frappe = { boot: {}, csrf_token: "token", confirm: (_words, act) => act(), provide(name) { window[name] = window[name] || {}; } };
window.__ = (text, given = []) => text.replace(/{(\\d+)}/g, (_all, number) => given[number]);
customer_thread = { at: (iso) => iso.slice(0, 10) };
window.opened = [];
"""
SHOW = """
customer_thread.part("failures").then(({ show_failures }) => {
	window.again = show_failures(document.body, (thread, entry) => opened.push([thread, entry]));
	again();
});
"""


def _failure(number: int, **values: object) -> dict[str, Any]:
	return {
		"delivery": f"d{number}",
		"entry": number,
		"thread": f"t{number}",
		"title": f"<b>Sarah {number}</b>",
		"purpose": "Message",
		"channel": "SMS",
		"address": "+15550102030",
		"words": "We start Monday.",
		"error": "",
		"other_way": True,
		"at": "2026-05-15T14:15:00.000000Z",
		**values,
	}


@dataclass
class Server:
	"""What the calls answer, and what they were asked."""

	causes: list[dict[str, Any]] = field(default_factory=list)
	failures: list[dict[str, Any]] = field(default_factory=list)
	asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
	refusal: str = ""
	held_until: str = ""
	assigned: list[str] = field(default_factory=list)

	def serve(self, route: Route) -> None:
		"""Answer a call."""
		if serve_desk_file(route):
			return
		url = urlsplit(route.request.url)
		call = url.path.rpartition(".")[2]
		if not url.path.startswith("/api/"):
			scripts = "\n".join([FRAPPE, *SCRIPTS, SHOW])
			body = f"<!doctype html><title>Desk</title>{STYLE}<body><script>{scripts}</script>"
			route.fulfill(content_type="text/html; charset=utf-8", body=body)
		elif call == "failures":
			self.assigned.append(parse_qs(url.query).get("assigned", [""])[0])
			route.fulfill(json={"message": {"causes": self.causes}})
		elif call == "failed":
			half = 1 if "d1" in parse_qs(url.query).get("before", [""])[0] else 0
			before = "d1" if not half and len(self.failures) > 1 else None
			route.fulfill(json={"message": {"failures": self.failures[half:][:1], "before": before}})
		else:
			self.asked.append((call, json.loads(route.request.post_data or "{}")))
			if self.refusal:
				route.fulfill(status=409, json={"exc_type": "Conflict", "message": self.refusal})
				return
			if call.endswith("_cause"):
				self.causes = []
			if self.held_until:
				route.fulfill(json={"message": {"state": "Held", "due_at": self.held_until}})
				return
			route.fulfill(json={"message": {"done": 2, "left": 0}})


@pytest.fixture
def server() -> Server:
	cause = {
		"cause": "SMS:30034",
		"channel": "SMS",
		"code": "30034",
		"words": "This number is not registered. Register it.",
		"page": "https://www.twilio.com/docs/api/errors/30034",
		"messages": 2,
		"newest_at": "2026-05-15T14:15:00.000000Z",
	}
	return Server([cause], [_failure(1), _failure(2)])


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
	context = chromium.new_context(viewport={"width": 390, "height": 844})
	context.route("**/*", server.serve)
	opened = context.new_page()
	opened.goto("https://desk.example/app")
	yield opened
	context.close()


def test_it_says_what_to_do_and_one_button_tries_all_again(page: Page, server: Server) -> None:
	expect(page.get_by_role("heading")).to_have_text("Text 30034: 2 messages")
	expect(page.get_by_text("This number is not registered. Register it.")).to_be_visible()
	page.get_by_role("button", name="Try all again").press("Enter")
	expect(page.get_by_role("status")).to_have_text("2 are being tried again.")
	expect(page.get_by_text("Everything arrived, or was dealt with.")).to_be_visible()
	assert server.asked == [
		("retry_cause", {"cause": "SMS:30034", "upto": "2026-05-15T14:15:00.000000Z", "assigned": ""}),
	]


def test_each_is_dealt_with_by_itself(page: Page, server: Server) -> None:
	expect(page.get_by_role("button", name="<b>Sarah 1</b>", exact=True)).to_be_visible()
	page.get_by_role("button", name="More").click()
	page.get_by_role("button", name="Send by e-mail: <b>Sarah 2</b>").click()
	expect(page.get_by_role("listitem").nth(1)).to_contain_text("It goes the other way.")
	server.held_until = "2026-05-16T12:00:00.000000Z"
	page.get_by_role("button", name="Try again: <b>Sarah 1</b>").click()
	expect(page.get_by_role("listitem").nth(0)).to_contain_text("It waits until 2026-05-16.")
	page.get_by_role("button", name="<b>Sarah 1</b>", exact=True).click()
	assert page.evaluate("opened") == [["t1", 1]]
	assert server.asked == [("send_otherwise", {"delivery": "d2"}), ("retry", {"delivery": "d1"})]
	assert page.locator("b").count() == 0


def test_a_refusal_is_read_and_the_buttons_stay(page: Page, server: Server) -> None:
	server.refusal = "Both ways have failed."
	page.get_by_role("button", name="Try again: <b>Sarah 1</b>").click()
	expect(page.get_by_role("alert").first).to_have_text("Both ways have failed.")
	expect(page.get_by_role("button", name="Try again: <b>Sarah 1</b>")).to_be_enabled()


def test_everything_is_large_enough_for_a_thumb(page: Page) -> None:
	expect(page.get_by_role("button", name="<b>Sarah 1</b>", exact=True)).to_be_visible()
	for button in page.get_by_role("button").all():
		box = button.bounding_box()
		assert box
		assert box["height"] >= 44, button.inner_text()
	assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_it_is_drawn_anew_when_what_failed_is_another_and_only_then(page: Page, server: Server) -> None:
	page.get_by_role("button", name="More").click()
	expect(page.get_by_role("listitem")).to_have_count(2)
	page.evaluate("again('')")
	# one of the same thread, so that there are no more threads than before
	server.causes[0] |= {"messages": 3, "newest_at": "2026-05-15T15:00:00.000000Z"}
	expect(page.get_by_role("listitem")).to_have_count(2)
	page.evaluate("again('me')")
	expect(page.get_by_role("heading")).to_have_text("Text 30034: 3 messages")
	assert server.assigned == ["", "", "me"]
	# dealt with here: it stays in its place
	page.get_by_role("button", name="More").click()
	server.causes[0]["messages"] = 2
	page.get_by_role("button", name="Dismiss: <b>Sarah 2</b>").click()
	expect(page.get_by_role("heading")).to_have_text("Text 30034: 2 messages")
	page.evaluate("again('me')")
	expect(page.get_by_role("listitem").nth(1)).to_contain_text("Dismissed.")
