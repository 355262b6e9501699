"""The Notification Settings page: kept at once, by the device's own clock, for everybody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from support.chromium import DESKTOP, GONE, OpenPortal, Portal, check_accessible
from support.host import EmbeddedHost
from support.people import message_of
from support.waiting import wait_until

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
PAGE = "/notification-settings"


@pytest.fixture
def arabic(host: EmbeddedHost) -> Iterator[EmbeddedHost]:
	"""Return the host as an Arabic business has it."""
	host.set(locale="ar")
	yield host
	host.set(locale="en_US")


def _open(portal: Portal) -> Page:
	portal.page.goto(portal.base + PAGE)
	return portal.page


def _wanted(host: EmbeddedHost, customer: str) -> dict[str, object]:
	found: dict[str, object] = message_of(host.sign_in(customer).get("preferences"))
	return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [NARROW, DESKTOP], ids=["narrow", "desktop"])
def test_it_is_accessible(
	host: EmbeddedHost,
	open_portal: OpenPortal,
	customer: str,
	phone: str,
	scheme: str,
	size: dict[str, int],
) -> None:
	host.receive(phone, "STOP")
	page = _open(open_portal(host, customer, viewport=size, color_scheme=scheme))

	expect(page.get_by_role("heading", name="Notification settings")).to_be_visible()
	check_accessible(page)
	assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
	page.locator("#account summary").click()
	check_accessible(page, "#account")


def test_it_reads_from_right_to_left(arabic: EmbeddedHost, open_portal: OpenPortal, customer: str) -> None:
	page = _open(open_portal(arabic, customer, viewport=NARROW, locale="ar"))
	assert page.locator("html").get_attribute("dir") == "rtl"
	assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
	check_accessible(page)


def test_its_targets_are_large_enough_for_a_thumb(portal: Portal) -> None:
	page = _open(portal)
	# which is there until the script has taken over
	expect(page.get_by_role("button", name="Save")).to_be_hidden()
	targets = page.locator(".setting > label, .clocks input, .sheet .button:visible, .clocks select:visible")
	for target in targets.all():
		box = target.bounding_box()
		assert box
		assert box["height"] >= 44


def test_it_keeps_each_change_at_once(host: EmbeddedHost, portal: Portal, customer: str) -> None:
	page = portal.open()
	page.locator("#account summary").click()
	page.get_by_role("link", name="Notification settings").click()
	expect(page.get_by_role("button", name="Save")).to_be_hidden()

	page.get_by_label("E-mail").uncheck()
	expect(page.locator("#said")).to_have_text("Saved")
	wait_until(lambda: _wanted(host, customer)["email"] is False)

	page.get_by_label("From").fill("22:30")
	wait_until(lambda: _wanted(host, customer)["quiet_start"] == "22:30")
	page.reload()
	expect(page.get_by_label("E-mail")).not_to_be_checked()
	expect(page.get_by_label("From")).to_have_value("22:30")


def test_it_is_by_the_clock_of_the_device(host: EmbeddedHost, open_portal: OpenPortal, customer: str) -> None:
	assert _wanted(host, customer)["timezone"] == "America/New_York"
	page = _open(open_portal(host, customer, timezone_id="America/Los_Angeles"))
	expect(page.get_by_text("Los Angeles time")).to_be_visible()
	expect(page.get_by_label("Time zone")).to_be_hidden()
	wait_until(lambda: _wanted(host, customer)["timezone"] == "America/Los_Angeles")
	page = _open(open_portal(host, customer, timezone_id="Australia/Lord_Howe"))
	expect(page.get_by_text("Lord Howe time")).to_be_visible()
	wait_until(lambda: _wanted(host, customer)["timezone"] == "Australia/Lord_Howe")


def test_it_has_a_zone_chosen_that_the_server_does_not_know(
	host: EmbeddedHost, open_portal: OpenPortal, customer: str
) -> None:
	portal = open_portal(host, customer)
	portal.expect_in_console("status of 400")
	own = "Intl.DateTimeFormat.prototype.resolvedOptions = () => ({ timeZone: 'Mars/Olympus_Mons' });"
	portal.context.add_init_script(own)
	page = _open(portal)
	page.get_by_label("E-mail").uncheck()
	expect(page.locator("#said")).to_have_text("Saved")
	page.get_by_label("Time zone").select_option("Denver")
	wait_until(lambda: _wanted(host, customer)["timezone"] == "America/Denver")
	assert _wanted(host, customer)["email"] is False


def test_it_says_so_when_nothing_was_kept(host: EmbeddedHost, portal: Portal, customer: str) -> None:
	portal.expect_in_console(GONE)
	page = _open(portal)
	page.wait_for_load_state("networkidle")
	page.route("**/*portal.save_preferences", lambda route: route.abort())
	page.get_by_label("E-mail").uncheck()
	expect(page.get_by_role("alert")).to_have_text("No connection. Not saved yet.")
	expect(page.locator("#said")).to_have_text("")
	page.unroute("**/*portal.save_preferences")
	page.get_by_label("Texts", exact=True).uncheck()
	expect(page.locator("#said")).to_have_text("Saved")
	expect(page.get_by_role("alert")).to_have_text("")
	assert _wanted(host, customer)["email"] is _wanted(host, customer)["sms"] is False


def test_it_sends_a_test(host: EmbeddedHost, portal: Portal, address: str) -> None:
	page = _open(portal)
	page.get_by_label("Texts", exact=True).uncheck()
	expect(page.locator("#said")).to_have_text("Saved")
	page.get_by_role("button", name="Send me a test").click()
	expect(page.locator("#tested")).to_have_text("A test is on its way.")
	wait_until(lambda: bool(host.mails_to(address)))
	portal.expect_in_console("status of 429")
	page.get_by_role("button", name="Send me a test").click()
	expect(page.get_by_role("alert")).to_contain_text("You were sent a test just now.")


def test_it_works_without_scripts(host: EmbeddedHost, open_portal: OpenPortal, customer: str) -> None:
	page = _open(open_portal(host, customer, java_script_enabled=False))
	page.get_by_label("E-mail").uncheck()
	page.get_by_label("To", exact=True).fill("07:15")
	page.get_by_label("Time zone").select_option("Chicago")
	page.get_by_role("button", name="Save").click()
	expect(page.locator("#said")).to_have_text("Saved")
	expect(page.get_by_label("E-mail")).not_to_be_checked()
	wanted = _wanted(host, customer)
	assert (wanted["email"], wanted["quiet_end"], wanted["timezone"]) == (False, "07:15", "America/Chicago")


def test_its_page_says_who_is_there_and_who_has_left(portal: Portal) -> None:
	page = portal.open()

	def said() -> list[str]:
		asked = [request.url for request in portal.requests if "portal.timeline?" in request.url]
		return [url.partition("active=")[2][:1] for url in asked if "active=" in url]

	portal.look()
	wait_until(lambda: said() == ["1"])
	# once in half a minute is enough, however often it asks
	portal.look()
	portal.look()
	assert said() == ["1"]
	page.evaluate(
		"""() => {
			Object.defineProperty(document, "hidden", { value: true, configurable: true });
			document.dispatchEvent(new Event("visibilitychange"));
		}"""
	)
	wait_until(lambda: said() == ["1", "0"])
	portal.look()
	assert said() == ["1", "0"]


def test_its_page_says_nothing_of_a_tab_left_alone(
	host: EmbeddedHost, open_portal: OpenPortal, customer: str
) -> None:
	portal = open_portal(host, customer)
	portal.page.clock.install()
	page = portal.open()
	page.clock.fast_forward(5000)
	wait_until(lambda: any("active=1" in request.url for request in portal.requests))
	page.clock.fast_forward(10 * 60 * 1000)
	portal.requests.clear()
	for _poll in range(5):
		page.clock.fast_forward(60_000)
	wait_until(lambda: any("portal.timeline" in request.url for request in portal.requests))
	assert not [request.url for request in portal.requests if "active=" in request.url]
	page.mouse.move(100, 100)
	page.clock.fast_forward(60_000)
	wait_until(lambda: any("active=1" in request.url for request in portal.requests))
