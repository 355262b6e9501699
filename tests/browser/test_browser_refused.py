"""A reply that could not be sent: what needs a hand, what waits quietly, and that no words are lost."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect
from support.chromium import DESKTOP, GONE, REFUSED, TOUCH, OpenPortal, Portal, check_accessible, posted
from support.host import EmbeddedHost
from support.waiting import wait_until

if TYPE_CHECKING:
	from support.people import Browser

pytestmark = pytest.mark.browser

REPLY = "**/*portal.reply"
WHY = "This cannot go."
BOTH = pytest.mark.parametrize("options", [TOUCH, {"viewport": DESKTOP}], ids=["phone", "desktop"])


def answers(status: int) -> Callable[[Route], None]:
	"""Return what answers a reply with this status."""
	return lambda route: route.fulfill(status=status, json={"exc_type": "Refused", "message": WHY})


def buttons(row: Locator) -> list[str]:
	"""Return what can be done about a reply."""
	return row.get_by_role("button").filter(visible=True).all_inner_texts()


def colour(row: Locator, part: str) -> str:
	"""Return in which colour a part of a row is written."""
	found: str = row.locator(part).evaluate("(item) => getComputedStyle(item).color")
	return found


def warning(page: Page) -> str:
	"""Return the colour of what needs a hand."""
	found: str = page.evaluate(
		"""() => {
			const item = document.body.appendChild(document.createElement("i"));
			item.style.color = "var(--warn)";
			return getComputedStyle(item).color;
		}"""
	)
	return found


@BOTH
@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_reply_that_was_refused_can_be_edited(
	open_portal: OpenPortal, host: EmbeddedHost, customer: str, options: dict[str, Any], status: int
) -> None:
	portal = open_portal(host, customer, **options)
	portal.expect_in_console(REFUSED)
	portal.open()
	portal.page.route(REPLY, answers(status))
	portal.send("Something wrong")
	row = portal.waiting("Something wrong")
	expect(row.locator(".reason")).to_have_text(WHY)
	expect(row.locator(".state")).to_have_text("Not sent")
	assert buttons(row) == ["Retry", "Edit", "Discard"]
	assert colour(row, ".state") == colour(row, ".reason") == warning(portal.page)
	check_accessible(portal.page)
	portal.reply.fill("and a draft")

	row.get_by_role("button", name="Edit").click()

	expect(portal.reply).to_have_value("Something wrong\n\nand a draft")
	expect(portal.waiting()).to_have_count(0)
	assert portal.focused() == "text"
	portal.page.unroute(REPLY)
	# over a reload, too
	portal.open()
	expect(portal.reply).to_have_value("Something wrong\n\nand a draft")
	portal.send("Something right")
	expect(portal.row("Something right")).to_have_count(1)
	assert host.sign_in(customer).texts() == ["Something right"]
	assert portal.kept() == {}


@BOTH
def test_a_reply_that_was_refused_can_be_discarded_and_sent_again(
	open_portal: OpenPortal, host: EmbeddedHost, customer: str, options: dict[str, Any]
) -> None:
	portal = open_portal(host, customer, **options)
	portal.expect_in_console(REFUSED)
	portal.open()
	portal.page.route(REPLY, answers(400))
	portal.send("first")
	portal.send("second")
	expect(portal.waiting().locator(".reason")).to_have_text([WHY, WHY])
	asked: list[str] = []

	def answer(dialog: Dialog) -> None:
		asked.append(dialog.message)
		if len(asked) == 1:
			dialog.dismiss()
		else:
			dialog.accept()

	portal.page.on("dialog", answer)
	discard = portal.waiting("first").get_by_role("button", name="Discard")
	discard.click()
	expect(portal.waiting()).to_have_count(2)
	discard.click()
	expect(portal.waiting()).to_have_count(1)
	assert asked == ["Discard this message? It was not sent."] * 2

	portal.page.unroute(REPLY)
	portal.waiting("second").get_by_role("button", name="Retry").click()
	expect(portal.row("second")).to_have_count(1)
	assert host.sign_in(customer).texts() == ["second"]
	assert portal.kept() == {}


@pytest.mark.parametrize("status", [0, 500, 503])
def test_it_waits_for_the_line_quietly(
	portal: Portal, host: EmbeddedHost, customer: str, status: int
) -> None:
	portal.expect_in_console(f"{GONE}|status of 50")
	portal.open()
	portal.stop_clock()
	portal.page.route(REPLY, answers(status) if status else lambda route: route.abort())
	portal.send("one moment")
	row = portal.waiting("one moment")

	expect(row.locator(".state")).to_have_text("Waiting to be sent…")
	# it may have arrived: written anew it would be there twice
	assert buttons(row) == ["Retry"]
	expect(row.locator(".reason")).to_be_hidden()
	assert colour(row, ".state") != warning(portal.page)
	seen = portal.page.evaluate_handle(
		"""(row) => {
			const seen = [];
			new MutationObserver(() => seen.push(row.querySelector(".state").textContent)).observe(row, { subtree: true, childList: true });
			return seen;
		}""",
		row.element_handle(),
	)
	with portal.page.expect_request(REPLY):
		portal.page.clock.run_for(15_000)
	portal.page.unroute(REPLY)
	portal.look_until(lambda: portal.row("one moment").count() == 1)
	assert set(seen.json_value()) <= {"Waiting to be sent…"}
	assert host.sign_in(customer).texts() == ["one moment"]


def test_it_says_why_it_waits_where_the_server_does(
	portal: Portal, host: EmbeddedHost, customer: str
) -> None:
	portal.expect_in_console(REFUSED)
	portal.open()
	portal.page.route(REPLY, answers(429))
	portal.send("too many of them")
	row = portal.waiting("too many")

	expect(row.locator(".reason")).to_have_text(WHY)
	expect(row.locator(".state")).to_have_text("Waiting to be sent…")
	assert buttons(row) == ["Retry", "Edit", "Discard"]
	assert warning(portal.page) not in (colour(row, ".state"), colour(row, ".reason"))
	portal.page.unroute(REPLY)
	row.get_by_role("button", name="Retry").click()
	expect(portal.row("too many")).to_have_count(1)


def test_it_keeps_what_was_refused_because_nobody_is_signed_in(portal: Portal) -> None:
	portal.expect_in_console(REFUSED)
	portal.open()
	portal.page.route(REPLY, answers(403))
	portal.send("who am I")
	row = portal.waiting("who am I")

	expect(row.locator(".state")).to_have_text("Not sent")
	expect(portal.trouble).to_contain_text("You have been signed out.")
	assert buttons(row) == ["Retry", "Edit", "Discard"]
	row.get_by_role("button", name="Edit").click()
	expect(portal.reply).to_have_value("who am I")


def test_another_tab_takes_no_words_away(portal: Portal, host: EmbeddedHost, customer: str) -> None:
	portal.expect_in_console(REFUSED)
	portal.open()
	portal.reply.fill("of the first tab")
	other = Portal.ready(portal.new_tab())
	other.locator("#text").fill("of the second")
	other.get_by_role("button", name="Send", exact=True).click()
	expect(other.locator("#entries > .row").filter(has_text="of the second")).to_have_count(1)

	portal.page.reload()
	Portal.ready(portal.page)
	expect(portal.reply).to_have_value("of the first tab")
	portal.send("of the first tab")
	expect(portal.row("of the first tab")).to_have_count(1)
	assert portal.kept() == {}


def test_what_is_edited_in_one_tab_is_not_sent_by_another(
	portal: Portal, host: EmbeddedHost, customer: str
) -> None:
	portal.expect_in_console(REFUSED)
	portal.context.route(REPLY, answers(400))
	portal.open()
	portal.send("wrong number")
	expect(portal.waiting("wrong number").locator(".reason")).to_have_text(WHY)
	other = Portal.ready(portal.new_tab())
	again = other.locator("#pending > .row")
	expect(again.locator(".reason")).to_have_text(WHY)

	portal.waiting("wrong number").get_by_role("button", name="Edit").click()

	expect(again).to_have_count(0)
	portal.context.unroute(REPLY)
	portal.send("right number")
	expect(portal.row("right number")).to_have_count(1)
	assert host.sign_in(customer).texts() == ["right number"]


def test_it_says_what_it_is_worth_to_who_listens(host: EmbeddedHost, open_portal: OpenPortal) -> None:
	# nobody of this business is told, and no phone is on file
	portal = open_portal(host, host.add_customer("Sarah Lee"))
	portal.open()
	portal.page.evaluate(
		"""() => {
			window.spoken = [];
			new MutationObserver(() => spoken.push(announcer.textContent)).observe(announcer, { childList: true });
		}"""
	)
	portal.send("anybody there?")

	expect(portal.row("anybody there?").locator(".state")).to_have_text("Received")
	wait_until(lambda: "Received" in portal.page.evaluate("spoken"))
	assert not any(re.search("Sent", text) for text in portal.page.evaluate("spoken"))


def test_it_sends_once_what_two_tabs_keep(portal: Portal, host: EmbeddedHost, customer: str) -> None:
	portal.expect_in_console(GONE)
	portal.context.route(REPLY, lambda route: route.abort())
	portal.open()
	with posted(portal):
		portal.send("from two tabs")
		expect(portal.waiting("from two tabs").locator(".state")).to_have_text("Waiting to be sent…")
	other = Portal.ready(portal.new_tab())
	expect(other.locator("#pending > .row")).to_have_count(1)
	portal.context.unroute(REPLY)

	portal.look_until(lambda: portal.waiting().count() == 0)
	expect(other.locator("#pending > .row")).to_have_count(0)
	sarah: Browser = host.sign_in(customer)
	assert sarah.texts() == ["from two tabs"]
