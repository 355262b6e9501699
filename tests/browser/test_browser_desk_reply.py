"""The Desk's reply box, on a page that has of Frappe what it needs: the words are kept until the server has them, once."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route
from support.waiting import wait_until

import customer_thread

DESK = Path(customer_thread.__file__).parent / "desk"
SCRIPTS = [
	(DESK / f"{name}.js").read_text("utf-8")
	for name in ("ask", "new_id", "draft", "segments", "reply_style", "reply_box")
]
BASE = "https://desk.example"
FRAPPE = """
window.frappe = {
	csrf_token: "token", session: { user: "mike@example.com" },
	provide(name) { window[name] = window[name] || {}; },
	utils: { debounce: (act, wait) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(act, wait); }; } },
};
window.__ = (text, given = []) => text.replace(/{(\\d+)}/g, (_all, number) => given[number]);
"""
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

	def serve(self, route: Route) -> None:
		"""Answer a call."""
		url = urlsplit(route.request.url)
		call = url.path.rpartition(".")[2]
		if not url.path.startswith("/api/"):
			scripts = "\n".join([FRAPPE, *SCRIPTS])
			body = f"<!doctype html><title>Desk</title><body><script>{scripts}</script>"
			route.fulfill(content_type="text/html; charset=utf-8", body=body)
		elif call == "way":
			asked_for = parse_qs(url.query)
			self.lengths.append(int(asked_for["length"][0]))
			route.fulfill(json={"message": self.ways.get(asked_for["channel"][0], self.way)})
		else:
			asked = json.loads(route.request.post_data or "{}")
			(self.sent if call == "send" else self.notes).append(asked)
			if self.answer:
				self.answer(route, asked)
			else:
				_stored(route, asked)


def _stored(route: Route, asked: dict[str, Any]) -> None:
	route.fulfill(json={"message": {"entry": {"text": asked["text"]}}})


def _lost(route: Route, _asked: dict[str, Any]) -> None:
	route.abort()


def _refused(route: Route, _asked: dict[str, Any]) -> None:
	route.fulfill(status=413, json={"exc_type": "TooLarge", "message": "This message is <b>too long</b>."})


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
	_open(page)
	yield page
	context.close()


def _open(page: Page, thread: str = "A") -> None:
	page.goto(f"{BASE}/app")
	_show(page, thread)


def _show(page: Page, thread: str) -> None:
	page.evaluate(
		"""thread => {
			window.stored = 0;
			const box = new customer_thread.ReplyBox(thread, () => window.stored++);
			document.body.replaceChildren(box.element);
		}""",
		thread,
	)
	wait_until(lambda: page.locator(".ct-reply-way").inner_text() != "")


def _typed(page: Page) -> str:
	return page.locator("textarea").input_value()


def _send(page: Page, text: str = "") -> None:
	if text:
		page.locator("textarea").fill(text)
	page.locator("textarea").press("Control+Enter")


def _trouble(page: Page) -> str:
	return page.locator("[role=alert]").inner_text()


def test_it_sends_and_lets_go(desk: Page, server: Server) -> None:
	assert desk.locator(".ct-reply-way").inner_text() == "Text to (555) 010-2030 · texts come first"
	assert desk.locator("button").is_disabled()
	_send(desk, "  On our way  ")
	wait_until(lambda: _typed(desk) == "")
	[asked] = server.sent
	assert (asked["thread"], asked["text"]) == ("A", "On our way")
	assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", asked["client_id"])
	assert desk.evaluate("[window.stored, localStorage.length]") == [1, 0]
	_send(desk, "again")
	wait_until(lambda: len(server.sent) == 2)
	assert server.sent[1]["client_id"] != asked["client_id"]


def test_it_keeps_the_words_over_an_error_and_a_reload_and_sends_them_as_one(
	desk: Page, server: Server
) -> None:
	server.answer = _lost
	_send(desk, "Back at two")
	wait_until(lambda: "cannot be reached" in _trouble(desk))
	assert _typed(desk) == "Back at two"
	_open(desk)
	assert _typed(desk) == "Back at two"
	server.answer = None
	_send(desk)
	wait_until(lambda: _typed(desk) == "")
	first, second = server.sent
	assert first["client_id"] == second["client_id"]


def test_it_keeps_a_draft_for_each_thread(desk: Page) -> None:
	desk.locator("textarea").fill("for A")
	_show(desk, "B")
	assert _typed(desk) == ""
	desk.locator("textarea").fill("for B")
	_show(desk, "A")
	assert _typed(desk) == "for A"


def test_it_says_what_was_refused_as_text(desk: Page, server: Server) -> None:
	server.answer = _refused
	_send(desk, "x")
	wait_until(lambda: _trouble(desk) == "This message is <b>too long</b>.")
	assert _typed(desk) == "x"
	server.answer = None
	_send(desk, "shorter")
	wait_until(lambda: _typed(desk) == "")
	assert _trouble(desk) == ""


def test_it_loses_no_words_that_were_changed_after_a_try_that_had_arrived(desk: Page, server: Server) -> None:
	server.answer = _lost
	_send(desk, "At two")
	wait_until(lambda: _trouble(desk) != "")

	def had_arrived(route: Route, _asked: dict[str, Any]) -> None:
		route.fulfill(json={"message": {"entry": {"text": "At two"}}})

	server.answer = had_arrived
	_send(desk, "At three")
	wait_until(lambda: "had arrived already" in _trouble(desk))
	assert _typed(desk) == "At three"
	server.answer = None
	_send(desk)
	wait_until(lambda: _typed(desk) == "")
	one, two, three = (asked["client_id"] for asked in server.sent)
	assert one == two != three


def test_a_note_looks_different_and_goes_nowhere_else(desk: Page, server: Server) -> None:
	plain = desk.locator(".ct-reply").evaluate("box => getComputedStyle(box).backgroundColor")
	desk.get_by_role("checkbox").check()
	assert desk.locator(".ct-reply-way").inner_text() == "Note: only your team sees this"
	assert desk.locator("button").inner_text() == "Add note"
	assert desk.locator(".ct-reply").evaluate("box => getComputedStyle(box).backgroundColor") != plain
	_send(desk, "pays late")
	wait_until(lambda: _typed(desk) == "")
	assert [note["text"] for note in server.notes] == ["pays late"]
	assert server.sent == []
	assert not desk.get_by_role("checkbox").is_checked()


def test_it_adds_a_note_once_that_was_changed_after_a_try(desk: Page, server: Server) -> None:
	desk.get_by_role("checkbox").check()
	server.answer = _lost
	_send(desk, "pays late")
	wait_until(lambda: _trouble(desk) != "")

	def never_came(route: Route, asked: dict[str, Any]) -> None:
		route.fulfill(json={"message": {"id": "n", "text": asked["text"]}})

	server.answer = never_came
	_send(desk, "pays very late")
	wait_until(lambda: _typed(desk) == "")
	assert _trouble(desk) == ""


def test_it_sends_nothing_where_nobody_would_read_it(desk: Page, server: Server) -> None:
	server.way = {"channel": None, "address": None, "text": "Say first whose it is.", "reason": None}
	_open(desk)
	assert desk.locator(".ct-reply-way").inner_text() == "Say first whose it is."
	_send(desk, "hello?")
	assert desk.locator("button").is_disabled()
	desk.get_by_role("checkbox").check()
	assert desk.locator("button").is_enabled()
	assert server.sent == []


def test_it_asks_anew_which_way_something_long_goes(desk: Page, server: Server) -> None:
	server.way = {
		"channel": "email",
		"address": "x",
		"text": "E-mail to x",
		"reason": "longer than a text may be",
	}
	desk.locator("textarea").fill("x" * 1700)
	wait_until(lambda: desk.locator(".ct-reply-way").inner_text().startswith("E-mail to x"))
	assert server.lengths[-1] == 1700


SMS = {"channel": "sms", "address": "+1", "text": "Text to (555) 010-2030", "reason": "texts come first"}
CHANNELS = ["sms", "email", "portal"]


def test_it_counts_a_text_and_says_what_makes_it_longer(desk: Page) -> None:
	count = desk.locator(".ct-reply-count")
	assert not count.is_visible()
	desk.locator("textarea").fill("On our way")
	assert count.inner_text() == "1 text, 150 characters left"
	desk.locator("textarea").fill("On our way — soon")
	assert count.inner_text() == "1 text, 53 characters left · “—” takes room: 70 characters a text, not 160"
	desk.locator("textarea").fill("[" * 81)
	assert count.inner_text() == "2 texts, 143 characters left"
	desk.get_by_role("checkbox").check()
	assert not count.is_visible()


def test_it_counts_nothing_of_a_mail(desk: Page, server: Server) -> None:
	server.way = {"channel": "email", "address": "x", "text": "E-mail to x", "reason": "asked for"}
	_open(desk)
	desk.locator("textarea").fill("On our way — soon")
	assert not desk.locator(".ct-reply-count").is_visible()


def test_another_way_can_be_taken_for_one_message(desk: Page, server: Server) -> None:
	server.way = {**SMS, "channels": CHANNELS}
	server.ways["email"] = {
		"channel": "email",
		"address": "x",
		"text": "E-mail to x",
		"reason": "asked for",
		"channels": CHANNELS,
	}
	_open(desk)
	choice = desk.get_by_label("How it is sent")
	assert choice.evaluate("select => [...select.options].map(({ text }) => text)") == [
		"Text",
		"E-mail",
		"Portal",
	]
	desk.locator("textarea").fill("the whole offer")
	choice.select_option("email")
	wait_until(lambda: desk.locator(".ct-reply-way").inner_text() == "E-mail to x · asked for")
	# over a reload, too
	_open(desk)
	wait_until(lambda: desk.locator(".ct-reply-way").inner_text() == "E-mail to x · asked for")
	_send(desk)
	wait_until(lambda: _typed(desk) == "")
	wait_until(lambda: choice.input_value() == "sms")
	_send(desk, "and by itself again")
	wait_until(lambda: len(server.sent) == 2)
	assert [asked.get("channel") for asked in server.sent] == ["email", None]


def test_a_way_that_is_gone_is_left(desk: Page, server: Server) -> None:
	desk.locator("textarea").fill("hello")
	desk.evaluate(
		"localStorage.setItem(Object.keys(localStorage)[0], JSON.stringify({ text: 'hello', channel: 'email' }))"
	)
	server.way = {**SMS, "channels": ["sms", "portal"]}
	server.ways["email"] = {"channel": "portal", "text": "Stays in the portal", "channels": ["sms", "portal"]}
	_open(desk)
	wait_until(lambda: desk.locator(".ct-reply-way").inner_text().startswith("Text to"))
	_send(desk)
	wait_until(lambda: len(server.sent) == 1)
	assert "channel" not in server.sent[0]


def test_at_night_it_waits_unless_one_says_now(desk: Page, server: Server) -> None:
	server.way = {**SMS, "quiet_text": "Sarah’s quiet hours end at 8:00am", "channels": CHANNELS}
	_open(desk)
	assert desk.get_by_label("When it is sent").input_value() == "quiet"
	_send(desk, "see you then")
	wait_until(lambda: _typed(desk) == "")
	desk.locator("textarea").fill("the basement is full of water")
	assert desk.locator("button").inner_text() == "Send later"
	desk.locator("textarea").press("Control+Shift+Enter")
	wait_until(lambda: _typed(desk) == "")
	_send(desk, "and later again")
	wait_until(lambda: len(server.sent) == 3)
	assert [asked["when"] for asked in server.sent] == ["quiet", "now", "quiet"]
