"""The example thread of docs/behaviour.md, exactly, and what led to it, as the demo shows it at its start."""

from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import requests
from bs4 import BeautifulSoup, Tag
from support.people import Browser
from support.running_demo import Demo

MIKE = "Mike's Contracting"
#: author, channel, when in New York, words
BEFORE = [
	(
		"customer",
		"sms",
		"Mon May 12 2025 08:40",
		"Here is the old deck. Some boards are rotten. Can you replace all of it?",
	),
	("contractor", None, "Mon May 12 2025 16:05", "Estimate #1042 approved — $4,200"),
	("contractor", None, "Mon May 12 2025 16:06", "Appointment scheduled — Thu May 15, 8–9am"),
	(
		"automated",
		"sms",
		"Mon May 12 2025 16:06",
		"Thank you, Sarah! You are booked for Thu May 15, 8–9am. We will text you before we come.",
	),
]
EXAMPLE = [
	(
		"contractor",
		"sms",
		"Tue May 13 2025 08:02",
		"Hi Sarah! Your deck project is scheduled for Thursday 8–9am. Reply CONFIRM to confirm.",
	),
	("customer", "sms", "Tue May 13 2025 08:47", "CONFIRM"),
	("customer", "phone", "Tue May 13 2025 16:12", "Phone call — May 13, 4:12pm · 6 min"),
	(
		"contractor",
		"sms",
		"Wed May 14 2025 07:48",
		"Good morning Sarah! Our crew is on their way — arriving in about 20 minutes.",
	),
	("contractor", "sms", "Thu May 15 2025 10:15", "Hi Sarah, how did the deck come out? Hope you love it!"),
	("contractor", None, "Thu May 15 2025 10:18", "Invoice #2041 sent — $4,200"),
	("customer", "portal", "Thu May 15 2025 10:22", "Sounds good! What time works for you?"),
]
#: side, small print, words; days stand between them
ON_THE_PAGE = [
	"3 days ago — Mon May 12",
	("right", "Sarah Lee Mon 8:40am", BEFORE[0][3]),
	("middle", "Mon 4:05pm", BEFORE[1][3]),
	("middle", "Mon 4:06pm", BEFORE[2][3]),
	("left", f"{MIKE} Automated SMS · Mon 4:06pm", BEFORE[3][3]),
	"2 days ago — Tue May 13",
	("left", f"{MIKE} SMS · Tue 8:02am", EXAMPLE[0][3]),
	("right", "Sarah Lee Tue 8:47am", "CONFIRM"),
	("middle", "", "Phone call — May 13, 4:12pm · 6 min"),
	"Yesterday — Wed May 14",
	("left", f"{MIKE} SMS · Wed 7:48am", EXAMPLE[3][3]),
	"Today — Thu May 15",
	("left", f"{MIKE} SMS · 10:15am", EXAMPLE[4][3]),
	("middle", "10:18am", "Invoice #2041 sent — $4,200"),
	("right", "Sarah Lee Portal · 10:22am Delivered", "Sounds good! What time works for you?"),
]


def when(entry: dict[str, Any]) -> str:
	at = datetime.fromisoformat(entry["at"].replace("Z", "+00:00"))
	return at.astimezone(ZoneInfo("America/New_York")).strftime("%a %b %d %Y %H:%M")


def words(tag: Tag, selector: str) -> str:
	found = tag.select_one(selector)
	return " ".join(found.get_text(" ").split()) if found else ""


def test_it_has_the_example_in_the_timeline(sarah: Browser) -> None:
	timeline = sarah.timeline()

	found = [(entry["author"], entry["channel"], when(entry), entry["text"]) for entry in timeline["entries"]]
	assert found == BEFORE + EXAMPLE
	assert [len(entry["attachments"]) for entry in timeline["entries"]] == [1, *[0] * 10]
	assert timeline["entries"][0]["attachments"][0]["state"] == "ready"
	assert {entry["label"] for entry in timeline["entries"] if entry["author"] == "contractor"} == {MIKE}
	assert timeline["unread"] == 0
	thread = timeline["thread"]
	assert thread["title"] == MIKE
	assert thread["project"] == "Deck Replacement Project · Active"
	assert thread["contractor"]["initials"] == "MC"
	assert thread["customer"] == {"name": "Sarah Lee", "initials": "SL"}


