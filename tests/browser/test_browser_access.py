"""For everybody: by keyboard, by ear, in the dark, on narrow screens, from right to left; and light to load."""

import re
import uuid
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect
from support.chromium import (
	DESKTOP,
	GONE,
	PHONE,
	OpenPortal,
	Portal,
	box_of,
	check_accessible,
	expect_sign_in,
	sticking_out,
)
from support.host import EmbeddedHost, new_email, new_phone
from support.people import Staff
from support.waiting import wait_until

pytestmark = pytest.mark.browser

PROJECT = "Deck Replacement Project · Active"
TABS = "My Project=/project, Invoices=/invoices, Messages=/messages, Schedule=/schedule"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2


def fill(host: EmbeddedHost, staff: Staff) -> str:
	"""Return a customer with every kind of entry, two of them unread."""
	phone = new_phone()
	customer = host.add_customer("Sarah Lee", phone=phone, email=new_email(), project=PROJECT)
	host.text(phone, "CONFIRM https://example.com/a?b=1 " + LONG)
	staff.do("record_call", customer=customer, seconds=360, at="2025-05-13T20:12:00Z")
	invoice = {"customer": customer, "reference_doctype": "Sales Invoice", "reference_name": "INV-1"}
	staff.do(
		"record_event",
		**invoice,
		event_type="Invoice sent",
		title="Invoice #1 sent",
		amount="4200",
		currency="USD",
		url="/invoices/1",
	)
	staff.do("record_event", **invoice, event_type="Invoice cancelled", title="Invoice #1 cancelled")
	host.sign_in(customer).reply("Sounds good! What time works for you?")
	sent = {"customer": customer, "channel": "portal"}
	staff.do("send", **sent, text="Your visit is tomorrow", automated=True, client_id=str(uuid.uuid4()))
	staff.do("send", **sent, text="See you then " + LONG, client_id=str(uuid.uuid4()))
	return customer


@pytest.fixture
def arabic(host: EmbeddedHost) -> Iterator[EmbeddedHost]:
	"""Return the host as an Arabic business has it."""
	host.set(locale="ar")
	yield host
	host.set(locale="en_US")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_it_is_accessible_in_every_state(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal, scheme: str, size: dict[str, int]
) -> None:
	host.set(tabs=TABS)
	customer = fill(host, staff)
	portal = open_portal(host, customer, viewport=size, color_scheme=scheme)
	portal.expect_in_console(GONE)
	portal.page.route("**/*portal.read", lambda route: route.abort())
	page = portal.open()
	expect(page.locator("li.new-line")).to_have_count(1)
	portal.page.route("**/*portal.reply", lambda route: route.abort())
	portal.send("This one stays here")
	expect(portal.waiting().get_by_role("button", name="Retry")).to_be_visible()
	if page.locator("#search-toggle").is_visible():
		page.locator("#search-toggle").click()
		expect(page.locator("#q")).to_be_focused()

	check_accessible(page)
	assert sticking_out(page) == []

	page.locator("#q").fill("invoice")
	page.locator("#q").press("Enter")
	expect(page.locator("#results-list a")).to_have_count(2)
	check_accessible(page)
	page.locator("#account summary").click()
	# the open menu lies over other targets for a moment
	check_accessible(page, "#account")


def test_it_is_accessible_where_one_signs_in(host: EmbeddedHost, open_portal: OpenPortal) -> None:
	for scheme in ("light", "dark"):
		portal = open_portal(host, color_scheme=scheme, viewport=PHONE)
		portal.page.goto(f"{host.url}/messages")
		expect_sign_in(portal.page)
		check_accessible(portal.page)


@pytest.mark.parametrize("accent", ["#ffd400", "#7f7f7f"])
def test_it_is_readable_in_any_accent(own_host: EmbeddedHost, open_portal: OpenPortal, accent: str) -> None:
	own_host.set(accent_color=accent)
	customer = fill(own_host, own_host.staff)
	for scheme in ("light", "dark"):
		check_accessible(open_portal(own_host, customer, color_scheme=scheme).open())


def tab_to(page: Page, target: Locator) -> None:
	"""Press Tab until the target has the focus."""
	for _press in range(40):
		if target.evaluate("(item) => item === document.activeElement"):
			return
		page.keyboard.press("Tab")
	raise AssertionError(f"{target} is out of the keyboard's reach")


def test_it_is_used_by_keyboard_alone(host: EmbeddedHost, staff: Staff, open_portal: OpenPortal) -> None:
	portal = open_portal(host, fill(host, staff))
	page = portal.open()
	keys = page.keyboard

	# where the first Tab begins once a script has scrolled is each browser's own choice
	page.evaluate("document.body.tabIndex = -1; document.body.focus()")
	keys.press("Tab")
	expect(page.get_by_role("link", name="Skip to your reply")).to_be_focused()
	keys.press("Enter")
	expect(portal.reply).to_be_focused()
	keys.type("by keyboard")
	keys.press("Enter")
	expect(portal.row("by keyboard")).to_have_count(1)
	expect(portal.reply).to_be_focused()

	page.reload()
	Portal.ready(page)
	for name, inside in (("Your account", "Sign out"), ("Phone number", None)):
		summary = page.locator(f"summary[aria-label='{name}']")
		tab_to(page, summary)
		keys.press("Enter")
		expect(page.locator("details[open]")).to_have_count(1)
		if inside:
			tab_to(page, page.get_by_role("button", name=inside))
		keys.press("Escape")
		expect(page.locator("details[open]")).to_have_count(0)
		expect(summary).to_be_focused()

	page.reload()
	Portal.ready(page)
	tab_to(page, page.locator("#q"))
	keys.type("visit")
	keys.press("Enter")
	expect(page.locator("#results-title")).to_be_focused()
	tab_to(page, page.locator("#results-list a"))
	keys.press("Enter")
	expect(portal.row("Your visit is tomorrow")).to_be_focused()


