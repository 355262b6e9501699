"""The timeline as docs/http.md has it."""

import re
import uuid
from typing import Any

import pytest
from support.host import BUSINESS, EmbeddedHost
from support.people import Browser, Staff, message_of
from support.shapes import check_entry, check_page
from support.site import IN_SITE
from support.waiting import wait_until


def event(staff: Staff, customer: str, title: str, at: str = "", **more: object) -> dict[str, Any]:
	"""Write a card at a time of its own."""
	facts = {"event_type": "note", "title": title, "at": at, **more}
	entry: dict[str, Any] = staff.do("record_event", customer=customer, **facts)
	return entry


@pytest.fixture
def dated(host: EmbeddedHost, staff: Staff) -> tuple[Browser, list[int]]:
	"""Return a customer with seven cards on seven days, and their ids by day."""
	browser = host.sign_in(host.add_customer("Sarah Lee"))
	made = {
		day: event(staff, browser.customer, f"card {day}", f"2026-05-{day:02}T12:00:00Z")["id"]
		for day in (4, 2, 7, 1, 6, 3, 5)
	}
	return browser, [made[day] for day in range(1, 8)]


def ids(page: dict[str, Any]) -> list[int]:
	return [entry["id"] for entry in page["entries"]]


def test_it_shows_an_empty_thread(host: EmbeddedHost) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", project="Deck Replacement Project · Active"))

	page = browser.timeline()

	check_page(page)
	assert page == {
		"thread": {
			"title": BUSINESS,
			"project": "Deck Replacement Project · Active",
			"contractor": {"name": BUSINESS, "initials": "MC", "logo": None, "phone": "(555) 000-3000"},
			"customer": {"name": "Sarah Lee", "initials": "SL"},
		},
		"entries": [],
		"before": None,
		"last": None,
		"unread": 0,
		"revision": page["revision"],
	}


def test_it_shows_a_message_of_the_customer(sarah: Browser) -> None:
	client_id = str(uuid.uuid4())
	sarah.reply("What time works for you?", client_id)

	page = sarah.timeline()

	check_page(page)
	[entry] = page["entries"]
	assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", entry["at"])
	assert {key: entry[key] for key in ("kind", "author", "label", "channel", "text", "client_id")} == {
		"kind": "message",
		"author": "customer",
		"label": "Sarah Lee",
		"channel": "portal",
		"text": "What time works for you?",
		"client_id": client_id,
	}
	assert page["last"] == entry["id"]


def test_it_shows_every_kind_of_entry_and_no_key_more(
	host: EmbeddedHost, sarah: Browser, staff: Staff, phone: str
) -> None:
	host.text(phone, "texted")
	staff.do("send", customer=sarah.customer, text="personal", client_id=str(uuid.uuid4()))
	staff.do("send", customer=sarah.customer, text="by a machine", automated=True)
	event(staff, sarah.customer, "Invoice #2041 sent", amount="4200.00", currency="USD", url="/invoices/2041")
	staff.do("record_call", customer=sarah.customer, seconds=360, at="2026-05-13T20:12:00Z")

	page = sarah.timeline()

	check_page(page)
	by_text = {entry["text"]: entry for entry in page["entries"]}
	assert by_text["texted"]["state"] == "delivered"
	assert by_text["personal"]["author"] == "contractor"
	assert by_text["personal"]["label"] == BUSINESS
	assert by_text["personal"]["state"] is None
	assert by_text["personal"]["client_id"] is None
	assert by_text["by a machine"]["author"] == "automated"
	assert by_text["Invoice #2041 sent — $4,200"]["card"] == {
		"type": "note",
		"title": "Invoice #2041 sent",
		"amount": "$4,200",
		# a site shows the link of a document that is there
		"url": None if IN_SITE else "/invoices/2041",
		"void": False,
	}
	assert page["entries"][0]["call"] == {"seconds": 360, "text": "Phone call — May 13, 4:12pm · 6 min"}
	assert page["unread"] == 3


def test_it_renders_entries_if_asked(sarah: Browser) -> None:
	sarah.reply("<script>alert(1)</script> & https://example.com/a?b=1&c=2")

	page = sarah.timeline(**{"as": "html"})

	[entry] = page["entries"]
	check_entry(entry, "html")
	assert "&lt;script&gt;" in entry["html"]
	assert "<script" not in entry["html"]
	assert 'href="https://example.com/a?b=1&amp;c=2"' in entry["html"]


def test_it_is_in_true_order_whenever_a_line_became_known(dated: tuple[Browser, list[int]]) -> None:
	browser, by_day = dated

	assert ids(browser.timeline()) == by_day
	assert browser.timeline()["last"] == max(by_day)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_it_pages_back_without_gap_or_double(dated: tuple[Browser, list[int]], limit: int) -> None:
	browser, by_day = dated
	seen: list[int] = []
	page = browser.timeline(limit=limit)
	seen = ids(page)
	while page["before"]:
		page = browser.timeline(limit=limit, before=page["before"])
		seen = ids(page) + seen

	assert seen == by_day


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_it_pages_forward_from_the_middle(dated: tuple[Browser, list[int]], limit: int) -> None:
	browser, by_day = dated
	page = browser.timeline(around=by_day[2], limit=limit)
	check_page(page, "newer")
	assert by_day[2] in ids(page)
	assert len(page["entries"]) <= limit
	first = page
	seen = ids(page)
	while page["newer"]:
		page = browser.timeline(limit=limit, newer=page["newer"])
		seen += ids(page)
	while first["before"]:
		first = browser.timeline(limit=limit, before=first["before"])
		seen = ids(first) + seen

	assert seen == by_day