def test_it_has_the_example_on_the_page(sarah: Browser) -> None:
	page = BeautifulSoup(sarah.open().text, "html5lib")

	found: list[object] = []
	for row in page.select("#entries > li"):
		kinds = row.get_attribute_list("class")
		if "day" in kinds:
			found.append(words(row, "h2"))
			continue
		is_message = "message" in kinds
		side = ("right" if "customer" in kinds else "left") if is_message else "middle"
		small = f"{words(row, '[id^=who]')} {words(row, '.meta')}" if is_message else words(row, ".chip time")
		found.append((side, small, words(row, ".said")))
	assert found == ON_THE_PAGE
	assert [tab.get_text() for tab in page.select("nav a")] == [
		"My Project",
		"Invoices",
		"Messages",
		"Schedule",
	]


def test_its_card_has_title_amount_and_a_page_to_open(demo: Demo, sarah: Browser) -> None:
	cards = [entry["card"] for entry in sarah.entries() if entry["card"]]
	card = cards[-1]

	assert (card["title"], card["amount"], card["void"]) == ("Invoice #2041 sent", "$4,200", False)
	page = requests.get(card["url"], timeout=20)
	assert card["url"].startswith(demo.url)
	assert "Invoice #2041" in page.text
	assert "$4,200" in page.text
	addresses = [urljoin(sarah.base, other["url"]) for other in cards]
	assert all(sarah.http.get(address, timeout=20).status_code == 200 for address in addresses)


def test_every_tab_opens_and_leads_back(demo: Demo, sarah: Browser) -> None:
	tabs = BeautifulSoup(sarah.open().text, "html5lib").select("nav a")
	others = [str(tab["href"]) for tab in tabs if tab.get_text() != "Messages"]

	assert others[2:] == ["/schedule"]
	assert "8:00am – 9:00am" in sarah.open("/schedule").text
	for address in others[:2]:
		page = requests.get(address, timeout=20)
		assert page.status_code == 200
		assert "stand-in" in page.text
		assert f'href="{demo.portal_url}/messages"' in page.text


def test_the_phones_have_their_side_of_it(demo: Demo) -> None:
	state = demo.state()

	code = code_of(demo)
	assert demo.texts("sarah") == [
		BEFORE[0][3],
		BEFORE[3][3],
		EXAMPLE[0][3],
		"CONFIRM",
		EXAMPLE[3][3],
		EXAMPLE[4][3],
	]
	assert demo.texts("mike")[0].startswith(f"Sarah Lee: {BEFORE[0][3]}")
	assert demo.texts("mike")[1:] == [
		f"Sarah Lee: CONFIRM (#{code})",
		f"Sarah Lee: Sounds good! What time works for you? (#{code})",
	]
	assert state["mail"] == {"sarah": [], "mike": []}
	assert state["clock"].startswith("Thu May 15, 2025, 10:2")


def code_of(demo: Demo) -> str:
	page = BeautifulSoup(requests.get(demo.url, timeout=20).text, "html5lib")
	return str(page.select_one("body")["data-code"])  # type: ignore[index]


def test_bob_sees_his_own_thread_only(demo: Demo) -> None:
	address = requests.get(f"{demo.url}/bob", timeout=20, allow_redirects=False).headers["Location"]
	bob = demo.sign_in(address.replace("localhost", "127.0.0.1"))

	page = bob.open().text
	assert "Bob Miller" in page
	assert "Estimate #1187 shared" in page
	for secret in ("Sarah", "2041", "deck", "Deck"):
		assert secret not in page
