"""How the page sits on a screen: targets, large text, a phone's keyboard, the day, finds, paper, forced colours."""

import uuid
from typing import Any

import pytest
from playwright.sync_api import expect
from support.chromium import GONE, PHONE, TOUCH, OpenPortal, box_of, check_accessible, sticking_out
from support.host import EmbeddedHost, new_email, new_phone
from support.waiting import wait_until

pytestmark = pytest.mark.browser

TABS = "My Project=/project, Invoices=/invoices, Messages=/messages, Schedule=/schedule"
TARGET = 44
#: what can be tapped and is smaller than it should be, but for links in words
SMALL = """(least) => [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), textarea")]
	.filter((item) => item.checkVisibility({ visibilityProperty: true }) && !item.closest(".visually-hidden, .skip, .text, [inert]"))
	.map((item) => [item, (item.closest(".chip") ?? item).getBoundingClientRect()])
	.filter(([, { width, height }]) => Math.min(width, height) < least - 0.5)
	.map(([item, { width, height }]) => `${item.outerHTML.slice(0, 90)} ${width}x${height}`)"""
#: words that stand on two lines
BROKEN = """() => {
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
	while (texts.nextNode()) {
		const node = texts.currentNode;
		if (!node.parentElement.checkVisibility() || node.parentElement.closest(".visually-hidden, .skip")) continue;
		for (const { index, 0: word } of node.data.matchAll(/[\\p{L}\\p{N}$,.:'’]+/gu)) {
			const range = document.createRange();
			range.setStart(node, index);
			range.setEnd(node, index + word.length);
			if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word);
		}
	}
	return found;
}"""
LARGE_TEXT = """new MutationObserver((_changes, observer) => {
	document.documentElement.style.fontSize = "200%";
	observer.disconnect();
}).observe(document, { childList: true })"""


def fill(host: EmbeddedHost) -> str:
	"""Return a customer with every kind of entry, in plain words."""
	phone = new_phone()
	customer = host.add_customer(
		"Sarah Lee", phone=phone, email=new_email(), project="Deck Replacement Project · Active"
	)
	staff = host.staff
	money = {"amount": "12350.75", "currency": "USD", "url": "/invoices/1"}
	card = {"customer": customer, "event_type": "Invoice sent", "at": "2025-05-13T15:00:00Z"}
	staff.do("record_event", **card, **money, title="Invoice #2041 sent")
	staff.do("record_event", **{**card, "title": "Appointment scheduled — Thu May 15, 8:00–9:00am"})
	staff.do("record_call", customer=customer, seconds=360, at="2025-05-14T20:12:00Z")
	host.text(phone, "Sounds good! What time works for you?")
	for number in range(12):
		text = f"Your delivery number {number} is scheduled for Thursday between 8 and 9am"
		sent = {"customer": customer, "channel": "portal", "client_id": str(uuid.uuid4())}
		staff.do("send", **sent, text=text)
	return customer


@pytest.mark.parametrize(
	"size", [{"width": 320, "height": 640}, PHONE, {"width": 1280, "height": 800}], ids=str
)
def test_everything_can_be_hit(host: EmbeddedHost, open_portal: OpenPortal, size: dict[str, int]) -> None:
	host.set(tabs=TABS)
	portal = open_portal(host, fill(host), viewport=size)
	portal.expect_in_console(GONE)
	page = portal.open()
	page.route("**/*portal.reply", lambda route: route.abort())
	portal.send("This one stays here")
	expect(portal.waiting().get_by_role("button", name="Retry")).to_be_visible()
	assert page.evaluate(SMALL, TARGET) == []
	for menu in ("#account", "#phone"):
		page.locator(f"{menu} summary").click()
		assert page.evaluate(SMALL, TARGET) == []
		page.keyboard.press("Escape")
	portal.scroll_to(0)
	expect(portal.jump).to_be_visible()
	assert page.evaluate(SMALL, TARGET) == []

	portal.open("/messages?q=invoice")
	expect(page.locator("#results-list a").first).to_be_visible()
	assert page.evaluate(SMALL, TARGET) == []


@pytest.mark.parametrize(
	"size", [{"width": 320, "height": 640}, PHONE, {"width": 1280, "height": 800}], ids=str
)
def test_large_text_breaks_no_word_and_the_header_scrolls_away(
	host: EmbeddedHost, open_portal: OpenPortal, size: dict[str, int]
) -> None:
	host.set(tabs=TABS)
	customer = fill(host)
	reader = host.sign_in(customer)
	reader.mark_read(reader.timeline()["last"])
	portal = open_portal(host, customer, viewport=size)
	portal.context.add_init_script(LARGE_TEXT)
	page = portal.open()
	assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"

	wait_until(
		lambda: box_of(page.locator("header.site"))["y"] + box_of(page.locator("header.site"))["height"] <= 1
	)
	expect(portal.reply).to_be_in_viewport(ratio=1)
	expect(portal.row("delivery number 11")).to_be_in_viewport()
	assert page.evaluate(BROKEN) == []
	assert sticking_out(page) == []
	check_accessible(page)
	# and it comes back
	page.evaluate("scrollTo(0, 0)")
	expect(page.get_by_role("link", name="Invoices")).to_be_in_viewport()
	portal.scroll_to(0)
	assert page.evaluate(BROKEN) == []


