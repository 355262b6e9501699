"""What arrives while the page is open: shown, counted, spoken, read."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from support.chromium import OpenPortal, Portal
from support.host import BUSINESS, EmbeddedHost
from support.people import Browser, Staff
from support.waiting import wait_until

pytestmark = pytest.mark.browser

Act = Callable[..., dict[str, Any]]

#: everything the speaker says, in order
LISTEN = """() => {
	window.said = [];
	const note = (records) => records.forEach(({ addedNodes }) => addedNodes.forEach((node) => said.push(node.textContent)));
	new MutationObserver(note).observe(announcer, { childList: true });
}"""
#: lets a test say whether the page is in front
HIDE = """(isHidden) => {
	Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
	Object.defineProperty(document, "visibilityState", { value: isHidden ? "hidden" : "visible", configurable: true });
	document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def write(staff: Staff, customer: str) -> Act:
	"""Return a function by which the contractor writes into the thread alone."""

	def send(text: str, **more: object) -> dict[str, Any]:
		sent = staff.do(
			"send", customer=customer, text=text, channel="portal", client_id=str(uuid.uuid4()), **more
		)
		entry: dict[str, Any] = sent["entry"]
		return entry

	return send


@pytest.fixture
def card(staff: Staff, customer: str) -> Act:
	"""Return a function that records an event."""

	def record(title: str, event_type: str = "note", **more: object) -> dict[str, Any]:
		entry: dict[str, Any] = staff.do(
			"record_event", customer=customer, event_type=event_type, title=title, **more
		)
		return entry

	return record


@pytest.fixture
def device(host: EmbeddedHost, customer: str) -> Browser:
	"""Return another device of Sarah's, to see what the server has."""
	return host.sign_in(customer)


@pytest.fixture
def history(host: EmbeddedHost, customer: str, device: Browser) -> None:
	"""Give Sarah more than fits on the screen, all of it read."""
	host.fill(customer, 60, 1_600_000_000_000_000, 60_000_000)
	last = device.timeline()["last"]
	device.mark_read(last)


def said(portal: Portal) -> list[str]:
	found: list[str] = portal.page.evaluate("said")
	return found


def test_it_shows_a_text_within_5_seconds(host: EmbeddedHost, portal: Portal, write: Act, phone: str) -> None:
	portal.stop_clock()
	portal.open()
	portal.page.evaluate(LISTEN)

	write("The crew is on its way")
	# of the page's own, which no busy machine slows down
	portal.page.clock.run_for(5_000)

	expect(portal.row("The crew is on its way")).to_be_in_viewport()
	portal.page.clock.resume()
	wait_until(lambda: said(portal))
	[spoken] = said(portal)
	assert re.fullmatch(rf"{BUSINESS}, Portal · \d+:\d\d[ap]m: The crew is on its way", spoken)
	# and what she texts from her phone
	host.text(phone, "From my phone")
	portal.look()
	expect(portal.row("From my phone")).to_have_count(1)
	assert said(portal) == [spoken]


def test_it_puts_a_late_arrival_in_its_place_and_says_nothing(portal: Portal, card: Act) -> None:
	card("first", at="2025-05-12T12:00:00Z")
	card("third", at="2025-05-14T12:00:00Z")
	portal.open()
	portal.page.evaluate(LISTEN)

	card("second", at="2025-05-13T12:00:00Z")
	portal.look()

	expect(portal.row("second")).to_have_count(1)
	assert portal.texts() == ["first", "second", "third"]
	days = portal.page.locator("#entries > .day").all_inner_texts()
	assert days == ["Mon May 12, 2025", "Tue May 13, 2025", "Wed May 14, 2025"]
	card("fourth")
	portal.look()
	expect(portal.row("fourth")).to_have_count(1)
	wait_until(lambda: said(portal))
	assert said(portal) == ["fourth"]


def test_it_takes_the_past_for_no_news(host: EmbeddedHost, customer: str, portal: Portal, write: Act) -> None:
	write("here since today")
	portal.open()
	expect(portal.row("here since today")).to_be_in_viewport()
	portal.page.evaluate(LISTEN)
	portal.page.evaluate(HIDE, True)
	title = portal.page.title()

	host.fill(customer, 130, 1_600_000_000_000_000, 60_000_000, from_history=True)
	portal.look()

	expect(portal.row("line 129 of the deck")).to_have_count(1)
	assert portal.page.title() == title
	portal.page.evaluate(HIDE, False)
	expect(portal.row("here since today")).to_be_in_viewport()
	expect(portal.page.locator("#jump")).to_be_hidden()
	expect(portal.page.locator("#entries .new-line + .row")).to_contain_text("here since today")
	assert said(portal) == []
	write("and this is news")
	expect(portal.row("and this is news")).to_be_in_viewport()
	wait_until(lambda: said(portal))


@pytest.mark.parametrize("direction", ["outbound", "inbound"])
def test_it_shows_a_call_and_announces_none(
	portal: Portal, device: Browser, staff: Staff, customer: str, write: Act, direction: str
) -> None:
	write("Call you in a minute")
	portal.open()
	expect(portal.row("Call you in a minute")).to_be_in_viewport()
	wait_until(lambda: device.timeline()["unread"] == 0)
	portal.page.evaluate(LISTEN)
	portal.page.evaluate(HIDE, True)
	title = portal.page.title()

	staff.do("record_call", customer=customer, seconds=340, direction=direction)
	portal.look()

	expect(portal.row("Phone call")).to_have_count(1)
	assert portal.page.title() == title
	expect(portal.page.locator("li.new-line + .row.call")).to_have_count(0)
	portal.page.evaluate(HIDE, False)
	staff.do("record_call", customer=customer, seconds=61, direction=direction)
	portal.look()
	expect(portal.row("Phone call")).to_have_count(2)
	write("As I said on the phone")
	portal.look()
	expect(portal.row("As I said on the phone")).to_have_count(1)
	wait_until(lambda: said(portal))
	[spoken] = said(portal)
	assert spoken.endswith("As I said on the phone")


def test_it_voids_a_card_without_a_reload(portal: Portal, card: Act) -> None:
	invoice = {"reference_doctype": "Sales Invoice", "reference_name": "INV-1", "url": "/invoices/1"}
	card("Invoice #1 sent", "Invoice sent", amount="4200", currency="USD", **invoice)
	portal.open()
	sent = portal.row("Invoice #1 sent")
	expect(sent.locator(".chip")).not_to_have_class(re.compile("void"))

	card("Invoice #1 cancelled", "Invoice cancelled", **invoice)
	portal.look()

	expect(sent.locator(".chip.void s")).to_have_text("Invoice #1 sent — $4,200")
	expect(sent.get_by_text("No longer valid")).to_be_visible()
	expect(portal.row("Invoice #1 cancelled").locator(".void")).to_have_count(0)


def test_it_labels_what_was_automated_in_words(portal: Portal, write: Act) -> None:
	write("Your visit is tomorrow at 9", automated=True)
	write("Looking forward to it")
	portal.open()

	expect(portal.row("Your visit is tomorrow").locator(".who")).to_contain_text("Automated")
	expect(portal.row("Looking forward").locator(".who")).not_to_contain_text("Automated")


def test_it_opens_at_the_first_unread_entry_under_a_line(
	portal: Portal, history: None, device: Browser, write: Act
) -> None:
	for number in range(30):
		write(f"unread {number}")
	portal.open()

	line = portal.page.locator("li.new-line")
	expect(line).to_have_count(1)
	expect(line).to_be_in_viewport()
	expect(portal.row("unread 0").first).to_be_in_viewport()
	following = line.evaluate("(line) => line.nextElementSibling.querySelector('.said').innerText")
	assert following == "unread 0"
	# what has not been on the screen is not read
	expect(portal.jump).to_have_text("30 new messages")
	assert device.timeline()["unread"] == 30

	portal.jump.click()

	expect(portal.row("unread 29")).to_be_in_viewport()
	expect(portal.jump).to_be_hidden()
	wait_until(lambda: device.timeline()["unread"] == 0)


def test_it_counts_news_while_she_reads_back_and_moves_nothing(
	portal: Portal, history: None, device: Browser, write: Act
) -> None:
	portal.open()
	portal.scroll_to(1200)
	portal.page.evaluate(LISTEN)
	place = "document.querySelector('#entries > .row:nth-of-type(30)').getBoundingClientRect().top"
	before = portal.page.evaluate(place)
	expect(portal.jump).to_have_text("Newest messages")

	for number in range(3):
		write(f"news {number}")
	portal.look()

	expect(portal.jump).to_have_text("3 new messages")
	assert abs(portal.page.evaluate(place) - before) <= 1
	assert device.timeline()["unread"] == 3
	assert said(portal) in (["3 new messages"], [])
	wait_until(lambda: said(portal) == ["3 new messages"])

	portal.jump.click()
	expect(portal.row("news 2")).to_be_in_viewport()
	expect(portal.page.locator("li.new-line + .row")).to_contain_text("news 0")
	wait_until(lambda: device.timeline()["unread"] == 0)
	expect(portal.jump).to_be_hidden()


def test_it_calls_nothing_a_message_that_is_a_card(
	portal: Portal, history: None, write: Act, card: Act
) -> None:
	card("Invoice #1 sent")
	for number in range(30):
		write(f"unread {number}")
	portal.open()
	expect(portal.jump).to_have_text("31 new messages and updates")
	portal.jump.click()
	expect(portal.jump).to_be_hidden()

	portal.scroll_to(1200)
	for act, words in (
		(card, "1 new update"),
		(card, "2 new updates"),
		(write, "3 new messages and updates"),
	):
		act("Here it is")
		portal.look()
		expect(portal.jump).to_have_text(words)
	portal.jump.click()
	expect(portal.jump).to_be_hidden()
	portal.scroll_to(1200)
	write("Did you see it?")
	portal.look()
	expect(portal.jump).to_have_text("1 new message")


def test_a_card_has_a_line_of_words_and_one_of_its_amount_on_a_phone(portal: Portal, card: Act) -> None:
	lines = {
		"Invoice #1 sent": 1,
		"Invoice #1 partly paid, still to pay": 1,
		"Credit note #1 settles invoice #1": 1,
		"Payment request for invoice #2026-1": 1,
	}
	for title in lines:
		card(title, "Invoice sent", amount="14200.50", currency="USD", url="https://example.com/invoice")
	portal.page.set_viewport_size({"width": 375, "height": 700})
	portal.open()
	for row in portal.page.locator("#entries > .row.event").all():
		title, _dash, amount = row.locator(".said").inner_text().partition(" — ")
		assert amount == "$14,200.50"
		tops = "(words) => [...words.getClientRects()].map((box) => Math.round(box.top))"
		words = row.locator(".title").evaluate(tops)
		assert len(set(words)) == lines[title], title
		assert len(set(row.locator(".detail").evaluate(tops)) - set(words)) == 1, title


def test_a_card_of_what_does_not_hold_has_no_tick(portal: Portal, card: Act) -> None:
	about = {"reference_doctype": "Payment Entry", "reference_name": "ACC-PAY-1"}
	card("Payment #1 received", "Payment received", **about)
	card("Payment #2 received", "Payment received")
	for event_type in (
		"Payment requested",
		"Payment reminder",
		"Invoice sent",
		"Invoice paid",
		"Order called off",
	):
		card(event_type, event_type)
	card("Payment #1 cancelled", "Payment cancelled", **about)
	portal.open()
	icons = {
		row.locator(".said").inner_text(): row.locator(".chip").evaluate(
			"(chip) => getComputedStyle(chip, '::before').maskImage"
		)
		for row in portal.page.locator("#entries > .row.event").all()
	}
	ticked, crossed, plain = (
		icons[f"{line}"] for line in ("Payment #2 received", "Payment #1 cancelled", "Invoice sent")
	)
	assert len({ticked, crossed, plain}) == 3
	assert icons["Invoice paid"] == ticked
	assert icons["Payment #1 received"] == icons["Order called off"] == crossed, "void, and called off"
	assert icons["Payment requested"] == icons["Payment reminder"] == plain


def test_it_follows_at_the_end(portal: Portal, history: None, device: Browser, write: Act) -> None:
	portal.open()
	assert portal.to_go() <= 1

	for number in range(4):
		write(f"just said\n{number}")
	portal.look()

	expect(portal.row("just said")).to_have_count(4)
	expect(portal.row("just said").last).to_be_in_viewport(ratio=1)
	assert portal.to_go() <= 1
	expect(portal.jump).to_be_hidden()
	wait_until(lambda: device.timeline()["unread"] == 0)


def test_it_marks_nothing_as_read_while_another_tab_is_in_front(
	portal: Portal, device: Browser, write: Act
) -> None:
	portal.open()
	portal.page.evaluate(HIDE, True)

	write("while you were away")
	portal.look()

	expect(portal.page).to_have_title(re.compile(r"^\(1\) "))
	expect(portal.page.locator("li.new-line + .row")).to_contain_text("while you were away")
	assert device.timeline()["unread"] == 1

	portal.page.evaluate(HIDE, False)

	expect(portal.page).to_have_title(re.compile("^Messages"))
	wait_until(lambda: device.timeline()["unread"] == 0)


def test_it_says_how_many_when_many_arrive_and_sent_for_her_own(portal: Portal, write: Act) -> None:
	portal.open()
	portal.page.evaluate(LISTEN)
	for number in range(5):
		write(f"burst {number}")
	portal.look()
	expect(portal.row("burst 4")).to_have_count(1)
	wait_until(lambda: said(portal) == ["5 new messages"])

	portal.send("Thank you")

	expect(portal.row("Thank you")).to_have_count(1)
	wait_until(lambda: said(portal) == ["5 new messages", "Sent"])
	# nothing stays in the speaker to be met again
	expect(portal.page.locator("#announcer > *")).to_have_count(0)


def test_it_tells_two_open_devices_of_one_customer(
	portal: Portal, open_portal: OpenPortal, host: EmbeddedHost, customer: str
) -> None:
	other = open_portal(host, customer)
	other.open()
	portal.open()

	portal.send("typed on the tablet")
	expect(portal.row("typed on the tablet")).to_have_count(1)
	other.look()

	expect(other.row("typed on the tablet")).to_have_count(1)
	expect(other.waiting()).to_have_count(0)
