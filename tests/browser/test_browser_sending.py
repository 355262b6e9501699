"""Replies: on the screen at once, stored once, never lost."""

import re

import pytest
from playwright.sync_api import APIResponse, Error, Route, expect
from support.chromium import GONE, REFUSED, TOUCH, OpenPortal, Portal, posted
from support.host import MOBILE, EmbeddedHost
from support.people import Browser
from support.waiting import stays, wait_until

pytestmark = pytest.mark.browser

REPLY = "**/*portal.reply"
TIMELINE = "**/*portal.timeline?*"
#: what the page asks for to show the end of the thread
NEWEST = re.compile(r"portal\.timeline\?limit=\d+&as=html$")
#: what it asks for to learn of news
NEWS = re.compile(r"portal\.timeline\?.*after=")
#: every state the row of these words goes through, and how often the words were on the screen at once
WATCH = """(text) => {
	window.states = [];
	window.most = 0;
	const look = () => {
		const rows = [...timeline.querySelectorAll(".row")].filter((row) => row.innerText.includes(text));
		window.most = Math.max(window.most, rows.length);
		const state = rows[0]?.querySelector(".state")?.textContent ?? "";
		if (window.states.at(-1) !== state) window.states.push(state);
	};
	new MutationObserver(look).observe(timeline, { subtree: true, childList: true, attributes: true, characterData: true });
}"""


@pytest.fixture
def reader(host: EmbeddedHost, customer: str) -> Browser:
	"""Return another device of Sarah's, to see what the server has."""
	return host.sign_in(customer)


def test_it_shows_a_reply_at_once_and_then_how_it_stands(host: EmbeddedHost, portal: Portal) -> None:
	portal.open()
	held: list[Route] = []
	portal.page.route(REPLY, lambda route: held.append(route))
	portal.page.evaluate(WATCH, "What time works?")
	host.twilio.callback_delay = 1.5
	try:
		portal.send("What time works?")

		expect(portal.waiting("What time works?")).to_be_in_viewport()
		expect(portal.waiting().locator(".state")).to_have_text("Sending…")
		expect(portal.reply).to_have_value("")
		assert portal.row("What time works?").count() == 0
		assert portal.focused() == "text"

		portal.look_until(lambda: bool(held))
		held[0].continue_()
		state = portal.row("What time works?").locator(".state")
		portal.look_until(lambda: state.all_inner_texts() == ["Sent"])
		expect(state).to_have_text("Delivered")
	finally:
		host.twilio.callback_delay = 0.01
	assert portal.waiting().count() == 0
	states = portal.page.evaluate("states")
	assert states[states[0] == "" :] == ["Sending…", "Sent", "Delivered"]
	assert portal.page.evaluate("most") == 1
	assert portal.kept() == {}


def test_an_answer_that_is_older_than_the_reply_does_not_take_it_off_the_screen(portal: Portal) -> None:
	portal.open()
	late: list[tuple[Route, APIResponse]] = []

	def hold(route: Route) -> None:
		late.append((route, route.fetch()))

	replies: list[Route] = []
	portal.page.route(NEWEST, hold, times=1)
	portal.page.route(REPLY, lambda route: replies.append(route))
	portal.page.evaluate(WATCH, "What time works?")
	portal.send("What time works?")
	portal.look_until(lambda: bool(late) and bool(replies))
	replies[0].continue_()
	portal.look_until(lambda: portal.row("What time works?").count() == 1)
	asked: list[str] = []
	portal.page.on("response", lambda response: asked.append(response.url))
	route, response = late[0]
	assert "What time works?" not in response.text()
	route.fulfill(response=response)
	portal.look_until(lambda: any("portal.timeline" in url for url in asked))

	expect(portal.row("What time works?").locator(".state")).to_have_text("Delivered")
	states = portal.page.evaluate("states")
	assert "" not in states[1:]
	assert portal.page.evaluate("most") == 1


def test_a_page_that_holds_the_reply_takes_the_place_of_what_waits(portal: Portal) -> None:
	portal.open()
	late: list[Route] = []
	replies: list[Route] = []
	portal.page.route(NEWEST, lambda route: late.append(route))
	portal.page.route(NEWS, lambda route: late.append(route))
	portal.page.route(REPLY, lambda route: replies.append(route))
	portal.page.evaluate(WATCH, "What time works?")
	portal.send("What time works?")
	portal.look_until(lambda: any(NEWEST.search(route.request.url) for route in late) and bool(replies))
	answer = replies[0].fetch()
	portal.page.unroute(NEWEST)
	next(route for route in late if NEWEST.search(route.request.url)).continue_()

	expect(portal.row("What time works?")).to_have_count(1)
	assert portal.waiting().count() == 0
	assert portal.page.evaluate("most") == 1
	replies[0].fulfill(response=answer)


