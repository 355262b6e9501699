"""Thousands of entries: reading back, coming forward again, opening one in its place, searching."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, expect
from support.chromium import OpenPortal, Portal
from support.host import EmbeddedHost
from support.people import Staff
from support.waiting import wait_until

pytestmark = pytest.mark.browser

COUNT = 3000

#: Load everything in one direction, page by page. Note the rows of each window, and how far the first row
#: on the screen moved while a page came in.
TRAVEL = """async (isBack) => {
	const list = document.getElementById("entries");
	const rows = () => [...list.querySelectorAll(".row")];
	const top = (row) => row.getBoundingClientRect().top;
	// a line over the conversation may come in meanwhile: what counts is what is on the screen
	const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
	const found = { windows: [], jumps: [], most: 0 };
	const note = () => {
		found.windows.push(rows().map((row) => Number(row.querySelector(".said").innerText.match(/\\d+/)[0])));
		found.most = Math.max(found.most, list.children.length);
	};
	const edge = () => (isBack ? rows()[0] : rows().at(-1)).id;
	note();
	for (let turn = 0; turn < 200; turn += 1) {
		const cursor = document.getElementById(isBack ? "earlier" : "later");
		if (cursor.hidden) break;
		const was = edge();
		await painted();
		timeline.scrollTop = isBack ? 300 : timeline.scrollHeight - timeline.clientHeight - 300;
		const anchor = rows().find((row) => row.getBoundingClientRect().bottom > timeline.getBoundingClientRect().top);
		const before = top(anchor);
		const until = performance.now() + 30000;
		while (edge() === was && performance.now() < until) await new Promise(requestAnimationFrame);
		if (edge() === was) throw new Error("nothing came");
		await painted();
		found.jumps.push(Math.abs(top(anchor) - before));
		note();
		while (timeline.hasAttribute("aria-busy")) await new Promise(requestAnimationFrame);
	}
	return found;
}"""


def fill(host: EmbeddedHost, count: int) -> str:
	"""Return a customer with so many entries, two by two at the same moment, all of them read."""
	customer = host.add_customer("Sarah Lee")
	host.fill(customer, count, 1_600_000_000_000_000, 60_000_000)
	reader = host.sign_in(customer)
	reader.mark_read(reader.timeline()["last"])
	return customer


@pytest.fixture(scope="module")
def long(host: EmbeddedHost) -> str:
	"""Return a customer with 3,000 entries."""
	return fill(host, COUNT)


@pytest.fixture
def portal(open_portal: OpenPortal, host: EmbeddedHost, long: str) -> Portal:
	found = open_portal(host, long)
	# what is measured here is not the line that offers notifications, which has tests of its own
	found.context.add_init_script(
		'Object.defineProperty(Notification, "permission", { get: () => "denied" });'
	)
	return found


def check_windows(windows: list[list[int]]) -> None:
	"""Fail if any window has a gap, a double or a line in the wrong place."""
	for window in windows:
		assert window == list(range(window[0], window[-1] + 1))


def number_of(host: EmbeddedHost, customer: str, words: str) -> int:
	"""Return the id of the entry that says just this."""
	found = host.sign_in(customer).entries(q=words)
	[entry] = [entry for entry in found if entry["text"] == words]
	return int(entry["id"])


def test_it_reads_back_through_3000_entries_and_forward_again(portal: Portal) -> None:
	portal.open()

	back: dict[str, Any] = portal.page.evaluate(TRAVEL, True)

	check_windows(back["windows"])
	assert back["windows"][0][-1] == COUNT - 1
	assert back["windows"][-1][0] == 0
	assert {number for window in back["windows"] for number in window} == set(range(COUNT))
	assert len(back["jumps"]) >= COUNT // 100
	assert max(back["jumps"]) <= 1
	assert 100 < back["most"] <= 400
	portal.scroll_to(0)
	expect(portal.page.locator("#start")).to_be_visible()
	expect(portal.page.locator("#entries > .row").first).to_contain_text("line 0 of the deck")

	forward: dict[str, Any] = portal.page.evaluate(TRAVEL, False)

	check_windows(forward["windows"])
	assert {number for window in forward["windows"] for number in window} == set(range(COUNT))
	assert max(forward["jumps"]) <= 1
	assert forward["most"] <= 400
	portal.scroll_to(1_000_000)
	assert portal.to_go() <= 1
	expect(portal.page.locator("#entries > .row").last).to_contain_text(f"line {COUNT - 1} of the deck")
	expect(portal.page.locator("#later")).to_be_hidden()
	# at the end again, news are followed
	portal.send(f"line {COUNT}, just now")
	expect(portal.row("just now")).to_be_in_viewport()


def test_it_leads_back_to_the_newest_by_one_press(portal: Portal, host: EmbeddedHost, long: str) -> None:
	old = number_of(host, long, "line 700 of the deck")
	portal.open(f"/messages#{old}")
	expect(portal.row("line 700 of the deck")).to_be_in_viewport(ratio=1)

	portal.jump.click()

	expect(portal.page.locator("#entries > .row").last).to_be_in_viewport()
	assert portal.to_go() <= 1
	expect(portal.jump).to_be_hidden()


def test_it_opens_around_an_old_entry_and_goes_on_from_there(
	portal: Portal, host: EmbeddedHost, long: str
) -> None:
	old = number_of(host, long, "line 1234 of the deck")

	portal.open(f"/messages#{old}")

	row = portal.page.locator(f"[id='{old}']")
	expect(row).to_have_class(re.compile(r"\bfound\b"))
	expect(row).to_contain_text("line 1234 of the deck")
	expect(row).to_be_in_viewport(ratio=1)
	assert portal.focused() == "BODY"
	forward = portal.page.evaluate(TRAVEL, False)
	check_windows(forward["windows"])
	assert forward["windows"][-1][-1] >= COUNT - 1
	portal.open(f"/messages#{old}")
	# their ids follow each other
	portal.page.evaluate("(id) => { location.hash = id }", str(old - 1234 + 40))
	expect(portal.row("line 40 of the deck")).to_be_in_viewport(ratio=1)


def hold(portal: Portal, url: str) -> list[Route]:
	"""Return where the one request to such an address will wait."""
	held: list[Route] = []
	portal.page.route(url, lambda route: held.append(route), times=1)
	return held


def let_go(portal: Portal, held: list[Route]) -> None:
	"""Let a held request be answered, and the page deal with the answer."""
	portal.look_until(lambda: bool(held))
	with portal.page.expect_response(held[0].request.url) as answered:
		held[0].continue_()
	assert answered.value.ok
	answered.value.finished()
	portal.scroll_to(portal.page.evaluate("timeline.scrollTop"))


def test_it_stays_where_it_was_led_last_however_late_an_answer_comes(
	portal: Portal, host: EmbeddedHost, long: str
) -> None:
	late = number_of(host, long, "line 1234 of the deck")
	held = hold(portal, f"**/*around={late}*")
	portal.open(f"/messages#{late}")
	portal.look_until(lambda: bool(held))

	portal.page.evaluate("(id) => { location.hash = id }", str(late - 1234 + 40))
	expect(portal.row("line 40 of the deck")).to_be_in_viewport(ratio=1)
	let_go(portal, held)

	assert portal.row("line 1234 of the deck").count() == 0
	expect(portal.row("line 40 of the deck")).to_be_in_viewport(ratio=1)
	expect(portal.row("line 40 of the deck")).to_be_focused()


@pytest.mark.parametrize("place", ["999999999", "1"])
def test_it_says_the_same_of_an_entry_that_is_not_there_and_not_hers(
	portal: Portal, host: EmbeddedHost, staff: Staff, bob: str, place: str
) -> None:
	portal.expect_in_console("status of 404")
	if place == "1":
		event = staff.do("record_event", customer=bob, event_type="note", title="for Bob")
		place = str(event["id"])

	portal.open(f"/messages#{place}")

	expect(portal.trouble).to_have_text("This message is not there.")
	expect(portal.page.locator("#entries > .row").last).to_be_in_viewport()


def test_it_pages_back_by_the_button_and_keeps_the_focus_in_reach(portal: Portal) -> None:
	portal.open()
	before = portal.page.locator("#entries > .row").count()
	button = portal.page.get_by_role("button", name="Load earlier messages")
	button.focus()
	button.press("Enter")

	expect(portal.page.locator("#entries > .row").nth(before)).to_be_attached()
	assert portal.focused() in ("BUTTON", "timeline")


@pytest.fixture(scope="module")
def stained(host: EmbeddedHost) -> str:
	"""Return a customer with 300 entries, and before them two that differ by a % only."""
	customer = fill(host, 300)
	facts = {"customer": customer, "event_type": "note", "at": "2020-09-01T20:00:00Z"}
	host.staff.do("record_event", **facts, title="The stain is 100% dry")
	newest = host.staff.do("record_event", **facts, title="The stain is 1000 dry")
	host.sign_in(customer).mark_read(newest["id"])
	return customer


@pytest.fixture
def searched(open_portal: OpenPortal, host: EmbeddedHost, stained: str) -> Portal:
	return open_portal(host, stained)


def test_it_finds_what_is_asked_letter_by_letter_and_opens_it_in_its_place(searched: Portal) -> None:
	portal = searched
	portal.open()
	box = portal.page.get_by_role("searchbox", name="Search messages")
	box.fill("100%")
	box.press("Enter")

	found = portal.page.locator("#results-list a")
	expect(found).to_have_count(1)
	expect(found.locator("mark")).to_have_text("100%")
	expect(portal.page.locator("#results-title")).to_be_focused()
	expect(portal.page).to_have_url(re.compile(r"\?q=100%25$"))

	found.click()

	row = portal.row("100% dry")
	expect(row).to_be_in_viewport(ratio=1)
	expect(row).to_have_class(re.compile(r"\bfound\b"))
	expect(row).to_be_focused()
	expect(portal.page.locator("#results")).to_be_hidden()
	expect(portal.page.locator("#entries > .row")).not_to_have_count(1)

	portal.page.go_back()
	expect(portal.page.locator("#results")).to_be_visible()
	expect(found).to_have_count(1)
	portal.page.go_back()
	expect(portal.page.locator("#results")).to_be_hidden()
	expect(portal.page).to_have_url(re.compile(r"/messages$"))
	portal.page.go_forward()
	expect(found).to_have_count(1)


def test_it_shows_what_was_searched_last_however_late_an_answer_comes(searched: Portal) -> None:
	portal = searched
	portal.open()
	box = portal.page.locator("#q")
	held = hold(portal, "**/messages?q=deck")
	box.fill("deck")
	box.press("Enter")
	portal.look_until(lambda: bool(held))

	box.fill("100%")
	box.press("Enter")
	expect(portal.page.locator("#results-list a")).to_have_count(1)
	let_go(portal, held)

	expect(portal.page.locator("#results-list a")).to_have_count(1)
	expect(portal.page.locator("#results-list mark")).to_have_text("100%")


def test_it_stays_with_what_was_sent_while_an_answer_was_late(
	searched: Portal, host: EmbeddedHost, stained: str
) -> None:
	portal = searched
	late = number_of(host, stained, "line 40 of the deck")
	held = hold(portal, f"**/*around={late}*")
	portal.open()
	portal.page.evaluate("(id) => { location.hash = id }", str(late))
	portal.look_until(lambda: bool(held))

	portal.send("sent meanwhile")
	expect(portal.row("sent meanwhile")).to_be_in_viewport()
	let_go(portal, held)

	assert portal.row("line 40 of the deck").count() == 0
	expect(portal.row("sent meanwhile")).to_be_in_viewport()


def test_it_says_when_nothing_was_found_and_leads_back(searched: Portal) -> None:
	portal = searched
	portal.open()
	place = portal.page.evaluate("timeline.scrollTop")
	box = portal.page.locator("#q")
	box.fill("<b>%_</b>")
	box.press("Enter")
	expect(portal.page.locator("#results-title")).to_have_text("Nothing found for “<b>%_</b>”")

	portal.page.get_by_role("link", name="Back to the conversation").click()

	expect(portal.page.locator("#results")).to_be_hidden()
	expect(box).to_have_value("")
	assert portal.page.evaluate("timeline.scrollTop") == place
	assert portal.to_go() <= 1


def test_it_shows_more_results_and_the_same_after_a_reload(searched: Portal) -> None:
	portal = searched
	portal.open("/messages?q=line%20deck")
	expect(portal.page.locator("#results-list a")).to_have_count(50)
	first = portal.page.locator("#results-list a").first
	newest = first.inner_text()

	portal.page.get_by_role("button", name="More results").click()

	expect(portal.page).to_have_url(re.compile("before="))
	wait_until(lambda: first.inner_text() != newest)
	shown = portal.page.locator("#results-list a").all_inner_texts()
	portal.page.reload()
	Portal.ready(portal.page)
	assert portal.page.locator("#results-list a").all_inner_texts() == shown
