"""The example thread of docs/behaviour.md, as the demo plays it, on a phone and on a desk, by day and by night."""

import signal
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from support.chromium import DESKTOP, TOUCH, Portal, check_accessible, sticking_out
from support.cli import COMMAND

pytestmark = pytest.mark.browser

ACCENT = "rgb(31, 95, 191)"
WHITE = "rgb(255, 255, 255)"
MIKE = "Mike's Contracting"

#: side, words, what stands over and under them
THREAD = [
	("day", "3 days ago — Mon May 12", []),
	("right", "Here is the old deck. Some boards are rotten. Can you replace all of it?", ["Mon 8:40am"]),
	("centre", "Estimate #1042 approved — $4,200", []),
	("centre", "Appointment scheduled — Thu May 15, 8–9am", []),
	(
		"left",
		"Thank you, Sarah! You are booked for Thu May 15, 8–9am. We will text you before we come.",
		[f"{MIKE} Automated", "SMS · Mon 4:06pm"],
	),
	("day", "2 days ago — Tue May 13", []),
	(
		"left",
		"Hi Sarah! Your deck project is scheduled for Thursday 8–9am. Reply CONFIRM to confirm.",
		[MIKE, "SMS · Tue 8:02am"],
	),
	("right", "CONFIRM", ["Tue 8:47am"]),
	("centre", "Phone call — May 13, 4:12pm · 6 min", []),
	("day", "Yesterday — Wed May 14", []),
	(
		"left",
		"Good morning Sarah! Our crew is on their way — arriving in about 20 minutes.",
		[MIKE, "SMS · Wed 7:48am"],
	),
	("day", "Today — Thu May 15", []),
	("left", "Hi Sarah, how did the deck come out? Hope you love it!", [MIKE, "SMS · 10:15am"]),
	("centre", "Invoice #2041 sent — $4,200", []),
	("right", "Sounds good! What time works for you?", ["Portal · 10:22am", "Delivered"]),
]

#: each item with the side it is on by where it is, not by its class
READ = """() => {
	const column = timeline.querySelector(".column");
	const box = column.getBoundingClientRect(), style = getComputedStyle(column);
	const start = box.left + parseFloat(style.paddingLeft), end = box.right - parseFloat(style.paddingRight);
	const near = (a, b) => Math.abs(a - b) <= 1;
	const side = ({ left, right }) => near(left - start, end - right) ? "centre"
		: near(left, start) ? "left" : near(right, end) ? "right" : `${left}…${right} in ${start}…${end}`;
	return [...document.querySelectorAll("#entries > li")].map((item) => {
		const piece = item.querySelector(".bubble, .chip, .call-entry");
		if (!piece) return { side: "day", text: item.innerText.trim(), under: [] };
		const place = piece.getBoundingClientRect();
		const under = item.matches(".message") ? [...item.querySelectorAll(".who, .meta > :not(.visually-hidden)")] : [];
		return {
			side: side(place), text: piece.querySelector(".said").innerText, width: place.width / (end - start),
			under: under.map((part) => part.innerText), background: getComputedStyle(piece).backgroundColor,
		};
	});
}"""


@pytest.fixture(scope="module")
def demo() -> Iterator[tuple[str, str]]:
	"""Return the address of the demo's portal and the path of its sign-in link."""
	arguments = [*COMMAND, "demo", "--port", "0"]
	process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
	assert process.stdout
	process.stdout.readline()
	base, way, token = process.stdout.readline().strip().partition("/messages/in")
	yield base, way + token
	process.send_signal(signal.SIGTERM)
	process.wait(30)
	process.stdout.close()


@pytest.fixture(scope="module")
def cookies(chromium: Browser, demo: tuple[str, str]) -> Any:  # noqa: ANN401 - playwright's own type
	"""Return Sarah's session; the link can be used only once."""
	portal = Portal(chromium, demo[0])
	portal.sign_in(demo[1])
	state = portal.context.storage_state()
	portal.close()
	return state


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
	return str(request.param)


