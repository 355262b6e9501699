"""The page with scripts turned off: it reads, pages, searches and sends."""

import re

import pytest
from playwright.sync_api import expect
from support.chromium import OpenPortal, Portal, expect_sign_in
from support.host import MOBILE, EmbeddedHost
from support.people import Staff
from support.waiting import wait_until

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(open_portal: OpenPortal, host: EmbeddedHost, customer: str) -> Portal:
	"""Return Sarah's browser, without scripts."""
	return open_portal(host, customer, java_script_enabled=False)


def write(staff: Staff, customer: str, count: int) -> int:
	"""Write numbered cards, a minute apart, and return the last one's id."""
	made = 0
	for number in range(count):
		at = f"2025-05-13T{number // 60:02}:{number % 60:02}:00Z"
		event = {"customer": customer, "event_type": "note", "title": f"card {number}.", "at": at}
		made = staff.do("record_event", **event)["id"]
	return made


def test_it_sends(host: EmbeddedHost, plain: Portal) -> None:
	page = plain.page
	page.goto(f"{host.url}/messages")

	plain.send("No script here")

	expect(page).to_have_url(re.compile(r"/messages#\d+$"))
	expect(plain.row("No script here")).to_have_count(1)
	expect(plain.reply).to_have_value("")
	wait_until(lambda: host.texts_to(MOBILE, "No script here"))
	# a reload is no second message
	page.reload()
	expect(plain.row("No script here")).to_have_count(1)
	assert len(host.texts_to(MOBILE, "No script here")) == 1
	wait_until(
		lambda: page.reload() and plain.row("No script here").locator(".state").inner_text() == "Delivered"
	)


def test_it_keeps_what_was_too_long(host: EmbeddedHost, plain: Portal) -> None:
	plain.expect_in_console("status of 4")
	plain.page.goto(f"{host.url}/messages")
	words = "\n  much too long" + "ä" * 20_000

	plain.send(words)

	expect(plain.page.locator("#notice")).to_contain_text("too long: at most 20,000 characters")
	assert plain.reply.input_value() == words
	assert plain.page.locator("#entries > .row").count() == 0


def test_it_opens_at_the_end_and_pages_back_and_forward(
	host: EmbeddedHost, plain: Portal, staff: Staff, customer: str
) -> None:
	last = write(staff, customer, 120)
	host.sign_in(customer).mark_read(last)
	page = plain.page
	page.goto(f"{host.url}/messages")
	seen = [plain.texts()]
	expect(plain.row("card 119.")).to_be_in_viewport()

	for _page in range(2):
		page.get_by_role("button", name="Load earlier messages").click()
		expect(page).to_have_url(re.compile("before="))
		expect(plain.row(seen[-1][0])).to_have_count(0)
		seen.append(plain.texts())

	assert [text for texts in reversed(seen) for text in texts] == [
		f"card {number}." for number in range(120)
	]
	expect(page.get_by_role("button", name="Load earlier messages")).to_have_count(0)
	expect(page.get_by_text("This is the start of your conversation")).to_be_visible()
	page.get_by_role("button", name="Load later messages").click()
	expect(page).to_have_url(re.compile("newer="))
	assert plain.texts()[0] == seen[1][0]


def test_it_leads_to_the_first_unread_entry(
	host: EmbeddedHost, plain: Portal, staff: Staff, customer: str
) -> None:
	write(staff, customer, 60)
	page = plain.page
	page.goto(f"{host.url}/messages")

	page.get_by_role("link", name="60 new updates").click()

	expect(plain.row("card 0.")).to_be_in_viewport()


def test_it_searches_and_opens_what_it_found(
	host: EmbeddedHost, plain: Portal, staff: Staff, customer: str
) -> None:
	last = write(staff, customer, 80)
	host.sign_in(customer).mark_read(last)
	page = plain.page
	page.goto(f"{host.url}/messages")
	box = page.get_by_role("searchbox", name="Search messages")
	box.fill("card 42.")
	box.press("Enter")

	link = page.locator("#results-list a")
	expect(link).to_have_count(1)
	link.click()

	expect(page).to_have_url(re.compile(r"around=\d+#\d+$"))
	expect(plain.row("card 42.")).to_be_in_viewport()
	page.go_back()
	page.get_by_role("link", name="Back to the conversation").click()
	expect(plain.row("card 79.")).to_be_in_viewport()


def test_it_signs_out(host: EmbeddedHost, plain: Portal) -> None:
	page = plain.page
	page.goto(f"{host.url}/messages")
	page.locator("#account summary").click()
	page.get_by_role("button", name="Sign out").click()
	expect_sign_in(page)
	page.goto(f"{host.url}/messages")
	expect_sign_in(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_it_shows_nothing_that_needs_script(
	open_portal: OpenPortal, host: EmbeddedHost, customer: str, staff: Staff, width: int
) -> None:
	write(staff, customer, 3)
	portal = open_portal(host, customer, java_script_enabled=False, viewport={"width": width, "height": 700})
	portal.page.goto(f"{host.url}/messages")

	buttons = portal.page.get_by_role("button").filter(visible=True)
	assert {button.get_attribute("aria-label") or button.inner_text() for button in buttons.all()} == {
		"Search",
		"Send",
	}
	expect(portal.page.get_by_role("searchbox", name="Search messages")).to_be_visible()
	box = portal.page.locator("#entries").bounding_box()
	assert box
	assert box["x"] + box["width"] <= width
