"""Search: literal, folded, all words, this thread only."""

import pytest
from support.host import EmbeddedHost
from support.people import Browser, Staff
from support.waiting import wait_until

from customer_thread.domain.model import Attachment

LONG = pytest.mark.embedded("gunicorn takes no request line of more than 4094 bytes")
LINES = [
	"100% of the deck is done",
	"100 percent of the deck is done",
	"use snake_case here",
	"use snakeXcase here",
	"Wow! It's done",
	'She said "hello, world"',
	"The Café in the Straße, CRÈME brûlée",
	"back\\slash and 'quote'",
	"line one\nline two",
	"שלום עולם",
	"emoji 🏡 house",
	"Ｆｕｌｌ width",
]


@pytest.fixture(scope="module")
def talker(host: EmbeddedHost) -> Browser:
	"""Return a customer who has said all these lines."""
	browser = host.sign_in(host.add_customer("Sarah Lee"))
	for line in LINES:
		browser.reply(line)
	return browser


@pytest.mark.parametrize(
	("q", "found"),
	[
		("%", [0]),
		("100%", [0]),
		("_", [2]),
		("snake_case", [2]),
		("!", [4]),
		("wow!", [4]),
		('"hello', [5]),
		("'", [4, 7]),
		("\\", [7]),
		("CAFE", [6]),
		("café", [6]),
		("strasse", [6]),
		("STRASSE creme BRULEE", [6]),
		("brulee café", [6]),
		("deck done 100", [0, 1]),
		("deck snake", []),
		("one line two", [8]),
		("עולם", [9]),
		("🏡", [10]),
		("full", [11]),
		("' OR '1'='1", []),
		("%%", []),
		pytest.param("x" * 5000, [], marks=LONG),
		pytest.param("deck " * 2000, [0, 1], marks=LONG),
	],
)
def test_it_finds_exactly_the_words(talker: Browser, q: str, found: list[int]) -> None:
	assert talker.texts(q=q) == [LINES[number] for number in found]


@pytest.mark.parametrize("q", ["", "   ", "\t\n"])
def test_it_shows_everything_for_no_words(talker: Browser, q: str) -> None:
	assert talker.texts(q=q) == LINES


def test_it_pages_through_what_it_found(talker: Browser) -> None:
	first = talker.timeline(q="use snake", limit=1)
	second = talker.timeline(q="use snake", limit=1, before=first["before"])

	assert [entry["text"] for entry in [*second["entries"], *first["entries"]]] == LINES[2:4]
	assert second["before"] is None


def test_it_finds_nothing_of_others(host: EmbeddedHost, talker: Browser) -> None:
	charlie = host.sign_in(host.add_customer("Charlie Day"))

	assert talker.texts(q="deck")
	for q in ["deck", "%", "_", "", "%' OR thread LIKE '%"]:
		assert charlie.texts(q=q) == []
	page = charlie.open("/messages?q=deck").text
	assert not any(line in page for line in ("100%", "percent"))


def test_it_finds_cards_subjects_and_texts(host: EmbeddedHost, staff: Staff) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee"))
	staff.do(
		"record_event",
		customer=browser.customer,
		event_type="invoice_sent",
		title="Invoice #2041 sent",
		amount=4200,
		currency="USD",
	)

	assert len(browser.entries(q="#2041")) == 1
	assert len(browser.entries(q="$4,200")) == 1
	assert browser.entries(q="invoice_sent") == []


def test_it_shows_what_was_searched_as_text_only(talker: Browser) -> None:
	page = talker.open('/messages?q="><script>alert(1)</script>').text

	assert "<script>alert" not in page
	assert "&lt;script&gt;alert(1)" in page


def test_it_marks_the_words_on_the_page(talker: Browser) -> None:
	page = talker.open("/messages?q=snake_case").text

	assert "<mark>snake_case</mark>" in page
	entry = talker.entries(q="snake_case")[0]["id"]
	assert f'href="/messages?around={entry}#{entry}"' in page
	assert wait_until(lambda: talker.open(f"/messages?around={entry}").status_code == 200)


def test_it_finds_amounts_numbers_days_and_pictures_as_one_says_them(
	host: EmbeddedHost, staff: Staff, phone: str
) -> None:
	browser = host.sign_in(host.add_customer("Sarah Lee", phone=phone))
	host.receive(phone, "", [Attachment("deck.png", "image/png", b"not fetched yet")])
	host.text(phone, "done")
	wait_until(lambda: len(browser.entries()) == 2)
	for number, amount, day in ((2041, 4200, "2025-05-13"), (2042, 950.5, "2024-05-14")):
		card = {
			"title": f"Invoice #{number} sent",
			"amount": amount,
			"currency": "USD",
			"at": f"{day}T16:00:00Z",
		}
		staff.do("record_event", customer=browser.customer, event_type="Invoice sent", **card)
	first, second = "Invoice #2041 sent — $4,200", "Invoice #2042 sent — $950.50"

	for q in (
		"4200",
		"4,200",
		"$4,200.00",
		"#2041",
		"2041",
		"May 13",
		"13 May",
		"May 13 2025",
		"invoice May 13",
		"2025-05-13",
	):
		assert browser.texts(q=q) == [first], q
	for q in ("$950.50", "950,50", "may 14", "May 2024"):
		assert browser.texts(q=q) == [second], q
	assert browser.texts(q="invoice 2041 may 14") == []
	for q in ("photo", "Picture", "photos"):
		[found] = browser.entries(q=q)
		assert [file["content_type"] for file in found["attachments"]] == ["image/png"]
	assert browser.texts(q="today photo invoice") == []
	page = browser.open("/messages?q=4200").text
	assert "<mark>4,200</mark>" in page
