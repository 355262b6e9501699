"""From a text to the entry on a phone: nobody signed in, one tap, two pages, whoever looked at the link before."""

import re
import sqlite3
import time
from contextlib import closing

import pytest
import requests
from playwright.sync_api import Page, Response, Route, expect
from support.chromium import REFUSED, TOUCH, OpenPortal, Portal, check_accessible
from support.host import EmbeddedHost, new_phone
from support.people import TIMEOUT, Staff, message_of
from support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.embedded("looks into the folder of this host")]

TITLE = "Invoice #2041 sent"
HASH_LINK = re.compile(r"https?://\S+/messages/in#[0-9a-z]+")
ANY_LINK = re.compile(r"https?://[^\s<>\"]+")


@pytest.fixture
def customer(host: EmbeddedHost, phone: str) -> str:
	"""Return Sarah's id: a customer with a phone alone, whom texts reach."""
	return host.add_customer("Sarah Lee", phone=phone)


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
	return str(request.param)


def send_invoice(staff: Staff, customer: str) -> int:
	"""Send one that cannot wait for the morning, whatever the time is; return its entry."""
	event = {"event_type": "Invoice sent", "title": TITLE, "amount": "4200", "currency": "USD"}
	return int(staff.do("record_event", customer=customer, **event, notify=True, urgent=True)["id"])


def texted(host: EmbeddedHost, phone: str) -> str:
	"""Return the link of the newest text with one."""
	[*_older, text] = wait_until(
		lambda: [text for text in host.texts_to(phone) if HASH_LINK.search(text.body)]
	)
	found = HASH_LINK.search(text.body)
	assert found
	return found[0]


def plain(link: str) -> str:
	"""Return where a link leads without JavaScript."""
	return link.replace("#", "?t=")


def make_old(host: EmbeddedHost) -> None:
	with closing(sqlite3.connect(host.folder / "thread.db", timeout=TIMEOUT)) as database, database:
		database.execute("UPDATE `tabThread Sign In` SET expires_us = created_us")


def loaded(page: Page) -> list[str]:
	"""Return a list that fills with each page that is loaded."""
	pages: list[str] = []

	def note(response: Response) -> None:
		if response.request.is_navigation_request() and not 300 <= response.status < 400:
			pages.append(response.url)

	page.on("response", note)
	return pages


def check_leads_to(portal: Portal, link: str, entry: int) -> None:
	"""Fail if one tap does not lead from a text to its entry, in two pages."""
	page, pages = portal.page, loaded(portal.page)
	page.goto(link)
	page.get_by_role("button", name="Open my messages").tap()
	expect(portal.row(TITLE)).to_be_in_viewport(ratio=1)
	expect(page).to_have_url(f"{portal.base}/messages?around={entry}#{entry}")
	assert len(pages) == 2, pages