def test_the_tabs_give_way_while_one_writes_on_a_phone(host: EmbeddedHost, open_portal: OpenPortal) -> None:
	host.set(tabs=TABS)
	customer = fill(host)
	reader = host.sign_in(customer)
	reader.mark_read(reader.timeline()["last"])
	portal = open_portal(host, customer, **{**TOUCH, "viewport": {"width": 375, "height": 500}})
	page = portal.open()
	tabs = page.locator(".site nav")
	expect(tabs).to_be_visible()
	portal.scroll_to(300)
	place = "document.querySelectorAll('#entries > .row')[6].getBoundingClientRect().top"
	before = page.evaluate(place)

	portal.reply.focus()

	expect(tabs).to_be_hidden()
	wait_until(lambda: abs(page.evaluate(place) - before) <= 1)
	portal.reply.blur()
	expect(tabs).to_be_visible()
	wait_until(lambda: abs(page.evaluate(place) - before) <= 1)
	# with a mouse there is room
	desk = open_portal(host, customer, viewport={"width": 375, "height": 500})
	desk.open()
	desk.reply.focus()
	expect(desk.page.locator(".site nav")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_the_day_stays_while_it_is_read(host: EmbeddedHost, open_portal: OpenPortal, script: bool) -> None:
	customer = fill(host)
	reader = host.sign_in(customer)
	reader.mark_read(reader.timeline()["last"])
	portal = open_portal(host, customer, java_script_enabled=script, viewport={"width": 375, "height": 500})
	page = portal.page
	page.goto(f"{host.url}/messages")
	expect(portal.row("delivery number 11")).to_be_in_viewport()
	top = box_of(page.locator("#timeline"))["y"]

	day = page.locator("li.day").last
	wait_until(lambda: abs(box_of(day)["y"] - top) <= 1)
	expect(day).to_contain_text("Today")
	if script:
		portal.scroll_to(0)
		assert box_of(day)["y"] > top + 40


def test_what_was_found_is_tinted_for_a_moment(host: EmbeddedHost, open_portal: OpenPortal) -> None:
	customer = fill(host)
	row = host.sign_in(customer).entries(q="Invoice #2041")[0]["id"]
	portal = open_portal(host, customer)
	page = portal.open(f"/messages?around={row}#{row}")
	found = page.locator(".row.found")
	expect(found).to_have_attribute("id", str(row))

	look = """(row) => {
		const [tint] = row.getAnimations();
		tint.pause();
		tint.currentTime = 0;
		const first = getComputedStyle(row).backgroundColor;
		tint.finish();
		const { backgroundColor, outlineStyle } = getComputedStyle(row);
		return [first, backgroundColor, outlineStyle, getComputedStyle(row.querySelector(".chip")).outlineStyle];
	}"""
	first, last, *outlines = found.evaluate(look)
	assert first == "rgb(255, 237, 189)"
	assert last == "rgba(0, 0, 0, 0)"
	assert outlines == ["none", "none"]


def test_emoji_that_stand_alone_are_larger(host: EmbeddedHost, open_portal: OpenPortal) -> None:
	phone = new_phone()
	customer = host.add_customer("Sarah Lee", phone=phone)
	host.text(phone, "👍🏽 🎉")
	host.text(phone, "fine 👍")
	portal = open_portal(host, customer)
	portal.expect_in_console(GONE)
	page = portal.open()
	sizes = [
		float(text.evaluate("(text) => parseFloat(getComputedStyle(text).fontSize)"))
		for text in page.locator("#entries .text").all()
	]
	assert sizes[0] >= 2 * sizes[1]

	page.route("**/*portal.reply", lambda route: route.abort())
	portal.send("❤️")
	portal.send("❤️ it")
	assert ["emoji" in str(text.get_attribute("class")) for text in page.locator("#pending .text").all()] == [
		True,
		False,
	]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_every_edge(host: EmbeddedHost, open_portal: OpenPortal, scheme: str) -> None:
	host.set(tabs=TABS)
	portal = open_portal(host, fill(host), forced_colors="active", color_scheme=scheme, viewport=PHONE)
	page = portal.open()

	edges: dict[str, Any] = page.evaluate(
		"""() => {
			const color = (selector) => getComputedStyle(document.querySelector(selector)).borderBlockEndColor;
			return {
				page: getComputedStyle(document.body).backgroundColor, here: color(".site nav [aria-current]"),
				other: color(".site nav a:not([aria-current])"), own: color(".customer .bubble"),
				theirs: color(".contractor .bubble"), card: color(".chip"), send: color(".send"),
			};
		}"""
	)
	assert edges["other"] == edges["page"]
	for seen in ("here", "own", "theirs", "card", "send"):
		assert edges[seen] != edges["page"], seen
	assert sticking_out(page) == []
	check_accessible(page)


def test_it_can_be_printed(host: EmbeddedHost, open_portal: OpenPortal) -> None:
	portal = open_portal(host, fill(host), viewport=PHONE)
	page = portal.open()

	page.emulate_media(media="print")

	assert page.evaluate("timeline.scrollHeight - timeline.clientHeight") == 0
	assert page.evaluate("document.documentElement.scrollHeight") > PHONE["height"]
	for gone in (
		page.locator("#composer"),
		page.locator(".site nav"),
		portal.jump,
		page.locator("#search-toggle"),
	):
		expect(gone).to_be_hidden()
	assert page.locator("li.day").first.evaluate("(day) => getComputedStyle(day).position") == "static"
	assert (
		portal.row("Sounds good!").locator(".bubble").evaluate("(item) => getComputedStyle(item).color")
		== "rgb(21, 25, 30)"
	)
