"""The Desk's inbox, before a real host: everything by keyboard, back and reload, live, and words that are never HTML."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from support.host import EmbeddedHost, new_phone
from support.inbox_page import InboxPage
from support.people import message_of
from support.waiting import wait_until

EVIL = "<img src=x onerror='window.ran = true'>"


@pytest.fixture
def inbox(chromium: Browser, host: EmbeddedHost) -> Iterator[InboxPage]:
	"""Return the inbox of somebody on a desk; at the end nothing has run of what was written."""
	context = chromium.new_context(viewport={"width": 1280, "height": 800})
	made = InboxPage(context, host.staff)
	yield made
	assert made.faults == []
	assert not made.page.evaluate("window.ran"), "what somebody wrote was run"
	context.close()


@pytest.fixture
def two(host: EmbeddedHost, customer: str, bob: str) -> tuple[str, str]:
	"""Return two customers who wait, the second wrote last; whoever waited before does not."""
	for tab in ("all", "snoozed"):
		for line in message_of(host.staff.get("inbox", tab=tab, limit=100))["threads"]:
			if line["last"]:
				host.staff.do("done", thread=line["thread"], upto=line["last"])
	for name in (customer, bob):
		host.sign_in(name).reply(f"{EVIL} from {name}")
	return customer, bob


def test_it_lists_who_waits_and_opens_a_thread(inbox: InboxPage, two: tuple[str, str]) -> None:
	page = inbox.open()
	assert inbox.names() == ["Bob Miller", "Sarah Lee"]
	expect(page.locator(".ct-inbox-tab", has_text="Waiting for us")).to_contain_text("2")
	page.locator(".ct-inbox-line").first.click()
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Bob Miller")
	expect(page.locator(".ct-bubble")).to_contain_text(f"{EVIL} from {two[1]}")
	# read by now
	expect(page.locator(".ct-inbox-unread")).to_have_count(1)


def test_how_she_is_reached_unfolds_under_her_name(inbox: InboxPage, host: EmbeddedHost) -> None:
	phone = new_phone()
	customer = host.add_customer("Fay Facts", phone=phone)
	host.text(phone, "hello")
	thread = host.staff.thread(customer)["thread"]["thread"]
	page = inbox.open(f"/all/{thread}")
	line = page.locator(".ct-facts summary")
	expect(line).to_contain_text("Texts")
	line.focus()
	page.keyboard.press("Enter")
	expect(page.locator(".ct-facts dd", has_text=phone)).to_be_visible()
	host.staff.do("send", customer=customer, text="Here is news.", channel="portal")
	inbox.hear("customer_thread_form_changed", thread=thread)
	# what was unfolded stays so
	expect(line).to_contain_text("1 not read")
	expect(page.locator(".ct-facts dd", has_text=phone)).to_be_visible()
	expect(page.locator(".ct-facts dd", has_text="never yet · 1 not read")).to_be_visible()
	assert Axe().run(page, context=".ct-inbox-about").response["violations"] == []


def test_all_of_it_goes_by_keys(inbox: InboxPage, host: EmbeddedHost, two: tuple[str, str]) -> None:
	page, (sarah, _bob) = inbox.open(), two
	page.keyboard.press("j")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Bob Miller")
	page.keyboard.press("j")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Sarah Lee")
	page.keyboard.press("r")
	page.keyboard.type("On our way, j and e are letters here")
	page.keyboard.press("Control+Enter")
	expect(page.locator(".ct-bubble", has_text="On our way")).to_be_visible()
	page.keyboard.press("Escape")
	page.keyboard.press("n")
	expect(page.locator(".ct-reply.is-note")).to_contain_text("only your team sees this")
	page.keyboard.type("She pays late")
	page.keyboard.press("Control+Enter")
	expect(page.locator(".ct-bubble.is-note")).to_contain_text("She pays late")
	page.keyboard.press("Escape")
	page.keyboard.press("k")
	# answered, she waits no more: the one who is left is the first
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Bob Miller")
	page.keyboard.press("e")
	expect(page.locator(".ct-inbox-nothing")).to_have_text("Nobody waits for an answer.")
	assert [entry["author"] for entry in host.sign_in(sarah).entries()] == ["customer", "contractor"]
	assert "She pays late" not in str(host.sign_in(sarah).timeline())
	page.keyboard.press("?")
	expect(page.locator("kbd").first).to_have_text("j")


def test_what_was_done_can_be_undone_and_comes_back_with_a_new_word(
	inbox: InboxPage, host: EmbeddedHost, two: tuple[str, str]
) -> None:
	page, (_sarah, bob) = inbox.open(), two
	page.keyboard.press("j")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Bob Miller")
	page.keyboard.press("e")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Sarah Lee")
	page.keyboard.press("e")
	expect(page.locator(".ct-inbox-line")).to_have_count(0)
	page.wait_for_function("shown.length === 2")
	page.evaluate("alert_actions.undo()")
	expect(page.locator(".ct-inbox-name")).to_have_text(["Sarah Lee"])
	host.sign_in(bob).reply("One more thing")
	inbox.hear("customer_thread_list_changed")
	expect(page.locator(".ct-inbox-name")).to_have_text(["Bob Miller", "Sarah Lee"])


def test_only_what_was_seen_is_done_and_a_key_that_is_held_does_it_once(
	inbox: InboxPage, host: EmbeddedHost, two: tuple[str, str]
) -> None:
	page, (_sarah, bob) = inbox.open(), two
	page.route("**/*desk.thread?*", lambda route: route.abort(), times=1)
	page.keyboard.press("j")
	expect(page.locator(".ct-inbox-pane")).to_contain_text("cannot be reached")
	# nothing of it is shown yet
	page.keyboard.press("e")
	assert inbox.names() == ["Bob Miller", "Sarah Lee"]
	inbox.hear("customer_thread_form_changed", thread=host.staff.thread(bob)["thread"]["thread"])
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Bob Miller")
	for _count in range(4):
		page.keyboard.down("e")
	page.keyboard.up("e")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Sarah Lee")
	page.wait_for_function("shown.length === 1")
	expect(page.locator(".ct-inbox-name")).to_have_text(["Sarah Lee"])

	# where it was said long ago, what came since is shown first
	host.fill(bob, 60, 1_600_000_000_000_000, 60_000_000, from_history=True)
	host.sign_in(bob).reply("One more thing")
	long_ago = host.staff.thread(bob, limit=100)
	page = inbox.open(f"/all/{long_ago['thread']['thread']}/{long_ago['entries'][0]['id']}")
	expect(page.locator(".ct-conversation .is-found")).to_contain_text("line 0 of the deck")
	page.keyboard.press("e")
	expect(page.locator(".ct-bubble").last).to_contain_text("One more thing")
	assert "latest messages" in page.evaluate("shown[0]")
	assert host.staff.thread(bob)["thread"]["waiting_since"]
	page.keyboard.press("e")
	wait_until(lambda: host.staff.thread(bob)["thread"]["waiting_since"] is None)


def test_the_open_thread_follows_however_quickly_one_came_and_after_the_socket_was_gone(
	inbox: InboxPage, host: EmbeddedHost, two: tuple[str, str]
) -> None:
	page, (sarah, _bob) = inbox.open("/all"), two
	thread = host.staff.thread(sarah)["thread"]["thread"]
	page.keyboard.press("j")
	page.keyboard.press("j")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Sarah Lee")
	host.sign_in(sarah).reply("The gate is open")
	inbox.hear("customer_thread_form_changed", thread=thread)
	expect(page.locator(".ct-bubble").last).to_contain_text("The gate is open")
	host.sign_in(sarah).reply("While you were away")
	inbox.reconnect()
	expect(page.locator(".ct-bubble").last).to_contain_text("While you were away")
	host.sign_in(sarah).reply("And now")
	inbox.hear("customer_thread_form_changed", thread=thread)
	expect(page.locator(".ct-bubble").last).to_contain_text("And now")
	# what is heard of the list alone shows in the thread, too
	host.sign_in(sarah).reply("Nobody was told")
	inbox.hear("customer_thread_list_changed")
	expect(page.locator(".ct-bubble").last).to_contain_text("Nobody was told")


def test_back_and_reload_keep_the_place(inbox: InboxPage, two: tuple[str, str]) -> None:
	page = inbox.open("/all")
	page.locator(".ct-inbox-line").nth(1).click()
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Sarah Lee")
	page.reload()
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Sarah Lee")
	expect(page.locator(".ct-inbox-tab[aria-current]")).to_contain_text("All")
	page.locator(".ct-inbox-line").nth(0).click()
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Bob Miller")
	page.go_back()
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Sarah Lee")


def test_a_draft_stays_with_its_thread(inbox: InboxPage, two: tuple[str, str]) -> None:
	page = inbox.open()
	page.locator(".ct-inbox-line", has_text="Sarah").click()
	page.locator(".ct-reply textarea").fill("Half a sent")
	page.locator(".ct-inbox-line", has_text="Bob").click()
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Bob Miller")
	expect(page.locator(".ct-reply textarea")).to_have_value("")
	# what was sent there and is stored only now does nothing to the one that is open
	asked = inbox.asked.count("thread")
	page.evaluate("Object.values(wrapper.inbox.pane.boxes)[0].on_stored()")
	page.locator(".ct-inbox-line", has_text="Bob").click()
	assert inbox.asked.count("thread") == asked
	page.locator(".ct-inbox-line", has_text="Sarah").click()
	expect(page.locator(".ct-reply textarea")).to_have_value("Half a sent")


def test_a_snoozed_one_is_gone_until_its_time(
	inbox: InboxPage, host: EmbeddedHost, two: tuple[str, str]
) -> None:
	page = inbox.open()
	page.locator(".ct-inbox-line", has_text="Sarah").click()
	page.get_by_label("Snooze").select_option(label="For a week")
	expect(page.locator(".ct-inbox-name")).to_have_text(["Bob Miller"])
	page.locator(".ct-inbox-tab", has_text="Snoozed").click()
	expect(page.locator(".ct-inbox-signs")).to_contain_text("Snoozed until")
	found = message_of(host.staff.get("inbox", tab="snoozed"))
	assert [line["title"] for line in found["threads"]] == ["Sarah Lee"]


def test_it_searches_by_number(inbox: InboxPage, two: tuple[str, str], phone: str) -> None:
	page = inbox.open("/all")
	page.keyboard.press("/")
	page.keyboard.type(phone[-7:])
	expect(page.locator(".ct-inbox-name")).to_have_text(["Sarah Lee"])


def test_it_searches_what_was_said_long_ago_and_goes_there(
	inbox: InboxPage, host: EmbeddedHost, two: tuple[str, str]
) -> None:
	sarah = two[0]
	host.sign_in(sarah).reply("<b>Porch</b> swing, in cedar")
	for number in range(45):
		host.staff.do("send", customer=sarah, text=f"line {number}", channel="portal", client_id=str(uuid4()))
	host.staff.do("note", customer=sarah, text="Allergic to walnut")
	page = inbox.open("/all")
	page.get_by_role("searchbox").fill("porch ced")
	expect(page.locator(".ct-inbox-words mark")).to_have_text("Porch")
	expect(page.locator(".ct-inbox-words")).to_have_text(["<b>Porch</b> swing, in cedar"])
	page.locator(".ct-inbox-line").click()
	expect(page.locator(".ct-conversation .is-found")).to_contain_text("<b>Porch</b> swing")
	expect(page.locator(".ct-conversation .is-found")).to_be_in_viewport()
	expect(page.locator(".ct-bubble", has_text="line 44")).to_have_count(0)
	expect(page.locator(".ct-bubble", has_text="walnut")).to_have_count(0)
	page.reload()
	expect(page.locator(".ct-conversation .is-found")).to_be_in_viewport()
	page.get_by_role("button", name="Latest messages").click()
	expect(page.locator(".ct-bubble", has_text="line 44")).to_be_in_viewport()
	page.get_by_role("searchbox").fill("walnut")
	expect(page.locator(".ct-inbox-words")).to_have_text(["Note: Allergic to walnut"])


def test_on_a_phone_it_is_the_list_or_the_thread(inbox: InboxPage, two: tuple[str, str]) -> None:
	# 375 without what the Desk leaves free at the sides
	inbox.page.set_viewport_size({"width": 330, "height": 720})
	page = inbox.open()
	expect(page.locator(".ct-inbox-pane")).to_be_hidden()
	page.locator(".ct-inbox-line").first.click()
	expect(page.locator(".ct-inbox-side")).to_be_hidden()
	expect(page.locator(".ct-bubble")).to_be_visible()
	assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
	for name in ("Assign", "Done"):
		box = page.get_by_role("button", name=name, exact=True).bounding_box()
		assert box
		assert box["x"] + box["width"] <= 330
		assert box["height"] >= 44
	page.get_by_role("button", name="Back", exact=True).click()
	expect(page.locator(".ct-inbox-side")).to_be_visible()


def test_everybody_can_use_it(inbox: InboxPage, two: tuple[str, str]) -> None:
	page = inbox.open()
	page.keyboard.press("j")
	expect(page.locator(".ct-bubble")).to_be_visible()
	# what the Desk gives its pages: colors, headings and landmarks
	rules = {"color-contrast", "landmark-one-main", "page-has-heading-one", "region", "heading-order"}
	found = Axe().run(page, options={"rules": {rule: {"enabled": False} for rule in rules}})
	assert found.violations_count == 0, found.generate_report()


def test_what_failed_stands_above_its_threads_and_is_dealt_with_there(
	inbox: InboxPage, host: EmbeddedHost
) -> None:
	phone = new_phone()
	customer = host.add_customer("Una Failed", phone=phone)
	host.twilio.undeliverable[phone] = 30034
	host.staff.do("send", customer=customer, text="Are you there?")
	wait_until(lambda: message_of(host.staff.get("failures"))["causes"])
	page = inbox.open("/failed")
	failures = page.locator(".ct-inbox-failures")
	expect(failures.locator("h3")).to_contain_text("30034")
	expect(page.locator(".ct-inbox-name")).to_have_text(["Una Failed"])
	host.staff.do("send", customer=customer, text="And now?")
	wait_until(lambda: message_of(host.staff.get("failures"))["causes"][0]["messages"] == 2)
	inbox.hear("customer_thread_list_changed")
	expect(failures.locator("h3")).to_contain_text("2 messages")
	failures.get_by_role("button", name="Una Failed", exact=True).first.click()
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Una Failed")
	for _each in range(2):
		failures.get_by_role("button", name="Dismiss: Una Failed").first.click()
	inbox.hear("customer_thread_list_changed")
	expect(page.locator(".ct-inbox-name")).to_have_count(0)
	expect(failures).to_contain_text("Everything arrived, or was dealt with.")
	page.locator(".ct-inbox-tab", has_text="All").click()
	expect(failures).to_be_empty()


def test_the_last_words_stay_in_sight_while_the_box_grows(
	inbox: InboxPage, host: EmbeddedHost, two: tuple[str, str]
) -> None:
	for number in range(12):
		host.sign_in(two[1]).reply(f"Line {number}\nand more\nand more")
	page = inbox.open()
	page.locator(".ct-inbox-line").first.click()
	last = page.locator(".ct-bubble").last
	expect(last).to_contain_text("Line 11")
	expect(last).to_be_in_viewport(ratio=1)
	page.locator(".ct-reply textarea").fill("\n".join("a long answer" for _line in range(9)))
	page.wait_for_function("document.querySelector('.ct-reply textarea').offsetHeight > 120")
	end = "e => Math.abs(e.scrollHeight - e.clientHeight - e.scrollTop) < 3"
	wait_until(lambda: page.locator(".ct-conversation").evaluate(end))


def test_what_is_nobodys_is_blocked_and_then_somebodys(inbox: InboxPage, host: EmbeddedHost) -> None:
	# a name that nobody else has: as many as have it are listed
	customer, phone = host.add_customer("Tess Tray"), new_phone()
	host.text(phone, "Cheap loans, this is Tess Tray")
	waiting = host.staff.unmatched(phone)
	assert waiting
	page = inbox.open(f"/unmatched/{waiting['thread']}")
	tray = page.get_by_role("region", name="Whose is it?")
	expect(tray).to_contain_text("the same name: Tess Tray")
	# all of it is in sight, where there is room
	assert tray.evaluate(
		"e => e.scrollHeight <= e.clientHeight && e.parentElement.clientHeight <= e.offsetHeight"
	)
	results = Axe().run(page, ".ct-tray")
	assert results.violations_count == 0, results.generate_report()

	tray.get_by_role("button", name="Block…").press("Enter")
	expect(page.locator(".ct-inbox-tab", has_text="Blocked")).to_contain_text("1")
	page.locator(".ct-inbox-tab", has_text="Blocked").click()
	page.locator(".ct-inbox-line").click()
	expect(tray).to_contain_text("nobody is told of what comes from there")
	tray.get_by_role("button", name="Unblock").press("Enter")
	expect(page.locator(".ct-inbox-tab", has_text="Blocked")).not_to_contain_text("1")

	page.get_by_role("textbox", name="Write to the customer").fill("We do no loans")
	page.evaluate("name => { window.prompted = { customer: name }; }", customer)
	tray.get_by_role("button", name="Another customer…").press("Enter")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Tess Tray")
	expect(page.locator(".ct-bubble.is-own", has_text="Cheap loans")).to_be_visible()
	# what was begun there goes along
	expect(page.get_by_role("textbox", name="Write to the customer")).to_have_value("We do no loans")
	expect(page.locator(".ct-tray")).to_have_count(0)


@pytest.mark.embedded("in a site people are users")
def test_it_says_whose_turn_it_is_and_means_somebody_by_name_in_a_note(
	inbox: InboxPage, host: EmbeddedHost, two: tuple[str, str]
) -> None:
	host.set(team=f"Ann Lee={new_phone()}, Bea={new_phone()}")
	page, (_sarah, bob) = inbox.open(), two
	page.keyboard.press("j")
	expect(page.locator(".ct-inbox-title h3")).to_have_text("Bob Miller")
	page.keyboard.press("a")
	expect(page.locator(".ct-turn button")).to_have_text(["Everybody's", "Ann Lee", "Bea"])
	page.locator(".ct-turn button", has_text="Ann Lee").click()
	expect(page.locator(".ct-inbox-tools")).to_contain_text("Ann Lee")
	# those of each of the team alone
	page.get_by_label("Whose turn").select_option("Ann Lee")
	expect(page.locator(".ct-inbox-name")).to_have_text(["Bob Miller"])
	page.get_by_label("Whose turn").select_option("Bea")
	expect(page.locator(".ct-inbox-name")).to_have_count(0)
	page.get_by_label("Whose turn").select_option("Everybody's")
	page.get_by_label("Whose turn").blur()
	page.keyboard.press("n")
	page.keyboard.type("Ask @le")
	expect(page.locator(".ct-saved:visible [role=option]")).to_have_text(["Ann Lee"])
	page.keyboard.press("Enter")
	page.keyboard.type("about the gate")
	page.keyboard.press("Control+Enter")
	expect(page.locator(".ct-bubble.is-note")).to_contain_text("Ask @Ann Lee about the gate")
	assert "Ann" not in str(host.sign_in(bob).timeline())
	host.set(team="")