def look_at(link: str) -> None:
	"""Look at an address as mail scanners do."""
	for _time in range(10):
		for method in ("GET", "HEAD"):
			answer = requests.request(method, link, timeout=TIMEOUT)
			assert answer.status_code < 500
			assert "sid" not in answer.cookies


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_text_leads_to_its_entry_by_one_tap(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal, customer: str, phone: str, script: bool
) -> None:
	entry = send_invoice(staff, customer)
	link = texted(host, phone)
	# it leads to what it tells of, among whatever came since
	host.fill(customer, 120, time.time_ns() // 1000, 1)
	portal = open_portal(host, java_script_enabled=script, **TOUCH)

	check_leads_to(portal, link if script else plain(link), entry)


def test_without_a_script_it_says_how(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal, customer: str, phone: str
) -> None:
	send_invoice(staff, customer)
	link = texted(host, phone)
	page = open_portal(host, java_script_enabled=False, **TOUCH).page
	page.goto(link)
	expect(page.locator("noscript p")).to_contain_text("Write ?t= in place of the #")
	expect(page.get_by_role("button", name="Open my messages")).to_be_disabled()


def test_its_button_waits_for_its_script(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal, customer: str, phone: str
) -> None:
	send_invoice(staff, customer)
	portal = open_portal(host, **TOUCH)
	held: list[Route] = []
	portal.page.route("**/way_in.js", lambda route: held.append(route))
	portal.page.goto(texted(host, phone), wait_until="commit")
	button = portal.page.get_by_role("button", name="Open my messages")
	expect(button).to_be_disabled()
	wait_until(lambda: portal.page.evaluate("1") and bool(held))
	held[0].continue_()
	button.tap()
	expect(portal.row(TITLE)).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_scanner_that_looks_at_every_link_changes_nothing(
	host: EmbeddedHost,
	staff: Staff,
	open_portal: OpenPortal,
	phone: str,
	address: str,
	script: bool,
) -> None:
	customer = host.add_customer("Sarah Lee", phone=phone, email=address)
	before = message_of(host.sign_in(customer).get("preferences"))
	entry = send_invoice(staff, customer)
	[letter] = wait_until(lambda: host.mails_to(address, "/messages/in"))
	mail = letter.message
	parts = [part.get_content() for kind in ("plain", "html") if (part := mail.get_body((kind,)))]
	links = {link for words in (*parts, mail["List-Unsubscribe"]) for link in ANY_LINK.findall(words)}
	[link] = {link for link in links if HASH_LINK.fullmatch(link)}
	assert len(links) >= 3
	for each in (*links, plain(link)):
		look_at(each)
	# one that opens it in a browser, and runs its script
	scanner = open_portal(host, **TOUCH).page
	scanner.goto(link)
	expect(scanner.get_by_role("button", name="Open my messages")).to_be_enabled()

	check_leads_to(
		open_portal(host, java_script_enabled=script, **TOUCH), link if script else plain(link), entry
	)
	reader = host.sign_in(customer)
	assert message_of(reader.get("preferences")) == before
	assert len(host.mails_to(address)) == 1


def test_the_pages_of_a_link_are_accessible(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal, customer: str, phone: str, scheme: str
) -> None:
	send_invoice(staff, customer)
	link = texted(host, phone)
	portal = open_portal(host, color_scheme=scheme, **TOUCH)
	portal.expect_in_console(REFUSED)
	page = portal.page

	def check(says: str) -> None:
		expect(page.get_by_text(says)).to_be_visible()
		check_accessible(page)
		assert page.evaluate("document.documentElement.scrollWidth") == TOUCH["viewport"]["width"]

	page.goto(link)
	check("Signing in keeps you signed in on this device.")
	portal.sign_in(host.sign_in_path(host.add_customer("Bob Miller")))
	page.goto(plain(link))
	check("You are signed in as Bob Miller. This link is for Sarah Lee.")
	open_portal(host).sign_in(plain(link).removeprefix(portal.base))
	portal.context.clear_cookies()
	page.goto(plain(link))
	check("This link has been used already, in another browser.")
	make_old(host)
	page.goto(plain(link))
	check("This link is too old.")
	page.get_by_role("button", name="Send me a fresh link").tap()
	check(f"A fresh link is on its way to the number that ends in {phone[-2:]}.")
	page.goto(f"{portal.base}/messages/in#none")
	page.get_by_role("button", name="Open my messages").tap()
	check("This link is none of ours, or not complete.")
	page.goto(f"{portal.base}/messages/in?")
	check("This link is not complete.")


def test_a_second_link_in_the_same_tab_opens_too(
	host: EmbeddedHost, staff: Staff, open_portal: OpenPortal, customer: str, phone: str
) -> None:
	entry = send_invoice(staff, customer)
	link = texted(host, phone)
	portal = open_portal(host, **TOUCH)
	portal.expect_in_console(REFUSED)
	page = portal.page
	page.goto(f"{portal.base}/messages/in#half")
	button = page.get_by_role("button", name="Open my messages")
	expect(button).to_be_enabled()
	page.goto(f"{portal.base}/messages/in#another")
	expect(page.locator("input[name=token]")).to_have_value("another")
	button.tap()
	expect(page.get_by_text("This link is none of ours")).to_be_visible()

	page.goto(link)
	button.tap()

	expect(page).to_have_url(f"{portal.base}/messages?around={entry}#{entry}")


def test_the_page_where_one_asks_is_accessible(
	host: EmbeddedHost, open_portal: OpenPortal, scheme: str
) -> None:
	portal = open_portal(host, color_scheme=scheme, **TOUCH)
	portal.expect_in_console(REFUSED)
	page = portal.page
	page.goto(f"{portal.base}/messages/sign-in")
	check_accessible(page)
	box, send = page.get_by_label("Phone number or e-mail address"), page.get_by_role("button")
	box.fill("nobody")
	send.tap()
	expect(page.get_by_text("This is neither a phone number nor an e-mail address.")).to_be_visible()
	check_accessible(page)
	box.fill(new_phone())
	send.tap()
	expect(page.get_by_role("heading", name="Check your phone or your mail")).to_be_visible()
	check_accessible(page)


def test_they_read_from_right_to_left(own_host: EmbeddedHost, open_portal: OpenPortal) -> None:
	own_host.set(locale="ar")
	link = own_host.sign_in_path(own_host.add_customer("Sarah Lee"))
	page = open_portal(own_host, **TOUCH, locale="ar").page
	for path in (link, "/messages/sign-in", "/messages/offline"):
		page.goto(own_host.url + path)
		assert page.locator("html").get_attribute("dir") == "rtl"
		check_accessible(page)
		assert page.evaluate("document.documentElement.scrollWidth") == TOUCH["viewport"]["width"]
