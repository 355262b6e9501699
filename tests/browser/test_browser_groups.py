"""Bubbles said in one go lie close together, however they came onto the page."""

import uuid
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect
from support.chromium import TOUCH, OpenPortal, Portal
from support.clocked_host import ClockedHost, local
from support.host import EmbeddedHost, new_phone
from support.people import Staff

pytestmark = pytest.mark.browser

#: a group of three short texts takes no more, in pixels
THREE = 130
#: of each entry: its words, which of its name, line and channel are seen, and whether its corner is small
LOOK = """() => [...document.querySelectorAll("#entries > .row")].map((row) => {
	const seen = [".who", ".meta", ".channel"].filter((part) => row.querySelector(part)?.getClientRects().length);
	const bubble = row.querySelector(".bubble"), style = bubble && getComputedStyle(bubble);
	const corner = row.matches(".customer") ? style?.borderEndEndRadius : style?.borderEndStartRadius;
	return [row.querySelector(".said").innerText, seen.join(" "), corner === "4px"];
})"""
#: of each bubble, where it begins and ends
BOXES = """() => [...document.querySelectorAll("#entries .bubble")].map((bubble) => {
	const { top, bottom } = bubble.getBoundingClientRect();
	return [top, bottom];
})"""
ALL = ".who .meta .channel"


def look(portal: Portal) -> list[tuple[str, str, bool]]:
	"""Return how each entry is shown, from top to bottom."""
	return [(words, seen, is_last) for words, seen, is_last in portal.page.evaluate(LOOK)]


@pytest.fixture(scope="module")
def clocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedHost]:
	"""Return a host on which a test says what time it is."""
	host = ClockedHost(tmp_path_factory.mktemp("clocked") / "data")
	host.start()
	host.set_up()
	yield host
	host.close()


class Talk:
	"""A conversation of Sarah's, each line said at a time of one day."""

	def __init__(self, host: ClockedHost) -> None:
		self.host = host
		self.phone = new_phone()
		self.customer = host.add_customer("Sarah Lee", phone=self.phone)

	def at(self, clock: str) -> None:
		"""Let it be this time."""
		self.host.set_clock(local("America/New_York", f"2025-05-15 {clock}"))

	def mike(self, clock: str, words: str, channel: str = "sms", **options: object) -> None:
		"""Let Mike write."""
		self.at(clock)
		sent = {"customer": self.customer, "text": words, "channel": channel, "client_id": str(uuid.uuid4())}
		self.host.staff.do("send", **sent, **options)

	def sarah(self, clock: str, words: str) -> None:
		"""Let Sarah text."""
		self.at(clock)
		self.host.text(self.phone, words)

	def card(self, clock: str, title: str) -> None:
		"""Let something have happened at this time, of which the host hears only now."""
		at = f"2025-05-15T{int(clock[:2]) + 4}:{clock[3:]}:00Z"
		event = {"customer": self.customer, "event_type": "note", "title": title, "at": at}
		self.host.staff.do("record_event", **event)


@pytest.fixture
def talk(clocked: ClockedHost) -> Talk:
	return Talk(clocked)