def test_the_answer_to_a_reply_that_comes_late_does_not_put_its_state_back(portal: Portal) -> None:
	portal.open()
	late: list[tuple[Route, APIResponse]] = []

	def hold(route: Route) -> None:
		late.append((route, route.fetch()))

	portal.page.route(REPLY, hold, times=1)
	portal.page.evaluate(WATCH, "What time works?")
	portal.send("What time works?")
	state = portal.row("What time works?").locator(".state")
	portal.look_until(lambda: state.all_inner_texts() == ["Delivered"])
	route, response = late[0]
	with portal.page.expect_response(REPLY):
		route.fulfill(response=response)
	portal.send("Or tomorrow?")
	expect(portal.row("Or tomorrow?")).to_have_count(1)

	assert state.all_inner_texts() == ["Delivered"]
	assert portal.page.evaluate("most") == 1


def test_it_keeps_the_order_of_two_quick_replies(portal: Portal, reader: Browser) -> None:
	portal.open()
	for number in range(5):
		portal.reply.fill(f"quick {number}")
		portal.reply.press("Enter")

	expected = [f"quick {number}" for number in range(5)]
	wait_until(lambda: reader.texts() == expected)
	expect(portal.page.locator("#pending > .row")).to_have_count(0)
	assert portal.texts() == expected


def test_it_says_what_was_not_sent_and_sends_it_again_as_the_same(
	host: EmbeddedHost, portal: Portal, reader: Browser
) -> None:
	portal.expect_in_console(GONE)
	portal.open()
	portal.page.route(REPLY, lambda route: route.abort())
	with posted(portal) as bodies:
		portal.send("Is Friday fine?")
		row = portal.waiting("Is Friday fine?")
		expect(row.locator(".state")).to_have_text("Waiting to be sent…")
		expect(portal.reply).to_have_value("")
		assert reader.entries() == []

		portal.page.unroute(REPLY)
		row.get_by_role("button", name="Retry").click()
		expect(portal.row("Is Friday fine?")).to_have_count(1)

	expect(portal.waiting()).to_have_count(0)
	[entry] = reader.entries()
	assert len(bodies) >= 2
	assert {body["client_id"] for body in bodies} == {entry["client_id"]}
	assert len(wait_until(lambda: host.texts_to(MOBILE, "Is Friday fine?"))) == 1


def test_it_stores_one_entry_when_the_answer_was_lost(
	host: EmbeddedHost, portal: Portal, reader: Browser
) -> None:
	portal.expect_in_console(GONE)
	portal.open()

	def lose(route: Route) -> None:
		assert route.fetch().status == 200
		route.abort()

	portal.page.route(REPLY, lose, times=1)
	# or it is seen to be there before it can be tried again
	portal.page.route(TIMELINE, lambda _route: None)
	with posted(portal) as bodies:
		portal.send("Did this arrive?")
		retry = portal.waiting("Did this arrive?").get_by_role("button", name="Retry")
		retry.click()
		# what waited goes on
		portal.page.unroute(TIMELINE)
		expect(portal.row("Did this arrive?")).to_have_count(1)

	assert [body["client_id"] for body in bodies] == [bodies[0]["client_id"]] * 2
	assert reader.texts() == ["Did this arrive?"]
	wait_until(lambda: host.texts_to(MOBILE, "Did this arrive?"))
	assert stays(lambda: len(host.texts_to(MOBILE, "Did this arrive?")) == 1)


def test_it_takes_a_reply_from_the_outbox_that_a_poll_shows_as_stored(portal: Portal) -> None:
	portal.expect_in_console(GONE)
	portal.open()
	lost: list[int] = []

	def lose(route: Route) -> None:
		lost.append(route.fetch().status)
		route.abort()

	portal.page.route(REPLY, lose)
	portal.page.evaluate(WATCH, "Stored, but the answer never came")
	portal.send("Stored, but the answer never came")
	portal.look_until(lambda: bool(lost))

	expect(portal.row("Stored, but the answer never came")).to_have_count(1)
	expect(portal.waiting()).to_have_count(0)
	assert lost == [200]
	assert portal.page.evaluate("most") == 1
	assert portal.kept() == {}


