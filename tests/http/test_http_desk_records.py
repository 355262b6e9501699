"""Staff: notes, cards and call entries."""

import json
import uuid
from typing import Any

import pytest
from support.host import MOBILE, EmbeddedHost, new_phone
from support.people import Browser, Staff, message_of
from support.waiting import wait_until


@pytest.fixture
def plain(host: EmbeddedHost) -> Browser:
	"""Return a customer without phone or mail."""
	return host.sign_in(host.add_customer("Bob Plain"))


# Notes


def test_it_never_shows_a_note_to_a_customer(
	host: EmbeddedHost, staff: Staff, sarah: Browser, charlie: Browser
) -> None:
	secret = f"zebra{uuid.uuid4().hex}"
	sarah.reply("hello")
	note = staff.do("note", customer=sarah.customer, text=f"{secret} owes us money")
	assert secret in note["text"]
	assert staff.thread(sarah.customer)["notes"][0]["text"] == note["text"]

	last = sarah.timeline()["last"]
	for browser in (sarah, charlie):
		seen = [
			browser.get("timeline").text,
			browser.get("timeline", **{"as": "html"}).text,
			browser.get("timeline", q=secret).json()["message"]["entries"],
			browser.get("timeline", after=0).text,
			browser.get("timeline", newer="0.0").text,
			browser.get("timeline", before=f"{2**63 - 1}.1").text,
			browser.open("/messages").text,
			browser.get("attachment", entry=last, index=0).text,
			browser.get("original", entry=last).text,
			browser.get("timeline", around=note["id"]).text,
		]
		assert secret not in json.dumps(seen)
		# the words searched for stand on the page, and nothing else of the note
		assert "owes us money" not in browser.open(f"/messages?q={secret}").text
	wait_until(lambda: host.texts_to(MOBILE, "hello"))
	assert not any(secret in text.body for text in host.twilio.sent)
	assert not any(secret.encode() in letter.data for letter in host.mailbox.messages)
	assert secret not in str(message_of(staff.get("threads", q="Sarah"))["threads"])


def test_it_leaves_nothing_of_a_note_in_the_customers_thread(staff: Staff, plain: Browser) -> None:
	before = plain.timeline()
	staff.do("note", customer=plain.customer, text="internal")

	assert plain.timeline() == before


@pytest.mark.parametrize(("text", "status"), [("", 400), ("  \x00", 400), ("x" * 20_001, 413)])
def test_it_keeps_no_empty_note(staff: Staff, plain: Browser, text: str, status: int) -> None:
	assert staff.post("note", customer=plain.customer, text=text).status_code == status
	assert staff.thread(plain.customer)["notes"] == []


# Cards


def card(staff: Staff, browser: Browser, **facts: object) -> dict[str, Any]:
	body = {"event_type": "invoice_sent", "title": "Invoice #2041 sent", **facts}
	entry: dict[str, Any] = staff.do("record_event", customer=browser.customer, **body)
	return entry


@pytest.mark.parametrize(
	("amount", "currency", "shown"),
	[
		("4200.00", "USD", "$4,200"),
		(4200, "USD", "$4,200"),
		("4200.5", "USD", "$4,200.50"),
		("-4200", "USD", "-$4,200"),
		("0", "USD", "$0"),
		("1234.5", "EUR", "€1,234.50"),
		("1234", "JPY", "¥1,234"),
		("1.234", "KWD", "KWD1.234"),
		("", "", None),
		("", "USD", None),
	],
)
def test_it_writes_a_card_with_its_amount(
	staff: Staff, plain: Browser, amount: object, currency: str, shown: str | None
) -> None:
	card(staff, plain, amount=amount, currency=currency)

	[entry] = plain.entries()
	assert entry["kind"] == "event"
	found = entry["card"]["amount"]
	assert (found.replace("\xa0", " ") if found else found) == shown
	assert entry["text"].replace("\xa0", " ") == ("Invoice #2041 sent" + (f" — {shown}" if shown else ""))


def test_it_writes_a_repeated_card_once(staff: Staff, plain: Browser, charlie: Browser) -> None:
	key = f"INV-{uuid.uuid4()}"
	first = card(staff, plain, source_key=key, at="2026-05-15T14:16:00Z")
	again = card(staff, plain, source_key=key, title="Other words", at="2026-05-16T14:16:00Z")
	his = card(staff, charlie, source_key=key)

	assert first == again
	assert first["at"] == "2026-05-15T14:16:00.000000Z"
	assert his["id"] != first["id"]
	assert len(plain.entries()) == 1