def test_it_scrolls_the_conversation_by_keyboard(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal
) -> None:
	portal = open_portal(host, fill(host, staff), viewport={"width": 375, "height": 480})
	page = portal.open()
	portal.scroll_to(1_000_000)
	tab_to(page, page.locator("#timeline"))
	before = page.evaluate("timeline.scrollTop")

	page.keyboard.press("PageUp")

	wait_until(lambda: page.evaluate("timeline.scrollTop") < before - 50)
	page.keyboard.press("End")
	wait_until(lambda: portal.to_go() <= 1)


def test_it_never_moves_the_focus_by_itself(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal
) -> None:
	customer = fill(host, staff)
	portal = open_portal(host, customer)
	page = portal.open()
	assert portal.focused() == "BODY"
	page.evaluate(
		"""() => {
			window.moves = [];
			document.addEventListener("focusin", ({ target }) => moves.push(target.id || target.tagName));
			document.addEventListener("focusout", ({ target }) => moves.push(`out of ${target.id || target.tagName}`));
		}"""
	)

	def arrive(text: str) -> None:
		staff.do("send", customer=customer, text=text, channel="portal", client_id=str(uuid.uuid4()))
		portal.look()
		expect(portal.row(text)).to_have_count(1)

	arrive("while nothing has the focus")
	assert page.evaluate("moves") == []
	portal.reply.focus()
	arrive("while she types")
	page.locator(".chip a").first.focus()
	arrive("while she is on a link")
	assert page.evaluate("moves") == ["text", "out of text", "A"]


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_it_reads_from_right_to_left(
	arabic: EmbeddedHost, open_portal: OpenPortal, staff: Staff, width: int
) -> None:
	customer = fill(arabic, staff)
	portal = open_portal(arabic, customer, viewport={"width": width, "height": 800}, locale="ar")
	page = portal.open()

	assert page.locator("html").get_attribute("dir") == "rtl"
	assert page.locator("html").get_attribute("lang") == "ar"
	own = box_of(portal.row("Sounds good!").locator(".bubble"))
	theirs = box_of(portal.row("See you then").locator(".bubble"))
	send = page.locator(".send").bounding_box()
	assert send
	assert own["x"] < width - own["x"] - own["width"]
	assert theirs["x"] > width - theirs["x"] - theirs["width"] - 1
	assert send["x"] < width / 2
	# a name in other letters, and the channel and the time, begin where their bubble does
	for part in (".who bdi", ".meta bdi"):
		words = box_of(portal.row("See you then").locator(part))
		assert 0 < theirs["x"] + theirs["width"] - words["x"] - words["width"] < 24
	assert sticking_out(page) == []
	check_accessible(page)


@pytest.mark.parametrize(
	("width", "height"),
	[(320, 568), (320, 256), (640, 400)],
	ids=["small phone", "zoomed 400 %", "zoomed 200 %"],
)
def test_it_needs_no_sideways_scroll(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal, width: int, height: int
) -> None:
	portal = open_portal(host, fill(host, staff), viewport={"width": width, "height": height})
	page = portal.open()
	assert sticking_out(page) == []

	portal.reply.fill(LONG * 3)
	portal.page.locator("#phone summary").click()

	assert sticking_out(page) == []
	page.goto(f"{host.url}/messages?q=invoice")
	Portal.ready(page)
	assert sticking_out(page) == []
	portal.reply.scroll_into_view_if_needed()
	expect(portal.reply).to_be_in_viewport()


def test_it_stands_still_where_less_motion_is_wanted(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal
) -> None:
	portal = open_portal(host, fill(host, staff), reduced_motion="reduce")
	page = portal.open()
	portal.send("no fuss")
	expect(portal.row("no fuss")).to_have_count(1)
	assert page.evaluate("document.getAnimations().length") == 0


def measured(session: CDPSession) -> dict[str, float]:
	"""Return a dictionary that fills with the bytes each request took on the wire."""
	took: dict[str, float] = {}
	session.send("Network.enable")
	session.on(
		"Network.loadingFinished", lambda done: took.__setitem__(done["requestId"], done["encodedDataLength"])
	)
	return took


def test_it_is_light_to_load(host: EmbeddedHost, open_portal: OpenPortal) -> None:
	portal = open_portal(host, host.add_customer("Sarah Lee", project=PROJECT))
	reader = portal.context.new_page()
	session = portal.context.new_cdp_session(reader)
	took = measured(session)
	portal.requests.clear()

	reader.goto(f"{host.url}/messages")
	Portal.ready(reader)
	reader.wait_for_load_state("networkidle")
	# a browser with a window asks for it by itself
	session.send("Page.getAppManifest")

	loaded = [request for request in portal.requests if request.url.startswith("http")]
	assert len(loaded) <= 7, [request.url for request in loaded]
	wait_until(lambda: reader.evaluate("1") == 1 and len(took) == len(loaded))
	assert 8_000 < sum(took.values()) <= 40_000
	kinds = {request.resource_type for request in loaded}
	assert kinds == {"document", "stylesheet", "script", "manifest"}
	assert all(re.match(re.escape(host.url), request.url) for request in loaded)


def test_it_takes_from_the_cache_what_has_not_changed(host: EmbeddedHost, open_portal: OpenPortal) -> None:
	portal = open_portal(host, host.add_customer("Sarah Lee"))
	portal.open()
	took = measured(portal.context.new_cdp_session(portal.page))

	portal.open()
	portal.page.wait_for_load_state("networkidle")

	sizes = sorted(took.values(), reverse=True)
	assert sizes[0] > 2000
	assert sum(sizes[1:]) == 0