def test_it_says_why_a_reply_was_refused_and_keeps_it(portal: Portal, reader: Browser) -> None:
	portal.expect_in_console(REFUSED)
	portal.open()

	portal.send("ä" * 20_001)

	row = portal.waiting()
	expect(row.locator(".reason")).to_have_text(re.compile("too long: at most 20,000 characters"))
	expect(row.get_by_role("button", name="Retry")).to_be_visible()
	with posted(portal) as bodies, portal.page.expect_response("**/*portal.timeline*"):
		portal.look()
	# what cannot succeed waits for the reader, and holds nothing up
	assert bodies == []
	portal.send("shorter")
	expect(portal.row("shorter")).to_have_count(1)
	assert reader.texts() == ["shorter"]
	assert row.count() == 1


def test_it_keeps_words_over_a_reload_while_the_server_is_down_and_sends_them_once(
	own_host: EmbeddedHost, open_portal: OpenPortal
) -> None:
	sarah = own_host.add_customer("Sarah Lee")
	portal = open_portal(own_host, sarah)
	portal.expect_in_console(GONE)
	portal.open()
	port = int(own_host.url.rpartition(":")[2])
	own_host.kill()

	portal.send("Sent into the void")
	expect(portal.waiting("Sent into the void").locator(".state")).to_have_text("Waiting to be sent…")
	portal.reply.fill("and half a thought")
	with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
		portal.page.reload()
	# the browser's own page about that comes a moment later, and would break in on the next
	portal.page.wait_for_url("chrome-error://chromewebdata/")

	own_host.start(port)
	portal.open()
	expect(portal.row("Sent into the void")).to_have_count(1)
	expect(portal.waiting()).to_have_count(0)
	expect(portal.reply).to_have_value("and half a thought")
	portal.open()
	expect(portal.row("Sent into the void")).to_have_count(1)
	assert own_host.sign_in(sarah).texts() == ["Sent into the void"]
	assert not [name for name in portal.kept() if ":out:" in name]


def test_it_sends_by_itself_when_the_server_is_back(own_host: EmbeddedHost, open_portal: OpenPortal) -> None:
	sarah = own_host.add_customer("Sarah Lee")
	portal = open_portal(own_host, sarah)
	portal.expect_in_console(GONE)
	portal.open()
	port = int(own_host.url.rpartition(":")[2])
	own_host.kill()
	portal.send("first")
	portal.send("second")
	expect(portal.waiting().locator(".state")).to_have_text(["Waiting to be sent…"] * 2)
	with portal.page.expect_event("requestfailed", lambda request: "portal.timeline" in request.url):
		portal.look()

	own_host.start(port)

	# nobody presses Retry: a poll that succeeds is enough
	portal.look_until(lambda: portal.waiting().count() == 0)
	assert portal.texts() == ["first", "second"]
	assert own_host.sign_in(sarah).texts() == ["first", "second"]
	expect(portal.trouble).to_be_hidden()


def test_it_sends_on_enter_where_there_is_a_keyboard(portal: Portal) -> None:
	portal.open()
	portal.reply.press_sequentially("one line")
	portal.reply.press("Shift+Enter")
	portal.reply.press_sequentially("and another")
	expect(portal.reply).to_have_value("one line\nand another")

	portal.reply.press("Enter")

	expect(portal.row("and another").locator(".text")).to_have_text("one line\nand another")
	expect(portal.reply).to_have_value("")
	assert portal.focused() == "text"


def test_it_makes_a_new_line_on_a_phone(open_portal: OpenPortal, host: EmbeddedHost, customer: str) -> None:
	portal = open_portal(host, customer, **TOUCH)
	portal.open()
	before = portal.reply.bounding_box()
	with posted(portal) as bodies:
		portal.reply.tap()
		portal.page.keyboard.type("one line")
		portal.page.keyboard.press("Enter")
		portal.page.keyboard.type("and another")
		expect(portal.reply).to_have_value("one line\nand another")
		grown = portal.reply.bounding_box()
		assert before
		assert grown
		assert grown["height"] > before["height"] + 16
		assert bodies == []

		portal.page.get_by_role("button", name="Send", exact=True).tap()
		expect(portal.row("and another")).to_have_count(1)
	assert [body["text"] for body in bodies] == ["one line\nand another"]


def test_it_sends_nothing_for_blanks(portal: Portal) -> None:
	portal.open()
	with posted(portal) as bodies:
		portal.reply.fill("   ")
		portal.reply.press("Enter")
		portal.send("then words")
		expect(portal.row("then words")).to_have_count(1)
	assert [body["text"] for body in bodies] == ["then words"]
