"""Two people, one tablet: nothing of one is ever shown or sent as the other's."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect
from support.chromium import GONE, REFUSED, Portal, expect_sign_in, posted
from support.host import EmbeddedHost
from support.people import Browser, Staff
from support.waiting import wait_until

pytestmark = pytest.mark.browser

SECRET = "the code of Sarah's garage is 4711"
DRAFT = "half of what Sarah meant to say"
SAID_TO_BOB = "Bob, your roof is ready"


@pytest.fixture
def spoken(staff: Staff, customer: str, bob: str) -> None:
	"""Give each of the two a thread."""
	staff.do("record_event", customer=customer, event_type="note", title="For Sarah's eyes")
	staff.do("record_event", customer=bob, event_type="note", title=SAID_TO_BOB)


def check_is_bobs(page: Page, portal: Portal) -> None:
	"""Fail if anything of Sarah is in this page."""
	expect(page.locator("#entries .said")).to_have_text([SAID_TO_BOB])
	expect(page.locator("#pending > .row")).to_have_count(0)
	expect(page.locator("#text")).to_have_value("")
	source = page.content()
	for words in ("Sarah", SECRET, DRAFT):
		assert words not in source


def leave_words(portal: Portal) -> None:
	"""Leave a reply that could not be sent, and a draft."""
	portal.expect_in_console(GONE)
	portal.open()
	portal.page.route("**/*portal.reply", lambda route: route.abort())
	portal.send(SECRET)
	expect(portal.waiting().locator(".state")).to_have_text("Waiting to be sent…")
	portal.reply.fill(DRAFT)
	portal.page.unroute("**/*portal.reply")


@pytest.mark.usefixtures("spoken")
def test_it_shows_and_sends_nothing_of_hers_as_his(
	host: EmbeddedHost, portal: Portal, customer: str, bob: str
) -> None:
	portal.expect_in_console(REFUSED)
	leave_words(portal)
	portal.sign_in(host.sign_in_path(bob))

	# the tab that Sarah left open
	portal.look()
	expect(portal.trouble).to_contain_text("You have been signed out.")
	assert portal.texts() == ["For Sarah's eyes"]
	portal.waiting().get_by_role("button", name="Retry").click()
	expect(portal.waiting().locator(".state")).to_have_text("Not sent")
	portal.send("and one more from the wrong tab")
	expect(portal.waiting("wrong tab").locator(".state")).to_have_text("Not sent")
	portal.reply.fill(DRAFT)

	# the tab that Bob opens
	page = portal.new_tab()
	Portal.ready(page)
	check_is_bobs(page, portal)
	assert host.sign_in(bob).texts() == [SAID_TO_BOB]
	assert host.sign_in(customer).texts() == ["For Sarah's eyes"]

	# and Sarah, when it is her turn again, has lost nothing
	portal.sign_in(host.sign_in_path(customer))
	portal.open()
	expect(portal.row("wrong tab")).to_have_count(1)
	assert portal.texts() == ["For Sarah's eyes", SECRET, "and one more from the wrong tab"]
	expect(portal.reply).to_have_value(DRAFT)
	assert host.sign_in(bob).texts() == [SAID_TO_BOB]


@pytest.mark.usefixtures("spoken")
def test_it_forgets_her_when_she_signs_out(host: EmbeddedHost, portal: Portal, bob: str) -> None:
	portal.expect_in_console(REFUSED)
	leave_words(portal)
	other = portal.new_tab()
	Portal.ready(other)
	expect(other.locator("#entries .said", has_text=SECRET)).to_have_count(1)
	portal.reply.fill(DRAFT)

	portal.page.locator("#account summary").click()
	portal.page.once("dialog", lambda dialog: dialog.accept())
	portal.page.get_by_role("button", name="Sign out").click()

	expect_sign_in(portal.page)
	assert portal.kept() == {}
	other.evaluate("window.dispatchEvent(new Event('online'))")
	expect(other.locator("#trouble")).to_contain_text("You have been signed out.")
	portal.page.go_back()
	expect_sign_in(portal.page)
	assert "For Sarah's eyes" not in portal.page.content()

	portal.sign_in(host.sign_in_path(bob))
	check_is_bobs(portal.open(), portal)


def test_it_forgets_her_words_by_itself_where_the_host_does_not_tell_the_browser_to(portal: Portal) -> None:
	portal.open()
	portal.reply.fill(DRAFT)
	assert DRAFT in portal.kept().values()
	portal.page.route("**/sign-out", lambda route: route.fulfill(body="bye", content_type="text/html"))

	portal.page.locator("#account summary").click()
	portal.page.get_by_role("button", name="Sign out").click()

	expect(portal.page.get_by_text("bye")).to_be_visible()
	assert portal.kept() == {}


def test_it_asks_before_it_discards_what_was_not_sent(host: EmbeddedHost, portal: Portal) -> None:
	leave_words(portal)
	portal.page.route("**/*portal.reply", lambda route: route.abort())
	asked: list[str] = []

	def dismiss(dialog: Dialog) -> None:
		asked.append(dialog.message)
		dialog.dismiss()

	portal.page.on("dialog", dismiss)

	portal.page.locator("#account summary").click()
	portal.page.get_by_role("button", name="Sign out").click()

	expect(portal.waiting(SECRET)).to_have_count(1)
	assert asked == ["A message has not been sent yet. Sign out and discard it?"]
	assert any(SECRET in value for value in portal.kept().values())
	expect(portal.page).to_have_url(re.compile("/messages$"))


@pytest.mark.usefixtures("spoken")
def test_it_keeps_her_words_when_the_session_has_ended(
	host: EmbeddedHost, portal: Portal, customer: str
) -> None:
	portal.expect_in_console(REFUSED)
	portal.open()
	portal.context.clear_cookies()
	with posted(portal) as bodies:
		portal.send("typed too late")

		expect(portal.trouble).to_contain_text("You have been signed out.")
		expect(portal.waiting("typed too late").locator(".state")).to_have_text("Not sent")
		expect(portal.row("For Sarah's eyes")).to_be_visible()

	# by the link in the notice she comes to where she signs in
	portal.trouble.get_by_role("link", name="Sign in").click()
	expect_sign_in(portal.page)
	portal.sign_in(host.sign_in_path(customer))
	portal.open()
	expect(portal.row("typed too late")).to_have_count(1)
	[entry] = [entry for entry in host.sign_in(customer).entries() if entry["text"] == "typed too late"]
	assert entry["client_id"] == bodies[0]["client_id"]


def test_it_goes_on_in_another_tab_when_she_signs_in_again(
	host: EmbeddedHost, portal: Portal, customer: str
) -> None:
	portal.open()
	portal.sign_in(host.sign_in_path(customer))

	portal.send("after a second link")

	expect(portal.row("after a second link")).to_have_count(1)
	expect(portal.trouble).to_be_hidden()


def test_it_sends_a_reply_once_from_two_tabs_with_the_same_outbox(
	host: EmbeddedHost, portal: Portal, customer: str
) -> None:
	leave_words(portal)
	other = portal.new_tab()
	Portal.ready(other)
	portal.look()

	expect(portal.row(SECRET)).to_have_count(1)
	expect(portal.waiting()).to_have_count(0)
	expect(other.locator("#entries .said", has_text=SECRET)).to_have_count(1)
	expect(other.locator("#pending > .row")).to_have_count(0)
	reader: Browser = host.sign_in(customer)
	wait_until(lambda: reader.texts() == [SECRET])