def test_a_group_has_one_name_one_line_and_one_small_corner(talk: Talk, open_portal: OpenPortal) -> None:
	talk.mike("09:00", "Morning Sarah!")
	talk.mike("09:04", "Crew is loading up")
	talk.mike("09:08", "There in 20")
	talk.mike("09:14", "Traffic")
	talk.mike("09:15", "The estimate", "portal")
	talk.mike("09:16", "Your visit is today", "portal", automated=True)
	talk.sarah("09:17", "Great")
	talk.sarah("09:18", "gate code is 4411")
	portal = open_portal(talk.host, talk.customer)
	portal.open()

	assert look(portal) == [
		("Morning Sarah!", ".who", False),
		("Crew is loading up", "", False),
		("There in 20", ".meta .channel", True),
		("Traffic", ".who .meta", True),
		("The estimate", ALL, True),
		("Your visit is today", ".who .meta", True),
		("Great", "", False),
		("gate code is 4411", ".meta", True),
	]
	boxes = portal.page.evaluate(BOXES)
	gaps = [round(after[0] - before[1]) for before, after in pairwise(boxes)]
	assert [gaps[0], gaps[1], gaps[6]] == [2, 2, 2]
	assert min(gaps[2:6]) > 8


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize("size", [TOUCH, {}], ids=["phone", "desktop"])
def test_three_short_texts_take_little_room(
	talk: Talk, open_portal: OpenPortal, size: dict[str, Any], script: bool
) -> None:
	for minute in range(3):
		talk.mike(f"09:0{minute}", f"short {minute}")
	for minute in range(3, 6):
		talk.sarah(f"09:0{minute}", f"short {minute}")
	portal = open_portal(talk.host, talk.customer, java_script_enabled=script, **size)
	portal.page.goto(f"{talk.host.url}/messages")
	expect(portal.page.locator("#entries > .row")).to_have_count(6)

	for first in (0, 3):
		rows = [portal.page.locator("#entries > .row").nth(first + place).bounding_box() for place in (0, 2)]
		assert rows[0]
		assert rows[1]
		assert 60 < rows[1]["y"] + rows[1]["height"] - rows[0]["y"] <= THREE


def write_all(talk: Talk, act: Callable[[], None]) -> None:
	"""Write a morning; `act` comes in the middle of it."""
	talk.mike("09:00", "one")
	talk.mike("09:02", "two")
	talk.mike("09:04", "three")
	act()
	talk.mike("09:06", "four")
	talk.sarah("09:07", "five")
	talk.card("09:03", "came late")
	talk.mike("09:08", "six")
	talk.mike("09:09", "seven", "portal")
	talk.mike("09:10", "eight", "portal")


def test_what_comes_in_is_shown_as_the_server_shows_it(talk: Talk, open_portal: OpenPortal) -> None:
	live = open_portal(talk.host, talk.customer)

	def watch() -> None:
		live.open()
		expect(live.row("three")).to_have_count(1)

	write_all(talk, watch)
	live.look_until(lambda: live.row("eight").count() == 1)
	# what is new for her stands under a line, which nobody without a script has read away
	expect(live.page.locator("#entries > .row")).to_have_count(9)
	reader = talk.host.sign_in(talk.customer)
	reader.mark_read(reader.timeline()["last"])
	plain = open_portal(talk.host, talk.customer, java_script_enabled=False)
	plain.page.goto(f"{talk.host.url}/messages")
	fresh = open_portal(talk.host, talk.customer)
	fresh.open()

	assert look(plain) == look(fresh)
	assert [words for words, *_rest in look(plain)] == [
		*("one", "two", "came late", "three", "four", "five", "six", "seven", "eight")
	]
	live.page.evaluate("document.querySelector('.new-line')?.remove()")
	talk.mike("09:11", "nine", "portal")
	live.look_until(lambda: live.row("nine").count() == 1)
	assert look(live)[:-2] == look(plain)[:-1]
	assert look(live)[-2:] == [("eight", "", False), ("nine", ".meta .channel", True)]


def test_older_entries_join_the_groups_that_are_there(
	open_portal: OpenPortal, host: EmbeddedHost, staff: Staff
) -> None:
	customer = host.add_customer("Sarah Lee")
	# a minute apart, two of three by Mike
	host.fill(customer, 150, 1_600_000_000_000_000, 60_000_000)
	reader = host.sign_in(customer)
	reader.mark_read(reader.timeline()["last"])
	portal = open_portal(host, customer)
	page = portal.open()
	first = page.locator("#entries > .row").first.get_attribute("id")
	while page.locator("#earlier").is_visible():
		portal.scroll_to(0)

	expect(page.locator("#entries > .row")).to_have_count(150)
	whole = look(portal)
	assert page.locator("#entries > .row").first.get_attribute("id") != first
	assert sum(".who" in seen for _words, seen, _last in whole) > 20
	# the same as a page that comes from the server where the windows met
	around = open_portal(host, customer, java_script_enabled=False)
	around.page.goto(f"{host.url}/messages?around={first}")
	inner = look(around)[5:-5]
	start = [words for words, *_rest in whole].index(inner[0][0])
	assert whole[start : start + len(inner)] == inner
