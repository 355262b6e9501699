"""The Desk's inbox without a mouse: each thing that is done there is reached by Tab or a key of its own."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from support.host import EmbeddedHost, new_email, new_phone
from support.inbox_page import InboxPage
from support.waiting import wait_until

#: what the Desk gives its pages: colors, headings and landmarks
GIVEN = ("color-contrast", "landmark-one-main", "page-has-heading-one", "region", "heading-order")


@pytest.fixture
def inbox(chromium: Browser, host: EmbeddedHost) -> Iterator[InboxPage]:
	"""Return the inbox of somebody who has no mouse."""
	context = chromium.new_context(viewport={"width": 1280, "height": 800})
	made = InboxPage(context, host.staff)
	yield made
	assert made.faults == []
	context.close()


def tab_to(page: Page, goal: Locator) -> None:
	"""Press Tab until it has the focus. Fail if it never does."""
	expect(goal).to_be_visible()
	for _press in range(80):
		if goal.evaluate("e => e === document.activeElement"):
			return
		page.keyboard.press("Tab")
	raise AssertionError(f"Tab does not lead to {goal}")


def check(page: Page) -> None:
	"""Fail if axe finds something in what is ours."""
	found = Axe().run(page, options={"rules": {rule: {"enabled": False} for rule in GIVEN}})
	assert found.violations_count == 0, found.generate_report()


def test_it_is_snoozed_assigned_and_answered_another_way(inbox: InboxPage, host: EmbeddedHost) -> None:
	host.set(team=f"Ann={new_phone()}")
	customer = host.add_customer("Sarah Lee", phone=new_phone(), email=new_email())
	host.sign_in(customer).reply("When do you come?")
	page = inbox.open()
	page.keyboard.press("j")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Sarah Lee")
	page.keyboard.press("a")
	expect(page.locator(".ct-turn button").first).to_be_focused()
	check(page)
	tab_to(page, page.get_by_role("button", name="Ann"))
	page.keyboard.press("Enter")
	expect(page.locator(".ct-turn")).to_have_count(0)
	assert host.staff.do("open", customer=customer)["assigned_to"] == "Ann"
	page.keyboard.press("r")
	box = page.locator(".ct-reply textarea")
	page.keyboard.type("/thanks")
	expect(page.locator(".ct-saved-line").first).to_contain_text("/thanks")
	check(page)
	page.keyboard.press("Enter")
	expect(box).not_to_have_value("/thanks")
	way = page.locator(".ct-reply-channel")
	expect(way).to_be_visible()
	page.keyboard.press("Shift+Tab")
	tab_to(page, way)
	page.keyboard.type("E")
	expect(page.locator(".ct-reply")).to_contain_text("E-mail to")
	tab_to(page, box)
	page.keyboard.press("Control+Enter")
	wait_until(
		lambda: [row["channel"] for row in host.staff.deliveries(customer) if row["purpose"] == "Message"]
	)
	assert host.staff.deliveries(customer)[-1]["channel"] == "Email"
	page.keyboard.press("Escape")
	page.keyboard.press("n")
	page.keyboard.type("pays late")
	check(page)
	page.keyboard.press("Control+Enter")
	expect(page.locator(".ct-bubble.is-note")).to_contain_text("pays late")
	page.keyboard.press("Escape")
	page.keyboard.press("s")
	# past what is not meant, which does nothing by itself
	for _time in range(4):
		page.keyboard.press("ArrowDown")
	assert host.staff.do("open", customer=customer)["snoozed_until"] is None
	page.keyboard.press("Enter")
	wait_until(lambda: host.staff.do("open", customer=customer)["snoozed_until"])
	tab_to(page, page.locator(".ct-inbox-tab", has_text="Snoozed"))
	page.keyboard.press("Enter")
	expect(page.locator(".ct-inbox-name")).to_have_text(["Sarah Lee"])
	page.keyboard.press("?")
	expect(page.locator("kbd").first).to_have_text("j")
	check(page)


def test_what_failed_and_what_is_nobodys_is_dealt_with(inbox: InboxPage, host: EmbeddedHost) -> None:
	phone = new_phone()
	failing = host.add_customer("Una Failed", phone=phone)
	host.twilio.undeliverable[phone] = 30034
	host.staff.do("send", customer=failing, text="Are you there?")
	bob, stranger = host.add_customer("Bob Miller", phone=new_phone()), new_phone()
	host.text(stranger, "Hello, this is Bob Miller from the garage")
	wait_until(lambda: host.staff.ask("failures")["causes"])
	page = inbox.open()
	tab_to(page, page.locator(".ct-inbox-tab", has_text="Failed"))
	page.keyboard.press("Enter")
	# as in Frappe's stylesheet
	page.add_style_tag(content=".ct-inbox-failures a { color: #171717; text-decoration: none; }")
	dismiss = page.get_by_role("button", name="Dismiss: Una Failed")
	expect(dismiss).to_be_visible()
	check(page)
	tab_to(page, dismiss)
	page.keyboard.press("Enter")
	wait_until(lambda: not host.staff.ask("failures")["causes"])
	inbox.hear("customer_thread_list_changed")
	expect(page.locator(".ct-inbox-failures")).to_contain_text("Everything arrived, or was dealt with.")
	page.keyboard.press("Escape")
	tab_to(page, page.locator(".ct-inbox-tab", has_text="Unmatched"))
	page.keyboard.press("Enter")
	expect(page.locator(".ct-inbox-line").first).to_be_visible()
	page.keyboard.press("j")
	whose = page.get_by_role("button", name="This is Bob Miller's").first
	expect(whose).to_be_visible()
	check(page)
	tab_to(page, whose)
	page.keyboard.press("Enter")
	wait_until(lambda: host.staff.unmatched(stranger) is None)
	texts = [entry["text"] for entry in host.staff.thread(bob)["entries"]]
	assert texts == ["Hello, this is Bob Miller from the garage"]
