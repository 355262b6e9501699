"""Take the pictures of docs/screenshots anew, from the demo, in Chromium."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
CHROMIUM = "/usr/bin/chromium"
PHONE = (375, 812)
DESKTOP = (1280, 800)
#: between two pictures side by side
GAP = 16
#: pixels of a page on which little stands
_FEW = 360
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, Scheme] = ("light", "dark")
_ASKED = 'Object.defineProperty(Notification, "permission", { get: () => "%s" });'


@contextmanager
def demo() -> Iterator[tuple[str, str]]:
	"""Run the demo; give the address of its page, and a link that signs Sarah in."""
	command = [sys.executable, "-m", "customer_thread.standalone", "demo", "--port", "0"]
	process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
	try:
		if process.stdout is None:
			raise RuntimeError("The demo says nothing.")
		yield process.stdout.readline().strip(), process.stdout.readline().strip()
	finally:
		process.send_signal(signal.SIGTERM)
		process.wait(30)


@contextmanager
def opened(
	browser: Browser, size: tuple[int, int], scheme: Scheme = "light", permission: str = "denied"
) -> Iterator[Page]:
	"""Give a page of a browser of its own, in which notifications were allowed, denied or not asked for."""
	width, height = size
	context = browser.new_context(
		viewport={"width": width, "height": height}, color_scheme=scheme, timezone_id="America/New_York"
	)
	context.add_init_script(_ASKED % permission)
	yield context.new_page()
	context.close()


def picture(page: Page, *, whole: bool = False, height: int = 0) -> Image.Image:
	"""Return what is on the screen, the whole page, or so many pixels of it."""
	taken = Image.open(BytesIO(page.screenshot(full_page=whole))).convert("RGB")
	return taken.crop((0, 0, taken.width, height or taken.height))


def save(name: str, *pictures: Image.Image) -> None:
	"""Write pictures side by side."""
	width = sum(each.width + GAP for each in pictures) - GAP
	joined = Image.new("RGB", (width, max(each.height for each in pictures)), "#999999")
	left = 0
	for each in pictures:
		joined.paste(each, (left, 0))
		left += each.width + GAP
	joined.quantize(256, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def take(browser: Browser, demo_page: str, link: str) -> None:
	"""Take all of them."""
	base = link.partition("/messages/")[0]
	with opened(browser, PHONE) as page:
		page.goto(link)
		way_in = picture(page, height=_FEW)
		page.get_by_role("button").click()
		page.wait_for_selector("#timeline.live")
		session = page.context.storage_state()["cookies"]
	with opened(browser, PHONE, "dark") as page:
		page.goto(f"{base}/messages/sign-in")
		save("way-in-phone", way_in, picture(page, height=_FEW))

	def thread(size: tuple[int, int], scheme: Scheme = "light") -> Image.Image:
		with opened(browser, size, scheme) as page:
			page.context.add_cookies(session)  # type: ignore[arg-type]
			page.goto(f"{base}/messages")
			page.wait_for_selector("#timeline.live:not([aria-busy])")
			return picture(page)

	def settings(scheme: Scheme) -> Image.Image:
		with opened(browser, PHONE, scheme, "default") as page:
			page.context.add_cookies(session)  # type: ignore[arg-type]
			page.goto(f"{base}/notification-settings")
			page.get_by_role("button", name="Turn on").wait_for()
			return picture(page, whole=True)

	save("messages-desktop", thread(DESKTOP))
	save("messages-phone", *(thread(PHONE, scheme) for scheme in SCHEMES))
	save("notification-settings-phone", *(settings(scheme) for scheme in SCHEMES))
	with opened(browser, DESKTOP) as page:
		page.goto(demo_page)
		page.frame_locator("iframe").locator("#timeline.live").wait_for()
		page.locator("#what-if-button").click()
		for name in ("Go to 10pm", "Send an invoice", "Send an invoice", "Go to 8am"):
			with page.expect_response("**/api/*"):
				page.get_by_role("button", name=name).click()
		page.locator("#what-if-button").click()
		page.locator("#pushed").wait_for()
		page.locator("#tab-sarah").click()
		page.locator("[data-letters=sarah] button").first.click()
		page.locator("#toast").wait_for(state="hidden")
		save("demo-morning", picture(page))


if __name__ == "__main__":
	with demo() as (demo_page, link), sync_playwright() as playwright:
		browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
		take(browser, demo_page, link)
		browser.close()
