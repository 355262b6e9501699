"""A page whose host has a socket is told of news, asks seldom while it holds, and polls whenever it does not."""

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect
from support.chromium import GONE, REFUSED, Portal
from support.host import EmbeddedHost
from support.people import Staff
from support.waiting import wait_until

pytestmark = pytest.mark.browser

SCRIPT = "/assets/socket.js"
#: stands in for the socket.io client that a Frappe site serves
CLIENT = """export const io = (url, options) => {
	const heard = {};
	const socket = {
		io: { reconnectionAttempts: (tries) => (window.tries = tries) },
		on: (event, act) => (heard[event] = act),
		off: () => Object.keys(heard).forEach((event) => delete heard[event]),
		close: () => (window.isClosed = true),
	};
	Object.assign(window, { url, tries: options.reconnectionAttempts, say: (event, ...more) => heard[event]?.(...more) });
	return socket;
}"""
Write = Callable[[str], None]


@pytest.fixture
def write(staff: Staff, customer: str) -> Write:
	"""Return a function by which the contractor writes into the thread."""

	def send(text: str) -> None:
		staff.do("send", customer=customer, text=text, channel="portal", client_id=str(uuid.uuid4()))

	return send


def with_socket(route: Route) -> None:
	"""Answer with the page as a host with a socket renders it."""
	answer = route.fetch()
	told = f'data-live="{SCRIPT}" data-site="a.site" data-api='
	route.fulfill(response=answer, body=answer.text().replace("data-api=", told))


@pytest.fixture
def live(portal: Portal, write: Write) -> Portal:
	"""Return Sarah's page, at a socket that has not connected yet; time passes only when it is told to."""
	write("the first")
	portal.stop_clock()
	portal.page.route("**/messages", with_socket)
	portal.page.route(f"**{SCRIPT}", lambda route: route.fulfill(body=CLIENT, content_type="text/javascript"))
	portal.open()
	portal.page.clock.run_for(600)
	wait_until(lambda: portal.page.evaluate("Boolean(window.say)"))
	return portal


def polls(portal: Portal) -> int:
	"""Return how often the page has asked for news."""
	portal.page.evaluate("1")  # lets the browser's own word of its requests in
	return sum("timeline?" in request.url and "after=" in request.url for request in portal.requests)


def connect(portal: Portal) -> None:
	"""Let the socket connect; the page asks once for what it may have missed."""
	before = polls(portal)
	portal.page.evaluate("say('connect')")
	wait_until(lambda: polls(portal) == before + 1)
	portal.rest()


def test_it_listens_at_the_sites_own_namespace(live: Portal) -> None:
	assert live.page.evaluate("url") == f"{live.base}/a.site"
	assert live.page.evaluate("tries") == 3
	connect(live)
	assert live.page.evaluate("window.tries === Infinity")


def test_it_shows_news_at_once_and_asks_seldom_while_the_socket_holds(live: Portal, write: Write) -> None:
	connect(live)
	asked = polls(live)
	write("told by the socket")
	live.page.clock.run_for(40_000)
	assert polls(live) == asked

	# the page asks at once, and once more for all that it hears in the moment after
	live.page.evaluate("for (let event = 0; event < 5; event += 1) say('customer_thread_changed', {})")

	expect(live.row("told by the socket")).to_be_visible()
	assert polls(live) == asked + 1
	live.rest()
	live.page.clock.run_for(400)

	def has_asked_again() -> bool:
		# what came while it was still busy with the first is asked by a timer of its own
		live.page.clock.run_for(10)
		return polls(live) == asked + 2

	wait_until(has_asked_again)
	live.rest()
	live.page.clock.run_for(20_000)
	assert polls(live) == asked + 2


def test_it_finds_what_the_socket_did_not_tell(live: Portal, write: Write) -> None:
	connect(live)
	write("nobody said so")
	live.page.clock.run_for(61_000)
	expect(live.row("nobody said so")).to_be_visible()


def test_it_polls_as_ever_once_the_socket_is_gone(live: Portal, write: Write) -> None:
	connect(live)
	asked = polls(live)
	live.page.evaluate("say('disconnect')")
	wait_until(lambda: polls(live) == asked + 1)
	live.rest()
	write("by polling again")
	live.page.clock.run_for(4_100)
	expect(live.row("by polling again")).to_be_visible()


def test_it_asks_again_for_news_that_came_while_it_asked(live: Portal, write: Write) -> None:
	connect(live)
	held: list[Route] = []
	live.page.route("**/*after=*", lambda route: held.append(route), times=1)
	live.page.evaluate("say('customer_thread_changed', {})")
	wait_until(lambda: live.page.evaluate("1") and held)
	answer = held[0].fetch()
	write("after the answer was made")
	live.page.evaluate("say('customer_thread_changed', {})")
	live.page.clock.run_for(1_100)
	held[0].fulfill(response=answer)

	def is_shown() -> bool:
		live.page.clock.run_for(10)
		return live.row("after the answer was made").count() == 1

	wait_until(is_shown)


def test_it_soon_tries_again_where_it_was_told_and_got_no_answer(live: Portal, write: Write) -> None:
	live.expect_in_console(GONE)
	connect(live)
	write("on the second try")
	live.page.route("**/*after=*", lambda route: route.abort(), times=1)
	live.page.evaluate("say('customer_thread_changed', {})")
	wait_until(lambda: live.page.evaluate("1") and len(live.problems) == 1)
	live.page.clock.run_for(4_100)
	expect(live.row("on the second try")).to_be_visible()


def test_it_leaves_the_socket_when_she_is_signed_out(live: Portal) -> None:
	live.expect_in_console(REFUSED)
	connect(live)
	live.context.clear_cookies()
	live.page.evaluate("say('customer_thread_changed', {})")
	expect(live.trouble).to_contain_text("You have been signed out.")
	assert live.page.evaluate("isClosed")


def test_it_polls_where_the_script_is_missing(portal: Portal, write: Write) -> None:
	portal.expect_in_console(REFUSED)
	portal.stop_clock()
	portal.page.route("**/messages", with_socket)
	portal.open()
	with portal.page.expect_response(f"**{SCRIPT}") as missing:
		portal.page.clock.run_for(600)
	assert missing.value.status == 404
	write("all the same")
	portal.page.clock.run_for(4_100)
	expect(portal.row("all the same")).to_be_visible()
	expect(portal.trouble).to_be_hidden()


def test_it_asks_for_no_socket_where_the_host_has_none(portal: Portal, host: EmbeddedHost) -> None:
	portal.stop_clock()
	portal.open()
	portal.page.clock.run_for(61_000)
	wait_until(lambda: portal.page.evaluate("1") and polls(portal))
	assert not [request for request in portal.requests if "live.js" in request.url]
