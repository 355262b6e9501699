"""Links in words: on the page, with scripts and without, and in the Desk's thread."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from support.chromium import DESKTOP, TOUCH, OpenPortal
from support.host import EmbeddedHost
from support.people import Staff

import customer_thread
from customer_thread.domain.links import link_parts

pytestmark = pytest.mark.browser

DESK = Path(customer_thread.__file__).parent / "desk"
LONG = "https://maps.example.com/place/" + "a" * 80
WORDS = (
	f"Look (https://decks.example/a_(b)?x=1&y=2), {LONG}, mikes.com. Or sarah@x.com, (212) 555-0100! "
	"javascript:alert(1) data:text/html,<b>x</b> <a href='https://evil.example'>click</a> #2041"
)
LINKS = {
	"https://decks.example/a_(b)?x=1&y=2": "https://decks.example/a_(b)?x=1&y=2",
	"maps.example.com/…": LONG,
	"mikes.com": "http://mikes.com",
	"sarah@x.com": "mailto:sarah@x.com",
	"(212) 555-0100": "tel:+1-212-555-0100",
	"https://evil.example": "https://evil.example",
}
FOUND = """(all) => all.map((link) => [link.textContent, link.getAttribute("href"), link.target, link.rel])"""
#: what conversation.js needs of Frappe, in as few words as it takes
FRAPPE = """
window.frappe = { provide(name) { window[name] = window[name] || {}; }, user: { full_name: (user) => user }, utils: { get_form_link: () => "#" } };
window.__ = (text) => text;
class Box {
	constructor(node) { this.node = node; }
	append(...given) { for (const one of given.flat()) this.node.append(one instanceof Box ? one.node : one); return this; }
	attr(given, value) {
		for (const [name, text] of typeof given === "string" ? [[given, value]] : Object.entries(given)) this.node.setAttribute(name, text);
		return this;
	}
	text(text) { this.node.textContent = text; return this; }
	css() { return this; }
	addClass(name) { if (name) this.node.classList.add(name); return this; }
	toggleClass() { return this; }
	empty() { this.node.replaceChildren(); return this; }
	find(selector) { return new Box(this.node.querySelector(selector) ?? document.createElement("i")); }
	first() { return this; }
}
window.$ = (given) => {
	if (typeof given !== "string") return new Box(given);
	const template = document.createElement("template");
	template.innerHTML = given;
	return new Box(template.content.firstElementChild);
};
"""


@pytest.mark.parametrize(
	"options", [TOUCH, {"viewport": DESKTOP}, {**TOUCH, "java_script_enabled": False}], ids=["phone", "desktop", "plain"]
)  # fmt: skip
def test_addresses_in_words_are_links_and_nothing_else_is(
	open_portal: OpenPortal, host: EmbeddedHost, customer: str, staff: Staff, options: dict[str, Any]
) -> None:
	staff.do("send", customer=customer, text=WORDS)
	portal = open_portal(host, customer, **options)
	portal.page.goto(f"{host.url}/messages")

	text = portal.row("Look (").locator(".text")
	found = text.locator("a").evaluate_all(FOUND)

	assert {shown: href for shown, href, _target, _rel in found} == LINKS
	for _shown, href, target, rel in found:
		is_web = href.startswith("http")
		assert (target, rel) == (("_blank", "noopener noreferrer nofollow") if is_web else ("", ""))
	expect(text).to_contain_text("<b>x</b> <a href='https://evil.example'>click</a> #2041")
	box = portal.row("Look (").bounding_box()
	assert box
	assert box["x"] + box["width"] <= options["viewport"]["width"]


def test_the_desk_s_thread_has_them_too(chromium: Browser) -> None:
	page = chromium.new_page()
	scripts = "\n".join(
		[FRAPPE, *((DESK / f"{name}.js").read_text("utf-8") for name in ("times", "conversation"))]
	)
	page.set_content(f"<!doctype html><title>Desk</title><body><div id=box></div><script>{scripts}</script>")
	parts = link_parts(WORDS, "US")
	entry = {
		"id": 1, "at": "2025-05-15T14:15:00.000000Z", "author": "customer", "label": "Sarah", "channel": "sms", "subject": "Deck",
		"text": WORDS, "parts": parts, "card": None, "call": None, "attachments": [],
	}  # fmt: skip
	note = {"id": "n", "at": "2025-05-15T14:16:00.000000Z", "author": "mike", "text": WORDS, "parts": parts}
	thread = {
		"entries": [entry], "notes": [note], "deliveries": [], "senders": [], "writers": [], "documents": [], "before": None
	}  # fmt: skip
	page.evaluate(
		"""(thread) => {
			customer_thread.at = (at) => at;
			customer_thread.show_conversation(document.getElementById("box"), thread, {});
		}""",
		thread,
	)

	for bubble in ("is-own", "is-note"):
		found = page.locator(f".{bubble} a:not(.ct-entry-link)").evaluate_all(FOUND)
		assert {shown: href for shown, href, *_rest in found} == LINKS
		assert {tuple(rest) for _shown, href, *rest in found if href.startswith("http")} == {
			("_blank", "noopener noreferrer nofollow")
		}
		expect(page.locator(f".{bubble}")).to_contain_text(
			"<b>x</b> <a href='https://evil.example'>click</a> #2041"
		)
	expect(page.locator(".is-own")).to_contain_text("Deck")
	page.close()


def test_the_desk_s_thread_shows_pictures_that_open_and_files_as_links(chromium: Browser) -> None:
	page = chromium.new_page()
	scripts = "\n".join([FRAPPE, (DESK / "conversation.js").read_text("utf-8")])
	page.set_content(f"<!doctype html><title>Desk</title><body><div id=box></div><script>{scripts}</script>")
	files = [
		{"name": "deck.png", "content_type": "image/png", "width": 40, "height": 30, "state": "ready"},
		{"name": "<b>.pdf", "content_type": "application/pdf", "width": 0, "height": 0, "state": "ready"},
		{"name": "late.png", "content_type": "image/png", "width": 0, "height": 0, "state": "pending"},
	]
	entry = {
		"id": 7, "at": "2025-05-15T14:15:00.000000Z", "author": "customer", "label": "Sarah", "channel": "sms", "subject": None,
		"text": "", "parts": [], "card": None, "call": None, "attachments": files,
	}  # fmt: skip
	thread = {
		"thread": {"thread": "A"}, "entries": [entry], "notes": [], "deliveries": [], "senders": [], "writers": [], "documents": [], "before": None,
	}  # fmt: skip
	page.evaluate(
		"""(thread) => {
			customer_thread.at = (at) => at;
			customer_thread.show_conversation(document.getElementById("box"), thread, {});
		}""",
		thread,
	)

	at = "/api/method/customer_thread.api.desk.attachment?thread=A&entry=7&index="
	links = page.locator(".ct-attachment")
	assert [link.get_attribute("href") for link in links.all()] == [f"{at}0", f"{at}1"]
	expect(links.locator("img")).to_have_attribute("src", f"{at}0")
	expect(links.locator("img")).to_have_attribute("alt", "deck.png")
	expect(links.nth(1)).to_have_text("<b>.pdf")
	expect(page.get_by_text("late.png")).to_be_visible()
	page.close()


def test_a_phone_number_is_not_broken_where_a_line_holds_it(
	open_portal: OpenPortal, host: EmbeddedHost, customer: str, staff: Staff
) -> None:
	for lead in range(4, 16):
		staff.do("send", customer=customer, text=f"{'x' * lead} (212) 555-0100")
	portal = open_portal(host, customer, **TOUCH)
	portal.open()

	links = portal.page.locator('#entries a[href^="tel:"]')
	expect(links).to_have_count(12)
	heights = {box["height"] for link in links.all() if (box := link.bounding_box())}
	assert max(heights) < 30