def test_it_writes_the_same_card_at_once_once(staff: Staff, plain: Browser) -> None:
	from concurrent.futures import ThreadPoolExecutor

	with ThreadPoolExecutor(8) as pool:
		found = list(pool.map(lambda _: card(staff, plain, source_key="INV-AT-ONCE")["id"], range(8)))

	assert len(set(found)) == 1
	assert len(plain.entries()) == 1


def test_it_makes_a_cancelled_documents_card_void(staff: Staff, plain: Browser) -> None:
	document = {"reference_doctype": "Sales Invoice", "reference_name": "INV-2041"}
	sent = card(staff, plain, **document, at="2026-05-15T14:00:00Z")
	other = card(staff, plain, reference_doctype="Sales Invoice", reference_name="INV-2042", title="Other")
	cancelled = card(
		staff, plain, **document, event_type="invoice_cancelled", title="Invoice #2041 cancelled"
	)

	void = {entry["id"]: entry["card"]["void"] for entry in plain.entries()}
	assert void == {sent["id"]: True, other["id"]: False, cancelled["id"]: False}
	[shown] = [entry for entry in plain.entries() if entry["id"] == sent["id"]]
	assert shown["text"] == sent["text"]
	assert "No longer valid" in plain.open().text


def test_it_gives_staff_alone_the_document_of_a_card(staff: Staff, plain: Browser) -> None:
	document = {"reference_doctype": "Sales Invoice", "reference_name": "ACC-SINV-2026-02041"}
	about = card(staff, plain, **document)
	card(staff, plain)

	given = {"entry": about["id"], "doctype": "Sales Invoice", "name": "ACC-SINV-2026-02041"}
	assert staff.thread(plain.customer)["documents"] == [given]
	assert "ACC-SINV" not in plain.get("timeline").text


def test_it_makes_no_card_of_another_customer_void(staff: Staff, plain: Browser, charlie: Browser) -> None:
	document = {"reference_doctype": "Sales Invoice", "reference_name": "INV-9"}
	card(staff, plain, **document)
	card(staff, charlie, **document, event_type="invoice_cancelled")

	assert [entry["card"]["void"] for entry in plain.entries()] == [False]


@pytest.mark.parametrize(
	"facts",
	[
		{"url": "javascript:alert(1)"},
		{"url": "JAVASCRIPT:alert(1)"},
		{"url": " javascript:alert(1)"},
		{"url": "data:text/html,x"},
		{"url": "vbscript:x"},
		{"url": "//evil.example"},
		{"url": "/\\evil.example"},
		{"url": "/a b"},
		{"url": "/\t/evil.example"},
		{"url": "https://"},
		{"url": "invoices/1"},
		{"amount": "a lot", "currency": "USD"},
		{"amount": "NaN", "currency": "USD"},
		{"amount": "Infinity", "currency": "USD"},
		{"amount": "1e999999", "currency": "USD"},
		{"amount": "1000000000000", "currency": "USD"},
		{"amount": [1], "currency": "USD"},
		{"amount": "5"},
		{"amount": "5", "currency": "dollars"},
		{"amount": "5", "currency": "usd"},
		{"amount": "5", "currency": "$"},
		{"event_type": ""},
		{"event_type": "x" * 61},
		{"title": ""},
		{"title": "\x00"},
		{"title": "x" * 141},
		{"at": "yesterday"},
		{"at": "2026-05-15T14:15:00"},
		{"at": "2999-01-01T00:00:00Z"},
		{"at": "1969-12-31T23:59:59Z"},
		{"at": "0001-01-01T00:00:00+14:00"},
	],
)
def test_it_refuses_a_card_that_cannot_be_shown(staff: Staff, plain: Browser, facts: dict[str, Any]) -> None:
	answer = staff.post(
		"record_event",
		**{"customer": plain.customer, "event_type": "invoice_sent", "title": "Invoice", **facts},
	)

	assert answer.status_code == 400, answer.text
	assert plain.entries() == []


