"""What a browser sees: the weight of the first load, and scrolling back through a long thread."""

from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from benchmarks.measure import Result, Series
from benchmarks.served import served, session_cookie
from benchmarks.site import LARGE, site

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	"--enable-precise-memory-info",
)
_PHONE = {"width": 390, "height": 844}
_LOADS = 20
#: pages of fifty that are loaded between two looks at the memory
_STRIDE = 10
_SCROLL = Path(__file__).with_name("scroll.js").read_text("utf-8")
#: looks at the memory of which the middle counts
_LOOKS = 5
#: so much may the heap grow between the tenth of the way and the end
_FLAT = 1.10


def measure() -> list[Result]:
	"""Return the rows of this file, measured in Chromium."""
	folder = site(LARGE)
	cookie = session_cookie(folder)
	with served(folder) as port, sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
		try:
			return [*_first_load(browser, port, cookie), *_scrolling(browser, port, cookie)]
		finally:
			browser.close()


def _context(browser: Browser, port: int, cookie: str) -> BrowserContext:
	context = browser.new_context(viewport=_PHONE)  # type: ignore[arg-type]
	context.add_cookies([{"name": "sid", "value": cookie, "url": f"http://127.0.0.1:{port}"}])
	return context


def _first_load(browser: Browser, port: int, cookie: str) -> list[Result]:
	own = f"127.0.0.1:{port}"
	loads = [_load(browser, port, cookie) for _load_number in range(_LOADS)]
	weight = Series.of([float(sum(size for _host, size in load)) for load in loads])
	requests = Series.of([float(len(load)) for load in loads])
	strangers = {host for load in loads for host, _size in load} - {own}
	measured = (
		f"{weight.written('kB', 1, 0.001)}; {requests.written('requests', 0)}; {len(strangers)} third parties"
	)
	is_reached = weight.values[-1] <= 40_000 and requests.values[-1] <= 7 and not strangers
	goal = "≤ 40 kB, ≤ 7 requests with the manifest, no third party"
	what = "`/messages`, first load in Chromium: HTML + CSS + JS + manifest as compressed on the wire"
	return [Result("first-load", what, measured, "–", "–", goal, is_reached)]


def _load(browser: Browser, port: int, cookie: str) -> list[tuple[str, int]]:
	"""Open the page in a browser that has never been here; return host and bytes of each request."""
	context = _context(browser, port, cookie)
	page = context.new_page()
	requests: list[Request] = []
	page.on("request", lambda request: requests.append(request))
	page.goto(f"http://127.0.0.1:{port}/messages", wait_until="networkidle")
	# one with a window asks for it by itself
	context.new_cdp_session(page).send("Page.getAppManifest")
	# data: is no request, it has no host
	seen = [(urlsplit(request.url).netloc, request.sizes()["responseBodySize"]) for request in requests]
	context.close()
	return [(host, size) for host, size in seen if host]


def _scrolling(browser: Browser, port: int, cookie: str) -> list[Result]:
	context = _context(browser, port, cookie)
	page = context.new_page()
	page.goto(f"http://127.0.0.1:{port}/messages", wait_until="networkidle")
	page.evaluate(_SCROLL)
	heaps: list[float] = []
	answer: dict[str, Any] = {"isDone": False}
	while not answer["isDone"]:
		answer = page.evaluate("(pages) => scrollBack(pages)", _STRIDE)
		heaps.append(_heap(page))
	context.close()
	# of the first tenth, in which the window of rows fills, nothing is said
	settled = heaps[len(heaps) // 10 :]
	begin, end = median(settled[:_LOOKS]), median(settled[-_LOOKS:])
	growth = end / begin
	measured = (
		f"{answer['entries']:,} entries in {answer['loads']} loads; at most {answer['rows']} rows in the DOM; "
		f"worst jump {answer['jump']:.2f} px"
	)
	memory = f"heap {end / 1e6:.2f} MB at the end; {begin / 1e6:.2f} MB after a tenth"
	goal = f"≤ 400 rows, jumps ≤ 1 px, heap ≤ {_FLAT:g} ×"
	is_reached = answer["rows"] <= 400 and answer["jump"] <= 1 and growth <= _FLAT
	what = "scrolling back through 20,000 entries in Chromium, moving on while a page is fetched"
	return [Result("scrolling", what, measured, memory, f"{growth:.2f} ×", goal, is_reached)]


def _heap(page: Page) -> float:
	"""Return the bytes the page's scripts hold once the garbage is out."""
	session = page.context.new_cdp_session(page)
	session.send("HeapProfiler.collectGarbage")
	used = float(session.send("Runtime.getHeapUsage")["usedSize"])
	session.detach()
	return used
