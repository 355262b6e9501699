"""A thread of 20,000 entries, read while new ones and late ones come in."""

import threading
import time
from typing import Any

import pytest
from support.host import EmbeddedHost
from support.people import Browser

COUNT = 20_000
FIRST_US = 1_600_000_000_000_000
STEP_US = 1_000_000


@pytest.fixture(scope="module")
def long(host: EmbeddedHost) -> Browser:
	"""Return a customer with 20,000 entries."""
	customer = host.add_customer("Sarah Lee")
	host.fill(customer, COUNT, FIRST_US, STEP_US)
	return host.sign_in(customer)


class Posting(threading.Thread):
	"""Posts new entries, and late ones at random old places, until it is told to stop."""

	def __init__(self, host: EmbeddedHost, browser: Browser) -> None:
		super().__init__()
		self.host, self.browser = host, browser
		self.ended = threading.Event()
		self.posted: set[int] = set()

	def run(self) -> None:
		for number in range(100_000):
			if self.ended.is_set():
				return
			second = 1_600_000_000 + number * 7919 % 10_000
			at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
			late = self.host.staff.do(
				"record_event",
				customer=self.browser.customer,
				event_type="late",
				title=f"late {number}",
				at=at,
			)
			new = self.host.staff.do(
				"record_event", customer=self.browser.customer, event_type="new", title=f"new {number}"
			)
			self.posted |= {late["id"], new["id"]}


def test_it_pages_through_20000_entries_while_more_arrive(host: EmbeddedHost, long: Browser) -> None:
	posting = Posting(host, long)
	posting.start()
	pages = []
	try:
		page = long.timeline(limit=100)
		pages.append(page["entries"])
		while page["before"]:
			page = long.timeline(limit=100, before=page["before"])
			pages.append(page["entries"])
	finally:
		posting.ended.set()
		posting.join()

	seen = [entry for entries in reversed(pages) for entry in entries]
	numbers = [entry["id"] for entry in seen]
	assert len(numbers) == len(set(numbers)), "an entry came twice"
	old = [entry["text"] for entry in seen if entry["kind"] == "message"]
	assert old == [f"line {number} of the deck" for number in range(COUNT)], "an entry is missing"
	assert len(posting.posted) >= 10
	assert seen == sorted(seen, key=lambda entry: (entry["at"], entry["id"]))
	assert all(len(entries) == 100 for entries in pages[:-1])


def test_it_gives_what_became_known_meanwhile_once(host: EmbeddedHost, long: Browser) -> None:
	last = long.timeline(limit=1)["last"]
	posting = Posting(host, long)
	posting.start()
	seen: list[int] = []
	deadline = time.monotonic() + 120
	while len(posting.posted) < 200 and time.monotonic() < deadline:
		page = long.timeline(after=last, limit=100)
		seen += [entry["id"] for entry in page["entries"]]
		last = page["last"]
	posting.ended.set()
	posting.join()
	page = long.timeline(after=last, limit=100)
	seen += [entry["id"] for entry in page["entries"]]

	assert len(posting.posted) >= 200
	assert sorted(seen) == sorted(posting.posted)


def test_it_finds_a_rare_word_and_jumps_there(long: Browser) -> None:
	def hit(page: dict[str, Any]) -> dict[str, Any] | None:
		return next((one for one in page["entries"] if one["text"] == "line 1234 of the deck"), None)

	page = long.timeline(q="line 1234 deck")
	# a search that takes long says where to go on
	while not hit(page) and page["before"]:
		page = long.timeline(q="line 1234 deck", before=page["before"])
	found = hit(page)
	assert found

	page = long.timeline(around=found["id"], limit=11)
	lines = [entry["text"] for entry in page["entries"] if entry["kind"] == "message"]
	assert found["text"] in lines
	assert page["before"]
	assert page["newer"]


def test_it_walks_forward_from_the_very_first(long: Browser) -> None:
	[first] = long.entries(newer="0.0", limit=1)
	page = long.timeline(around=first["id"], limit=100)
	assert page["before"] is None
	assert page["entries"][0]["text"] == "line 0 of the deck"
	for _ in range(5):
		before = page["entries"][-1]
		page = long.timeline(newer=page["newer"], limit=100)
		assert (page["entries"][0]["at"], page["entries"][0]["id"]) > (before["at"], before["id"])
		assert len(page["entries"]) == 100


def test_it_opens_the_page_of_a_long_thread_at_the_end(long: Browser) -> None:
	page = long.open().text

	assert page.count('<li id="') <= 100
	# 13,000 of the contractor's are unread: it opens at the first of them
	assert "line 1 of the deck" in page
