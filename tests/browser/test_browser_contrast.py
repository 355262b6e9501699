"""Everything can be told from what is behind it: in light and dark, in any accent, computed and not left to axe."""

import re
import uuid

import pytest
from playwright.sync_api import Page, expect
from support.chromium import GONE, PHONE, OpenPortal, Portal
from support.contrast import contrasts, too_faint, undecided
from support.host import EmbeddedHost, new_email, new_phone

pytestmark = pytest.mark.browser

#: a business may choose any of them
ACCENTS = ["#1f5fbf", "#ffd400", "#7f7f7f", "#767676", "#e4002b", "#00a651", "#101010", "#fefefe"]
#: the page's colors of this business, which stand in it and not in a file
OWN_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def fill(host: EmbeddedHost) -> str:
	"""Return a customer with every kind of entry, some of them unread."""
	phone = new_phone()
	customer = host.add_customer("Sarah Lee", phone=phone, email=new_email(), project="Deck · Active")
	host.text(phone, "CONFIRM https://example.com/a 👍")
	host.text(phone, "👍")
	staff = host.staff
	staff.do("record_call", customer=customer, seconds=360, at="2025-05-13T20:12:00Z")
	invoice = {"customer": customer, "reference_doctype": "Sales Invoice", "reference_name": "INV-1"}
	money = {"amount": "4200", "currency": "USD", "url": "/invoices/1"}
	staff.do("record_event", **invoice, **money, event_type="Invoice sent", title="Invoice #1 sent")
	staff.do("record_event", **invoice, event_type="Invoice cancelled", title="Invoice #1 cancelled")
	sent = {"customer": customer, "channel": "portal"}
	for text, automated in (("Your visit is tomorrow", True), ("See https://example.com/b", False)):
		staff.do("send", **sent, text=text, automated=automated, client_id=str(uuid.uuid4()))
	return customer


def styles(host: EmbeddedHost, portal: Portal) -> list[str]:
	"""Return what the page says of its own colours in each accent; it has the last one."""
	found = []
	for accent in ACCENTS:
		host.set(accent_color=accent)
		[style] = OWN_STYLE.findall(portal.context.request.get(f"{host.url}/messages").text())
		found.append(style)
	assert len(set(found)) == len(ACCENTS)
	return found


def check(page: Page, accents: list[str]) -> None:
	"""Fail if anything on the page is too faint in an accent, or nobody knows whether it is."""
	seen = set()
	for style in accents:
		page.evaluate("(style) => { document.querySelector('style').textContent = style }", style)
		colors = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
		seen.add(colors)
		assert colors in style
		assert len(contrasts(page)) > 15
		assert too_faint(page) == [], style
	assert len(seen) > len(accents) / 2
	# what axe cannot tell does not depend on the color
	assert undecided(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_too_faint(host: EmbeddedHost, open_portal: OpenPortal, scheme: str) -> None:
	host.set(tabs="Messages=/messages, Schedule=/schedule")
	portal = open_portal(host, fill(host), color_scheme=scheme, viewport=PHONE)
	portal.expect_in_console(GONE)
	accents = styles(host, portal)
	page = portal.open()
	expect(page.locator("li.new-line")).to_have_count(1)
	check(page, accents)

	page.route("**/*portal.reply", lambda route: route.abort())
	portal.send("This one stays here")
	expect(portal.waiting().get_by_role("button", name="Retry")).to_be_visible()
	page.locator("#account summary").click()
	check(page, accents)

	# the moment in which what was asked for is tinted
	row = portal.row("CONFIRM").get_attribute("id")
	portal.open(f"/messages?around={row}#{row}")
	page.locator(".found").evaluate(
		"(row) => row.getAnimations().forEach((tint) => { tint.pause(); tint.currentTime = 0 })"
	)
	plain = page.evaluate("getComputedStyle(document.body).backgroundColor")
	assert page.locator(".found").evaluate("(row) => getComputedStyle(row).backgroundColor") != plain
	check(page, accents)

	portal.open("/messages?q=invoice")
	expect(page.locator("mark").first).to_be_visible()
	check(page, accents)


def test_it_finds_what_is_too_faint(host: EmbeddedHost, open_portal: OpenPortal) -> None:
	portal = open_portal(host, fill(host))
	page = portal.open()
	assert too_faint(page) == []

	for rule in (".day { opacity: 0.5 }", ".row .text { color: rgb(0 0 0 / 30%) }"):
		page.evaluate(
			"(rule) => document.styleSheets[0].insertRule(rule, document.styleSheets[0].cssRules.length)",
			rule,
		)

	assert {line.split()[0] for line in too_faint(page)} >= {"TIME", "P"}
