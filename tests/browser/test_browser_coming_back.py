"""Leaving the page and coming back to it: the reader goes on at the line they were reading."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from support.chromium import DESKTOP, TOUCH, OpenPortal, Portal
from support.host import EmbeddedHost
from support.people import Staff
from support.waiting import wait_until

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("options", [TOUCH, {"viewport": DESKTOP}], ids=["phone", "desktop"])
#: the first row on the screen, and how far below the upper edge
PLACE = """() => {
	const top = timeline.getBoundingClientRect().top;
	const row = [...document.querySelectorAll("#entries > .row")].find((item) => item.getBoundingClientRect().bottom > top);
	return [row.id, row.getBoundingClientRect().top - top];
}"""


def write(host: EmbeddedHost, staff: Staff, customer: str, count: int) -> list[int]:
	"""Write numbered cards that are read, and return their ids."""
	made = []
	for number in range(count):
		at = f"2025-05-13T{number // 60:02}:{number % 60:02}:00Z"
		event = {
			"customer": customer,
			"event_type": "note",
			"title": f"card {number}.",
			"url": "/schedule",
			"at": at,
		}
		made.append(staff.do("record_event", **event)["id"])
	host.sign_in(customer).mark_read(made[-1])
	return made


def reading_back(portal: Portal, text: str) -> tuple[str, float]:
	"""Let the reader read back as far as these words, and return their place."""
	portal.open()
	row = portal.row(text)

	def is_there() -> bool:
		portal.page.evaluate("timeline.scrollTop = 300")
		return row.count() == 1

	wait_until(is_there)
	row.evaluate("(item) => { item.scrollIntoView({ block: 'start' }); timeline.scrollTop += 7; }")
	portal.rest()
	return place(portal)


def place(portal: Portal) -> tuple[str, float]:
	"""Return where the reader is."""
	found, below = portal.page.evaluate(PLACE)
	return found, below


def expect_place(portal: Portal, expected: tuple[str, float]) -> None:
	"""Wait until the reader is there, to the pixel or two."""
	Portal.ready(portal.page)

	def is_there() -> bool:
		found, below = place(portal)
		return found == expected[0] and abs(below - expected[1]) <= 2

	wait_until(is_there, what=f"that the reader is at {expected}")
	portal.rest()
	assert is_there(), place(portal)


@BOTH
def test_it_goes_on_where_one_was_reading(
	open_portal: OpenPortal, host: EmbeddedHost, staff: Staff, customer: str, options: dict[str, Any]
) -> None:
	write(host, staff, customer, 160)
	portal = open_portal(host, customer, **options)
	# far from the newest page
	was = reading_back(portal, "card 20.")

	portal.page.reload()
	expect_place(portal, was)

	portal.row("card 24.").get_by_role("link").click()
	expect(portal.page).to_have_url(f"{host.url}/schedule")
	portal.page.go_back()
	expect_place(portal, was)

	# by a link, not by Back
	portal.page.goto(f"{host.url}/schedule")
	portal.page.evaluate("location.href = '/messages'")
	portal.page.wait_for_url("**/messages")
	expect_place(portal, was)

	# what comes out of the browser's memory is asked for again
	with portal.page.expect_navigation():
		portal.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
	expect_place(portal, was)


def test_what_an_address_asks_for_goes_before_what_was_read(
	portal: Portal, host: EmbeddedHost, staff: Staff, customer: str
) -> None:
	made = write(host, staff, customer, 120)
	was = reading_back(portal, "card 20.")
	portal.page.goto(f"{host.url}/schedule")

	# a notice
	portal.page.evaluate("(id) => (location.href = `/messages#${id}`)", made[60])
	portal.page.wait_for_url(f"**/messages#{made[60]}")
	Portal.ready(portal.page)
	expect(portal.row("card 60.")).to_be_in_viewport()
	expect(portal.row("card 60.")).to_have_class(re.compile("found"))

	# but what was read since, where it is the same page again
	portal.row("card 40.").evaluate("(item) => item.scrollIntoView({ block: 'start' })")
	portal.rest()
	read = place(portal)
	assert read[0] != was[0]
	portal.page.reload()
	expect_place(portal, read)


def test_a_place_is_one_tab_s_and_ends_where_one_reads_on(
	portal: Portal, host: EmbeddedHost, staff: Staff, customer: str
) -> None:
	write(host, staff, customer, 120)
	reading_back(portal, "card 20.")

	other = Portal.ready(portal.new_tab())
	expect(other.locator("#entries > .row").filter(has_text="card 119.")).to_be_in_viewport()

	portal.open("/messages")
	# an address that was typed opens as ever
	expect(portal.row("card 119.")).to_be_in_viewport()
	portal.page.reload()
	Portal.ready(portal.page)
	expect(portal.row("card 119.")).to_be_in_viewport()
	assert portal.page.evaluate("Object.keys(sessionStorage).filter((key) => key.endsWith(':place'))") == []


def test_what_came_meanwhile_waits_below(
	portal: Portal, host: EmbeddedHost, staff: Staff, customer: str
) -> None:
	write(host, staff, customer, 120)
	was = reading_back(portal, "card 20.")
	portal.page.goto(f"{host.url}/schedule")
	staff.do("send", customer=customer, text="And one more thing")
	portal.page.go_back()

	expect_place(portal, was)
	expect(portal.jump).to_have_text("1 new message")
	portal.jump.click()
	expect(portal.row("And one more thing")).to_be_in_viewport()


def test_a_place_that_is_gone_is_no_trouble(
	portal: Portal, host: EmbeddedHost, staff: Staff, customer: str
) -> None:
	portal.expect_in_console("status of 404")
	write(host, staff, customer, 60)
	reading_back(portal, "card 20.")
	portal.page.goto(f"{host.url}/schedule")
	portal.page.evaluate(
		"""() => {
			const key = Object.keys(sessionStorage).find((name) => name.endsWith(":place"));
			sessionStorage.setItem(key, JSON.stringify({ ...JSON.parse(sessionStorage.getItem(key)), id: "999999" }));
		}"""
	)
	portal.page.go_back()

	Portal.ready(portal.page)
	expect(portal.row("card 59.")).to_be_in_viewport()
	expect(portal.trouble).to_be_hidden()