@pytest.mark.parametrize("field", ["event_type", "title", "url", "source_key", "reference_name", "currency"])
def test_it_survives_half_characters_in_a_card(staff: Staff, plain: Browser, field: str) -> None:
	facts = {"event_type": "sent", "title": "Invoice", "url": "/x", "amount": "", field: "/half\ud800"}
	answer = staff.post("record_event", customer=plain.customer, **facts)

	assert answer.status_code in (200, 400)
	assert plain.get("timeline").status_code == 200
	assert plain.open().status_code == 200


def test_it_escapes_a_card(staff: Staff, plain: Browser) -> None:
	card(staff, plain, title='<script>alert(1)</script>"', url='/x"onmouseover=alert(1)', event_type='a"b<c>')

	page = plain.open().text
	assert "<script>alert" not in page
	assert 'x"onmouseover' not in page
	assert plain.entries()[0]["card"]["url"] == '/x"onmouseover=alert(1)'


# Calls


def call(staff: Staff, **facts: object) -> Any:  # noqa: ANN401 - an entry or null
	return staff.do("record_call", **facts)


@pytest.mark.parametrize(
	("seconds", "text"),
	[
		(360, "Phone call — May 13, 4:12pm · 6 min"),
		(1, "Phone call — May 13, 4:12pm · 1 min"),
		(89, "Phone call — May 13, 4:12pm · 1 min"),
		(90, "Phone call — May 13, 4:12pm · 2 min"),
		(86_400, "Phone call — May 13, 4:12pm · 1440 min"),
	],
)
def test_it_marks_a_call(staff: Staff, plain: Browser, seconds: int, text: str) -> None:
	call(staff, customer=plain.customer, seconds=seconds, at="2026-05-13T20:12:00Z", direction="outbound")

	[entry] = plain.entries()
	assert (entry["kind"], entry["channel"]) == ("call", "phone")
	assert entry["call"] == {"seconds": seconds, "text": text}
	assert plain.timeline()["unread"] == 0


def test_it_hides_missed_calls_unless_they_are_wanted(own_host: EmbeddedHost) -> None:
	staff = own_host.staff
	browser = own_host.sign_in(own_host.add_customer("Bob Missed"))
	hidden = call(staff, customer=browser.customer, seconds=0, source_key="missed-1")
	assert hidden is None
	assert browser.entries() == []

	own_host.set(show_missed_calls=1)
	call(staff, customer=browser.customer, seconds=0, source_key="missed-2", at="2026-05-13T20:12:00Z")

	[entry] = browser.entries()
	assert entry["text"] == "Missed call — May 13, 4:12pm"


def test_it_marks_a_repeated_call_once(staff: Staff, plain: Browser) -> None:
	first = call(staff, customer=plain.customer, seconds=60, source_key="CALL-1")
	again = call(staff, customer=plain.customer, seconds=120, source_key="CALL-1")

	assert first["id"] == again["id"]
	assert len(plain.entries()) == 1


def test_it_finds_the_customer_by_his_phone(host: EmbeddedHost, staff: Staff) -> None:
	phone = new_phone()
	browser = host.sign_in(host.add_customer("Bob Phone", phone=phone))

	call(staff, phone=f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}", seconds=60)

	assert len(browser.entries()) == 1


def test_it_keeps_a_strangers_call_unmatched(staff: Staff) -> None:
	stranger = new_phone()
	call(staff, phone=stranger, seconds=60)

	assert staff.unmatched(stranger)


def test_it_opens_no_thread_for_a_missed_call_that_is_hidden(staff: Staff) -> None:
	stranger = new_phone()

	assert call(staff, phone=stranger, seconds=0) is None
	assert staff.unmatched(stranger) is None


@pytest.mark.parametrize(
	"facts",
	[
		{"seconds": -1},
		{"seconds": 86_401},
		{"seconds": "long"},
		{"seconds": 1.5},
		{},
		{"seconds": 60, "direction": "sideways"},
		{"seconds": 60, "at": "noon"},
		{"seconds": 60, "customer": "", "phone": "my phone"},
		{"seconds": 60, "customer": "", "phone": ""},
	],
)
def test_it_refuses_a_call_that_is_none(staff: Staff, plain: Browser, facts: dict[str, Any]) -> None:
	answer = staff.post("record_call", **{"customer": plain.customer, **facts})

	assert answer.status_code == 400
	assert plain.entries() == []
