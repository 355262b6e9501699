"""A page with the Desk's reply box alone: it has of Frappe what that needs, and a server that a test gives its answers."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

import customer_thread
from support.desk_files import STYLE, serve_desk_file
from support.pictures import drawn
from support.waiting import wait_until

DESK = Path(customer_thread.__file__).parent / "desk"
SCRIPTS = [
	(DESK / f"{name}.js").read_text("utf-8")
	for name in (
		"elements",
		"ask",
		"new_id",
		"draft",
		"times",
		"segments",
		"colleagues",
		"reply_box",
	)
]
BASE = "https://desk.example"
FRAPPE = """
window.frappe = {
	csrf_token: "token", session: { user: "mike@example.com" },
	boot: { customer_thread_desk: "1" }, user: { full_name: (user) => ({ "ann@example.com": "Ann Bell" })[user] || user },
	realtime: { on: (name, act) => { window.heard = act; } },
	provide(name) { window[name] = window[name] || {}; },
	utils: { debounce: (act, wait) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(act, wait); }; } },
};
window.moment = { utc: () => ({ local() { return this; }, fromNow: () => "a minute ago" }) };
window.__ = (text, given = []) => text.replace(/{(\\d+)}/g, (_all, number) => given[number]);
"""
#: what the Desk gives its pages: colors, headings and landmarks
OF_THE_DESK = {"color-contrast", "landmark-one-main", "page-has-heading-one", "region", "html-has-lang"}
Answer = Callable[[Route, dict[str, Any]], None]


@dataclass
class Server:
	"""What the calls of the Desk answer, and what they were asked."""

	sent: list[dict[str, Any]] = field(default_factory=list)
	notes: list[dict[str, Any]] = field(default_factory=list)
	way: dict[str, Any] = field(default_factory=dict)
	ways: dict[str, dict[str, Any]] = field(default_factory=dict)
	lengths: list[int] = field(default_factory=list)
	answer: Answer | None = None
	colleagues: dict[str, Any] = field(default_factory=lambda: {"others": [], "answered": None})
	said: list[dict[str, Any]] = field(default_factory=list)
	templates: list[dict[str, Any]] = field(default_factory=list)
	taps: list[dict[str, Any]] = field(default_factory=list)
	#: what was asked of ways with, as JSON, and what was uploaded
	asked_with: list[str] = field(default_factory=list)
	uploads: list[bytes] = field(default_factory=list)
	#: what an upload is refused with
	refuses: str = ""

	def serve(self, route: Route) -> None:
		"""Answer a call."""
		if serve_desk_file(route):
			return
		url = urlsplit(route.request.url)
		call = url.path.rpartition(".")[2]
		if not url.path.startswith("/api/"):
			scripts = "\n".join([FRAPPE, *SCRIPTS])
			body = f"<!doctype html><title>Desk</title>{STYLE}<body><script>{scripts}</script>"
			route.fulfill(content_type="text/html; charset=utf-8", body=body)
		elif call == "way":
			asked_for = parse_qs(url.query)
			self.lengths.append(int(asked_for["length"][0]))
			self.asked_with.append(asked_for.get("uploads", ["[]"])[0])
			route.fulfill(json={"message": self.ways.get(asked_for["channel"][0], self.way)})
		elif call == "upload":
			self.keep(route)
		elif call == "attachment":
			route.fulfill(content_type="image/png", body=drawn(40, 30))
		elif call == "templates":
			route.fulfill(json={"message": self.templates})
		elif call == "one_taps":
			route.fulfill(json={"message": self.taps})
		elif call == "presence":
			self.said.append(json.loads(route.request.post_data or "{}"))
			route.fulfill(json={"message": self.colleagues})
		else:
			asked = json.loads(route.request.post_data or "{}")
			(self.sent if call == "send" else self.notes).append(asked)
			if self.answer:
				self.answer(route, asked)
			else:
				stored(route, asked)

	def keep(self, route: Route) -> None:
		"""Take an upload, or refuse it."""
		if self.refuses:
			route.fulfill(status=400, json={"exc_type": "BadInput", "message": self.refuses})
			return
		body = route.request.post_data_buffer or b""
		self.uploads.append(body)
		[name] = re.findall(rb'filename="([^"]+)"', body)
		kind = "image/png" if name.endswith(b".png") else "application/pdf"
		kept = {"id": f"u{len(self.uploads)}", "name": name.decode(), "content_type": kind}
		route.fulfill(json={"message": kept})


def stored(route: Route, asked: dict[str, Any]) -> None:
	"""Answer that it is stored."""
	route.fulfill(json={"message": {"entry": {"text": asked["text"]}}})


def lost(route: Route, _asked: dict[str, Any]) -> None:
	"""Let the answer never come."""
	route.abort()


def refused(route: Route, _asked: dict[str, Any]) -> None:
	"""Refuse it."""
	route.fulfill(status=413, json={"exc_type": "TooLarge", "message": "This message is <b>too long</b>."})


def open_box(page: Page, thread: str = "A") -> None:
	"""Load the page with the box of a thread."""
	page.goto(f"{BASE}/app")
	show_box(page, thread)


def show_box(page: Page, thread: str) -> None:
	"""Show the box of a thread."""
	page.evaluate(
		"""thread => {
			window.stored = 0;
			const box = window.box = new customer_thread.ReplyBox(thread, () => window.stored++);
			document.body.replaceChildren(box.element);
		}""",
		thread,
	)
	wait_until(lambda: page.locator(".ct-reply-way").inner_text() != "")


def main_button(page: Page) -> Locator:
	"""Return the button that sends it, or keeps the note."""
	return page.locator(".ct-reply-foot > button:last-child")


def typed(page: Page) -> str:
	"""Return what stands in the box."""
	return page.locator("textarea").input_value()


def send(page: Page, text: str = "") -> None:
	"""Send it, or other words."""
	if text:
		page.locator("textarea").fill(text)
	page.locator("textarea").press("Control+Enter")


def trouble(page: Page) -> str:
	"""Return what went wrong."""
	return page.locator(".ct-reply-problem").inner_text()


@pytest.fixture
def server() -> Server:
	way = {"channel": "sms", "address": "+1", "text": "Text to (555) 010-2030", "reason": "texts come first"}
	return Server(way=way)


@pytest.fixture
def desk(chromium: Browser, server: Server) -> Iterator[Page]:
	"""Return a page of the Desk with the reply box of thread A."""
	context: BrowserContext = chromium.new_context()
	context.route("**/*", server.serve)
	page = context.new_page()
	open_box(page)
	yield page
	context.close()
