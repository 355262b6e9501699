"""The way to the calendar for everybody: on narrow screens, in the dark, without scripts."""

from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect
from support.chromium import DESKTOP, PHONE, OpenPortal, box_of, check_accessible
from support.host import EmbeddedHost

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
PAGE = "/messages/calendar"


@pytest.fixture
def visit(host: EmbeddedHost, customer: str) -> str:
	"""Return the key of an appointment in a week."""
	key = uuid4().hex
	starts = datetime.now(timezone.utc) + timedelta(days=7)
	host.staff.do(
		"record_appointment",
		customer=customer,
		source_key=key,
		title="Deck inspection",
		starts_at=starts.isoformat(),
		ends_at=(starts + timedelta(hours=2)).isoformat(),
		state="Scheduled",
	)
	return key


def check(page: Page) -> None:
	"""Check what stands on the page for those who see, touch or hear it."""
	check_accessible(page)
	assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
	for target in page.locator("main :is(a, button)").all():
		assert box_of(target)["height"] >= 44 or target.evaluate("it => it.matches('.what a')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, PHONE, DESKTOP], ids=["narrow", "phone", "desktop"])
def test_every_page_of_it_is_accessible(
	host: EmbeddedHost,
	open_portal: OpenPortal,
	customer: str,
	visit: str,
	scheme: str,
	size: dict[str, int],
) -> None:
	page = open_portal(host, customer, viewport=size, color_scheme=scheme).page
	for path in ("/schedule", f"/messages/appointments/{visit}"):
		page.goto(f"{host.url}{path}")
		expect(page.get_by_role("link", name="Add to calendar")).to_be_visible()
		check(page)
	page.goto(f"{host.url}{PAGE}")
	check(page)
	page.get_by_role("button", name="Subscribe to your calendar").click()
	expect(page.get_by_role("link", name="Open in your calendar")).to_have_attribute(
		"href", f"webcal://{host.url.removeprefix('http://')}{PAGE}/{_token(page)}.ics"
	)
	check(page)


def test_the_file_is_had_and_the_address_made_and_ended_without_scripts(
	host: EmbeddedHost, open_portal: OpenPortal, customer: str, visit: str
) -> None:
	page = open_portal(host, customer, java_script_enabled=False).page
	page.goto(f"{host.url}/schedule")
	with page.expect_download() as had:
		page.get_by_role("link", name="Add to calendar").click()
	assert had.value.suggested_filename == "appointment.ics"
	[event] = Calendar.from_ical(had.value.path().read_bytes()).walk("VEVENT")
	assert str(event["summary"]).endswith(": Deck inspection")
	page.get_by_role("link", name="Subscribe to your calendar").click()
	page.get_by_role("button", name="Subscribe to your calendar").click()
	first = _token(page)
	expect(page.get_by_role("button", name="Copy")).to_be_hidden()
	page.get_by_role("button", name="Make a new address").click()
	assert _token(page) != first
	page.get_by_role("button", name="Turn off").click()
	expect(page.get_by_role("button", name="Subscribe to your calendar")).to_be_visible()
	page.get_by_role("link", name="Back to your schedule").click()
	expect(page.get_by_role("heading", name="Schedule")).to_be_visible()


def test_the_address_is_copied_with_one_press(
	host: EmbeddedHost, open_portal: OpenPortal, customer: str
) -> None:
	page = open_portal(host, customer, permissions=["clipboard-read", "clipboard-write"]).page
	page.goto(f"{host.url}{PAGE}")
	page.get_by_role("button", name="Subscribe to your calendar").click()
	page.get_by_role("button", name="Copy").click()
	expect(page.get_by_role("status")).to_have_text("Copied")
	copied = page.evaluate("navigator.clipboard.readText()")
	assert copied == page.locator("#address").input_value()


def test_an_address_that_may_not_be_copied_is_marked(
	host: EmbeddedHost, open_portal: OpenPortal, customer: str
) -> None:
	page = open_portal(host, customer).page
	page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
	page.goto(f"{host.url}{PAGE}")
	page.get_by_role("button", name="Subscribe to your calendar").click()
	page.get_by_role("button", name="Copy").click()
	expect(page.get_by_role("status")).to_have_text("Copy the marked address.")
	assert page.evaluate("getSelection().toString()") == page.locator("#address").input_value()


def _token(page: Page) -> str:
	return page.locator("#address").input_value().rpartition("/")[2].removesuffix(".ics")
