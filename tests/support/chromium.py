"""Headless Chromium, and a customer who looks at the real page in it."""

import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
	Browser,
	BrowserContext,
	ConsoleMessage,
	FloatRect,
	Locator,
	Page,
	Playwright,
	Request,
	expect,
)

from support import waiting
from support.people import button_in
from support.waiting import wait_until

PHONE = {"width": 375, "height": 812}
DESKTOP = {"width": 1280, "height": 800}
TOUCH: dict[str, Any] = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
#: what the browser itself says when a request is refused or a server is gone
REFUSED = r"the server responded with a status of 4\d\d"
GONE = r"net::ERR_(?:CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|FAILED|SOCKET_NOT_CONNECTED)"

expect.set_options(timeout=30_000)
#: ms that a page may take, on a slow machine that does much else; nothing is proved by how long it takes
_PATIENCE = 90_000

#: with notifications
WHOLE = ("chromium", "chromium-browser")
#: the same pages for half of the work
LIGHT = ("chromium-headless-shell", *WHOLE)
_ARGUMENTS = [
	*("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
	*("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
_AXE = {
	"runOnly": {
		"type": "tag",
		"values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	}
}
_REPORT_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
	console.error(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""


@contextmanager
def launched(playwright: Playwright, names: Sequence[str] = WHOLE) -> Iterator[Browser]:
	"""Give the first Chromium of these that is installed, and let Playwright's events be handled while a test waits."""
	browser = _launch(playwright, names)
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(waiting, "pause", handling_events(browser))
		yield browser
	browser.close()


def _launch(playwright: Playwright, names: Sequence[str]) -> Browser:
	"""Return Chromium; skip, or fail in CI, where there is none."""
	path = next(filter(None, (shutil.which(name) for name in names)), None)
	if path is None:
		why = f"Chromium is not installed: apt-get install {' or '.join(names)}"
		if os.environ.get("CI") == "true":
			pytest.fail(why)
		pytest.skip(why)
	browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
	browser.on("context", lambda context: context.set_default_navigation_timeout(_PATIENCE))
	return browser


def box_of(locator: Locator) -> FloatRect:
	"""Return where an element is; a row gives way to its newer self now and then, and for a moment is nowhere."""
	return wait_until(locator.bounding_box)


def handling_events(browser: Browser) -> Callable[[float], None]:
	"""Return what lets seconds go by in which Playwright handles what comes from the browser.

	It does so only while it is asked something: a request that a test answers waits for as long as the test sleeps.
	"""
	thread = threading.get_ident()

	def pause(seconds: float) -> None:
		pages = [page for context in browser.contexts for page in context.pages]
		if pages and threading.get_ident() == thread:
			pages[0].wait_for_timeout(seconds * 1000)
		else:
			time.sleep(seconds)

	return pause


class Portal:
	"""One browser of one person: cookies, storage, pages. It notes everything a page should not do."""

	def __init__(self, browser: Browser, base: str, **options: Any) -> None:  # noqa: ANN401 - as playwright has them
		self.base = base
		self.problems: list[str] = []
		self.requests: list[Request] = []
		self._expected: list[str] = []
		self._in_flight: set[Request] = set()
		self.context: BrowserContext = browser.new_context(**{"viewport": DESKTOP, **options})
		self.context.add_init_script(_REPORT_VIOLATIONS)
		self.context.on("console", self._on_console)
		self.context.on("weberror", lambda error: self.problems.append(f"uncaught: {error.error}"))
		self.context.on("request", self._on_request)
		self.context.on("requestfinished", lambda request: self._in_flight.discard(request))
		self.context.on("requestfailed", lambda request: self._in_flight.discard(request))
		self.page: Page = self.context.new_page()

	def _on_console(self, message: ConsoleMessage) -> None:
		if message.type in ("error", "warning"):
			self.problems.append(f"{message.text} {message.location['url']}".rstrip())

	def _on_request(self, request: Request) -> None:
		self.requests.append(request)
		self._in_flight.add(request)
		if not request.url.startswith((f"{self.base}/", "data:")):
			self.problems.append(f"a request to somebody else: {request.url}")

	def expect_in_console(self, pattern: str) -> None:
		"""Allow the browser's own word about a request that the test lets fail."""
		self._expected.append(pattern)

	def close(self) -> None:
		"""Close it; fail if a page did what it should not."""
		self.context.close()
		unexpected = [
			text for text in self.problems if not any(re.search(item, text) for item in self._expected)
		]
		assert unexpected == [], unexpected

	# Going somewhere

	def sign_in(self, path: str) -> None:
		"""Use a one-time link, as if it were opened in another tab."""
		page = self.context.request.get(self.base + path)
		if "/messages/in" not in page.url:
			# she is signed in here: it goes straight on
			return
		action, fields = button_in(page.text())
		answer = self.context.request.post(self.base + action, form={**fields}, max_redirects=0)
		assert answer.status == 303, answer.text()

	def open(self, path: str = "/messages") -> Page:
		"""Open a page and wait until its script has taken over."""
		self.page.goto(self.base + path)
		return self.ready(self.page)

	@staticmethod
	def ready(page: Page) -> Page:
		"""Wait until the page's script has taken over."""
		expect(page.locator("#timeline.live:not([aria-busy])")).to_be_attached()
		return page

	def new_tab(self, path: str = "/messages") -> Page:
		"""Open one more tab of the same browser."""
		page = self.context.new_page()
		page.goto(self.base + path)
		return page

	def stop_clock(self) -> None:
		"""Let the time of this tab's pages pass only when it is told to; what runs already jumps a second."""
		self.page.clock.install()
		self.page.clock.pause_at(datetime.now(timezone.utc) + timedelta(seconds=1))

	def rest(self) -> None:
		"""Wait until the page was answered all that it asks of the host, and asks no more because of it."""

		def is_quiet() -> bool:
			# the browser's own word of its requests comes in meanwhile
			self.page.evaluate("1")
			return not self._in_flight

		wait_until(lambda: all(is_quiet() for _look in range(3)))

	# What is on the page

	def row(self, text: str) -> Locator:
		"""Return the stored entry that holds these words."""
		return self.page.locator("#entries > .row").filter(has_text=text)

	def waiting(self, text: str = "") -> Locator:
		"""Return what is not stored yet and holds these words."""
		return self.page.locator("#pending > .row").filter(has_text=text)

	def texts(self) -> list[str]:
		"""Return the words of every entry that is shown, from top to bottom."""
		return self.page.locator("#entries .said").all_inner_texts()

	@property
	def reply(self) -> Locator:
		"""Return the reply box."""
		return self.page.locator("#text")

	@property
	def trouble(self) -> Locator:
		"""Return the line that says what is wrong."""
		return self.page.locator("#trouble")

	@property
	def jump(self) -> Locator:
		"""Return the button to the news or the end."""
		return self.page.locator("#jump")

	def send(self, text: str) -> None:
		"""Type a reply and press the button."""
		self.reply.fill(text)
		self.page.get_by_role("button", name="Send", exact=True).click()

	def look(self) -> None:
		"""Let the page poll now, as it does when the device is on line again."""
		self.page.evaluate("window.dispatchEvent(new Event('online'))")

	def look_until(self, is_met: Callable[[], bool], what: str = "") -> None:
		"""Let the page poll until a condition is met."""

		def is_seen() -> bool:
			self.look()
			return is_met()

		wait_until(is_seen, what=what)

	def to_go(self) -> float:
		"""Return how many pixels are below the visible part."""
		found: float = self.page.evaluate(
			"(() => { const box = timeline; return box.scrollHeight - box.scrollTop - box.clientHeight })()"
		)
		return found

	def scroll_to(self, top: int) -> None:
		"""Scroll the timeline, and let the page hear of it."""
		self.page.evaluate(
			"""(top) => new Promise((done) => {
				timeline.scrollTop = top;
				requestAnimationFrame(() => requestAnimationFrame(done));
			})""",
			top,
		)

	def focused(self) -> str:
		"""Return the id, or else the tag, of what has the focus."""
		found: str = self.page.evaluate("document.activeElement.id || document.activeElement.tagName")
		return found

	def kept(self) -> dict[str, str]:
		"""Return what is kept on the device."""
		found: dict[str, str] = self.page.evaluate("({...localStorage})")
		return found


#: gives somebody a browser of their own
OpenPortal = Callable[..., Portal]


@contextmanager
def posted(portal: Portal) -> Iterator[list[dict[str, Any]]]:
	"""Collect the replies that leave the page."""
	bodies: list[dict[str, Any]] = []

	def note(request: Request) -> None:
		if request.url.endswith("portal.reply"):
			bodies.append(dict(request.post_data_json or {}))

	portal.page.on("request", note)
	yield bodies
	portal.page.remove_listener("request", note)


def expect_sign_in(page: Page) -> None:
	"""Wait for the page where one asks for a link."""
	expect(page.get_by_role("button", name="Send me a link")).to_be_visible()


def check_accessible(page: Page, part: str | None = None) -> None:
	"""Fail if axe finds anything on the page or in a part of it."""
	found = Axe().run(page, context=part, options=_AXE)
	assert found.violations_count == 0, found.generate_report()


def sticking_out(page: Page) -> list[str]:
	"""Return what can be scrolled sideways or reaches over the edge of the screen."""
	found: list[str] = page.evaluate(
		"""() => {
			const name = (item) => `${item.tagName} ${item.id} ${item.className}`;
			const boxes = [document.scrollingElement, timeline, results].filter((box) => box.scrollWidth > box.clientWidth);
			const items = [...document.querySelectorAll("body *")].filter((item) => {
				const { left, right, width } = item.getBoundingClientRect();
				return width && !item.closest(".visually-hidden, .skip") && (left < -0.5 || right > innerWidth + 0.5);
			});
			return [...boxes, ...items].map(name);
		}"""
	)
	return found