@pytest.fixture(scope="module", params=["phone", "desktop"])
def page(
	request: pytest.FixtureRequest, chromium: Browser, demo: tuple[str, str], cookies: object, scheme: str
) -> Iterator[Page]:
	options = TOUCH if request.param == "phone" else {"viewport": DESKTOP}
	portal = Portal(chromium, demo[0], storage_state=cookies, color_scheme=scheme, **options)
	yield portal.open()
	portal.close()


def items(page: Page) -> list[dict[str, Any]]:
	found: list[dict[str, Any]] = page.evaluate(READ)
	return found


def test_it_shows_the_example_thread(page: Page) -> None:
	assert [(item["side"], item["text"], item["under"]) for item in items(page)] == THREAD


def test_it_gives_each_speaker_a_colour_and_nobody_more_than_80_percent(page: Page, scheme: str) -> None:
	bubbles = [item for item in items(page) if item["side"] in ("left", "right")]

	assert len(bubbles) == 7
	assert {item["background"] for item in bubbles if item["side"] == "right"} == {ACCENT}
	[contractors] = {item["background"] for item in bubbles if item["side"] == "left"}
	assert (contractors == WHITE) == (scheme == "light")
	assert contractors != ACCENT
	assert max(item["width"] for item in bubbles) <= 0.801


def test_it_opens_at_the_newest_entry(page: Page) -> None:
	expect(page.get_by_text("Sounds good! What time works for you?")).to_be_in_viewport(ratio=1)
	expect(page.get_by_text("Portal · 10:22am")).to_be_in_viewport(ratio=1)
	assert page.evaluate("document.scrollingElement.scrollHeight <= innerHeight")


def test_it_names_who_talks_with_whom(page: Page) -> None:
	header = page.locator("header.site")
	thread = page.locator(".thread-header")

	expect(header.locator(".business")).to_have_text(MIKE)
	assert header.get_by_role("link").all_inner_texts() == ["My Project", "Invoices", "Messages", "Schedule"]
	expect(header.locator("[aria-current=page]")).to_have_text("Messages")
	expect(header.locator(".avatar")).to_have_text("SL")
	expect(thread.locator(".avatar")).to_have_text("MC")
	expect(thread.get_by_text("Deck Replacement Project · Active")).to_be_visible()
	expect(page.get_by_placeholder("Type a reply…")).to_be_visible()
	# each on one line: nothing wraps at the width of a phone
	assert page.locator(".thread-header .who").bounding_box()["height"] < 60  # type: ignore[index]
	tops = {round(link.bounding_box()["y"]) for link in header.get_by_role("link").all()}  # type: ignore[index]
	assert len(tops) == 1


def test_it_shows_the_number_and_calls_nobody(page: Page) -> None:
	number = page.locator("#phone .number")
	expect(number).to_be_hidden()

	page.locator("#phone summary").click()

	expect(number).to_have_text("(212) 555-0100")
	assert page.locator("a[href^='tel:']").count() == 0
	box, width = page.locator("#phone .popover").bounding_box(), page.viewport_size
	assert box
	assert width
	page.keyboard.press("Escape")
	expect(number).to_be_hidden()
	assert box["x"] >= 0
	assert box["x"] + box["width"] <= width["width"]


def test_it_leads_to_the_invoice_by_one_tap(page: Page) -> None:
	link = page.get_by_role("link", name="Invoice #2041 sent — $4,200")

	assert str(link.get_attribute("href")).endswith("/invoices/2041")
	# the whole chip is the target, not only its words
	chip = page.locator(".chip").filter(has_text="Invoice #2041").bounding_box()
	assert chip
	hit = page.evaluate(
		"([x, y]) => document.elementFromPoint(x, y).tagName", [chip["x"] + 8, chip["y"] + 15]
	)
	assert hit == "A"


def test_it_is_accessible(page: Page) -> None:
	check_accessible(page)
	assert sticking_out(page) == []