def test_it_gives_what_became_known_since(dated: tuple[Browser, list[int]]) -> None:
	browser, by_day = dated
	became_known = sorted(by_day)

	page = browser.timeline(after=became_known[3])

	# by place, however late they became known
	assert ids(page) == [day for day in by_day if day > became_known[3]]
	assert browser.timeline(after=became_known[-1])["entries"] == []
	assert browser.timeline(after=0, limit=3)["last"] == became_known[2]
	assert browser.timeline(after=10**17)["entries"] == []


def test_it_gives_everything_since_in_steps(dated: tuple[Browser, list[int]]) -> None:
	browser, by_day = dated
	seen: list[int] = []
	page = browser.timeline(after=0, limit=2)
	while page["entries"]:
		seen += ids(page)
		page = browser.timeline(after=page["last"], limit=2)

	assert sorted(seen) == sorted(by_day)
	assert len(seen) == len(by_day)


@pytest.mark.parametrize(
	"params",
	[
		{"limit": 0},
		{"limit": 101},
		{"limit": -1},
		{"limit": "many"},
		{"limit": "5.0"},
		{"limit": "٥"},
		{"limit": "1" * 30},
		{"before": "yesterday"},
		{"before": "1"},
		{"before": "1.2.3"},
		{"before": "-1.2"},
		{"before": "9" * 19 + ".1"},
		{"before": "1." + "9" * 19},
		{"before": "1.1; DROP TABLE x"},
		{"newer": "tomorrow"},
		{"after": "first"},
		{"after": "1" * 19},
		{"around": "here"},
		{"around": "1e3"},
	],
)
def test_it_refuses_a_place_that_is_none(sarah: Browser, params: dict[str, object]) -> None:
	answer = sarah.get("timeline", **params)

	assert answer.status_code == 400
	assert answer.json()["exc_type"] == "ValidationError"
	assert len(answer.json()["message"]) > 10
	# and as a page
	assert sarah.open("/messages?" + "&".join(f"{k}={v}" for k, v in params.items())).status_code == 400


@pytest.mark.parametrize("around", [0, -1, 999_999_999, 10**17])
def test_it_finds_nothing_around_what_is_not_there(sarah: Browser, around: int) -> None:
	assert sarah.get("timeline", around=around).status_code == 404


def test_it_takes_its_own_cursor_of_an_entry_that_went_by(dated: tuple[Browser, list[int]]) -> None:
	browser, by_day = dated

	assert ids(browser.timeline(before="0.1")) == []
	assert ids(browser.timeline(before=f"{2**63 - 1}.1")) == by_day
	assert ids(browser.timeline(newer="0.0")) == by_day


def test_it_counts_what_is_unread(host: EmbeddedHost, staff: Staff) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee"))
	first = staff.do("send", customer=browser.customer, text="one")["entry"]["id"]
	second = staff.do("send", customer=browser.customer, text="two")["entry"]["id"]
	browser.reply("thanks")
	assert browser.timeline()["unread"] == 2

	def read(upto: object) -> int:
		unread: int = message_of(browser.post("read", upto=upto))["unread"]
		return unread

	assert read(first) == 1
	assert read(second) == 0
	# never backwards
	assert read(first) == 0
	assert browser.timeline()["unread"] == 0


@pytest.mark.parametrize(
	("upto", "status"), [(0, 404), (999_999_999, 404), ("x", 400), (None, 400), (True, 400), ([1], 400)]
)
def test_it_reads_up_to_an_entry_only(sarah: Browser, upto: object, status: int) -> None:
	assert sarah.post("read", upto=upto).status_code == status


def test_it_changes_its_revision_with_every_change(host: EmbeddedHost, sarah: Browser, staff: Staff) -> None:
	entry = sarah.reply("hello")
	wait_until(lambda: sarah.entry(entry["id"])["state"] == "delivered")
	before = sarah.timeline()["revision"]
	assert sarah.timeline()["revision"] == before

	event(staff, sarah.customer, "Estimate approved")

	assert sarah.timeline()["revision"] > before


def test_it_says_one_thing_on_the_page_and_in_json(sarah: Browser, staff: Staff) -> None:
	sarah.reply("on the page")
	event(staff, sarah.customer, "Estimate approved", "2026-05-13T20:12:00Z")

	page = sarah.open().text

	assert [int(found) for found in re.findall(r'data-id="(\d+)"', page)] == ids(sarah.timeline())
	assert "on the page" in page
	assert "Wed May 13" in page
