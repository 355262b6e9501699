"""Texts that come in: once each, in the right thread, with their pictures."""

import sqlite3
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from support.host import BUSINESS, MOBILE, EmbeddedHost, new_email, new_phone, text_params
from support.people import Browser, Staff
from support.waiting import stays, wait_until

from customer_thread.domain.model import Attachment
from customer_thread.standalone.demo.twilio_message import make_sid

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10" + b"picture" * 20


@pytest.fixture
def bob(host: EmbeddedHost, phone: str) -> Browser:
	"""Return a customer with a phone."""
	return host.sign_in(host.add_customer("Bob", phone=phone))


def test_it_takes_a_repeated_text_once(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	sid = make_sid("SM")
	words = f"three times {uuid.uuid4()}"
	answers = [host.text(phone, words, sid=sid) for _ in range(3)]

	assert [answer.status_code for answer in answers] == [200, 200, 200]
	assert len({answer.text for answer in answers}) == 1
	assert bob.texts() == [words]
	wait_until(lambda: host.texts_to(MOBILE, words))
	stays(lambda: len(host.texts_to(MOBILE, words)) == 1)


def test_it_takes_a_text_that_comes_ten_times_at_once_once(
	host: EmbeddedHost, bob: Browser, phone: str
) -> None:
	sid = make_sid("SM")
	with ThreadPoolExecutor(10) as pool:
		statuses = list(pool.map(lambda _: host.text(phone, "at once", sid=sid).status_code, range(10)))

	assert statuses == [200] * 10
	assert bob.texts() == ["at once"]


def test_it_takes_two_texts_with_the_same_words_twice(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	host.text(phone, "ok")
	host.text(phone, "ok")

	assert bob.texts() == ["ok", "ok"]


def test_it_passes_a_text_on_with_name_and_code(
	host: EmbeddedHost, staff: Staff, bob: Browser, phone: str
) -> None:
	words = f"passed on {uuid.uuid4()}"
	host.text(phone, words)

	[text] = wait_until(lambda: host.texts_to(MOBILE, words))
	assert text.body == f"Bob: {words} (#{staff.code(bob.customer)})"


@pytest.mark.parametrize(
	"body", ["👍", "ß" * 1600, "a\x00b", "\u202eabc", "<b>hi</b>", "line\r\nbreak", "x" * 100_000]
)
def test_it_takes_any_words(host: EmbeddedHost, bob: Browser, phone: str, body: str) -> None:
	host.text(phone, body)

	[entry] = bob.entries()
	assert entry["text"] == body.replace("\x00", "").replace("\r\n", "\n")
	assert bob.open().status_code == 200


def test_it_keeps_a_strangers_text_unmatched_until_somebody_says_whose_it_is(
	host: EmbeddedHost, staff: Staff, charlie: Browser
) -> None:
	stranger = new_phone()
	for words in ("who are you?", "the deck please"):
		host.text(stranger, words)
	waiting = staff.unmatched(stranger)
	assert waiting
	at = [entry["at"] for entry in staff.thread(thread=waiting["thread"])["entries"]]
	browser = host.sign_in(host.add_customer("Bob Late"))
	time.sleep(0.01)
	browser.reply("later words")

	given = staff.do("assign", thread=waiting["thread"], customer=browser.customer)

	assert given["customer"] == browser.customer
	entries = browser.entries()
	assert [entry["text"] for entry in entries] == ["who are you?", "the deck please", "later words"]
	assert [entry["at"] for entry in entries[:2]] == at
	assert staff.unmatched(stranger) is None
	assert charlie.entries() == []
	# the number is his from now on
	host.text(stranger, "and now")
	assert browser.texts()[-1] == "and now"
	assert staff.unmatched(stranger) is None


def test_it_assigns_once(host: EmbeddedHost, staff: Staff, charlie: Browser) -> None:
	stranger = new_phone()
	host.text(stranger, "mine")
	thread = (staff.unmatched(stranger) or {})["thread"]
	browser = host.sign_in(host.add_customer("Bob Once"))
	staff.do("assign", thread=thread, customer=browser.customer)

	again = staff.do("assign", thread=thread, customer=browser.customer)
	to_another = staff.post("assign", thread=thread, customer=charlie.customer)

	assert again["customer"] == browser.customer
	assert to_another.status_code == 409
	assert browser.texts() == ["mine"]
	assert charlie.entries() == []


def test_it_assigns_at_once_to_one_only(host: EmbeddedHost, staff: Staff) -> None:
	stranger = new_phone()
	host.text(stranger, "whose?")
	thread = (staff.unmatched(stranger) or {})["thread"]
	people = [host.sign_in(host.add_customer(f"Bob {number}")) for number in range(6)]
	with ThreadPoolExecutor(6) as pool:
		answers = list(
			pool.map(
				lambda one: staff.post("assign", thread=thread, customer=one.customer).status_code, people
			)
		)

	assert sorted(answers) == [200] + [409] * 5
	assert sorted(len(one.entries()) for one in people) == [0] * 5 + [1]


def test_it_assigns_no_customers_thread(staff: Staff, bob: Browser, charlie: Browser) -> None:
	bob.reply("mine")
	thread = staff.thread(bob.customer)["thread"]["thread"]

	assert staff.post("assign", thread=thread, customer=charlie.customer).status_code == 409
	assert staff.post("assign", thread="nothing", customer=charlie.customer).status_code == 404
	assert staff.post("assign", customer=charlie.customer).status_code == 400
	assert bob.texts() == ["mine"]
	assert charlie.entries() == []


def test_it_finds_what_a_number_texted_before_it_was_known(host: EmbeddedHost, staff: Staff) -> None:
	stranger = new_phone()
	host.text(stranger, "before you knew me")

	browser = host.sign_in(host.add_customer("Bob Found", phone=stranger))

	assert browser.texts() == ["before you knew me"]
	assert staff.unmatched(stranger) is None


def test_it_gives_a_shared_number_to_whoever_was_texted_last(host: EmbeddedHost, staff: Staff) -> None:
	shared = new_phone()
	bob = host.sign_in(host.add_customer("Bob Spouse", phone=shared))
	sarah = host.sign_in(host.add_customer("Sarah Spouse", phone=shared))
	host.text(shared, "which of us?")
	assert bob.entries() == sarah.entries() == []
	assert staff.unmatched(shared)

	staff.do("send", customer=sarah.customer, text="Hi Sarah")
	host.text(shared, "it is me")

	assert sarah.texts() == ["Hi Sarah", "it is me"]
	assert bob.entries() == []


@pytest.mark.parametrize("sender", ["72975", "Mike", "+1", " "])
def test_it_takes_texts_of_senders_that_are_no_numbers(
	host: EmbeddedHost, staff: Staff, charlie: Browser, sender: str
) -> None:
	host.text(sender, "your code is 1")

	assert staff.unmatched(sender.strip().lower())
	assert charlie.entries() == []


def test_it_refuses_a_text_of_nobody(host: EmbeddedHost, charlie: Browser) -> None:
	answer = host.webhook("twilio_message", text_params("", "your code is 1"))

	assert (answer.status_code, answer.json()["message"]) == (400, "From is missing.")
	assert charlie.entries() == []


# Pictures


def states(browser: Browser) -> list[str]:
	return [file["state"] for entry in browser.entries() for file in entry["attachments"]]


def test_it_fetches_pictures(host: EmbeddedHost, bob: Browser, charlie: Browser, phone: str) -> None:
	host.receive(
		phone, "", [Attachment("deck.png", "image/png", PNG), Attachment("b.jpg", "image/jpeg", PNG + b"2")]
	)

	[entry] = bob.entries()
	assert entry["text"] == ""
	assert len(entry["attachments"]) == 2
	wait_until(lambda: states(bob) == ["ready", "ready"])
	for file, data in zip(bob.entries()[0]["attachments"], (PNG, PNG + b"2"), strict=True):
		answer = bob.http.get(bob.base + file["url"], timeout=20)
		assert answer.content == data
		assert answer.headers["Content-Type"].startswith("image/")
		assert answer.headers["Content-Disposition"].startswith("inline")
		assert charlie.http.get(bob.base + file["url"], timeout=20).status_code == 404
	assert not host.twilio.leaked_credentials


def test_it_tells_the_contractor_of_pictures(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	words = f"look {uuid.uuid4()}"
	host.receive(phone, words, [Attachment("deck.png", "image/png", PNG)])

	[text] = wait_until(lambda: host.texts_to(MOBILE, words))
	assert "[1 picture]" in text.body
	assert len(text.body) <= 1600


def test_it_opens_nothing_but_pictures(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	host.receive(phone, "", [Attachment("x.html", "text/html", b"<script>alert(1)</script>")])
	host.receive(phone, "", [Attachment("x.svg", "image/svg+xml", b"<svg onload='alert(1)'/>")])

	wait_until(lambda: states(bob) == ["ready", "ready"])
	for entry in bob.entries():
		answer = bob.http.get(bob.base + entry["attachments"][0]["url"], timeout=20)
		assert answer.headers["Content-Type"] == "application/octet-stream"
		assert answer.headers["Content-Disposition"].startswith("attachment")
		assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_it_shows_a_picture_that_will_not_come(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	host.twilio.fail_next(410, 20404, on="media")
	host.receive(phone, "gone", [Attachment("gone.png", "image/png", PNG)])

	wait_until(lambda: states(bob) == ["failed"])
	file = bob.entries()[0]["attachments"][0]
	assert bob.http.get(bob.base + file["url"], timeout=20).status_code == 404
	assert "could not be loaded" in bob.open().text


def test_it_waits_for_a_picture_that_is_not_there_yet(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	before = host.twilio.requests["media"]
	host.twilio.fail_next(404, 20404, on="media")
	host.receive(phone, "late", [Attachment("late.png", "image/png", PNG)])

	wait_until(lambda: host.twilio.requests["media"] > before)
	assert stays(lambda: states(bob) == ["pending"])
	assert "on its way" in bob.open().text


def test_it_takes_no_picture_beyond_16_mb(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	huge = Attachment("huge.png", "image/png", bytes(17_000_000))
	host.receive(phone, "", [huge, Attachment("ok.png", "image/png", PNG)])

	wait_until(lambda: states(bob) == ["failed", "ready"])


@pytest.mark.parametrize(
	"url",
	[
		"http://169.254.169.254/latest/meta-data",
		"https://169.254.169.254/latest/meta-data",
		"https://[::ffff:127.0.0.1]/x",
		"https://localhost/x",
		"https://127.0.0.1/x",
		"http://127.0.0.1:1/x",
		"file:///etc/passwd",
		"gopher://127.0.0.1/x",
		"https://2130706433/x",
		"not an address",
		"https://user:pass@10.0.0.1/x",
	],
)
def test_it_fetches_nothing_from_inside(host: EmbeddedHost, bob: Browser, phone: str, url: str) -> None:
	host.text(phone, "fetch this", media=[url])

	wait_until(lambda: states(bob) == ["failed"])
	assert bob.texts() == ["fetch this"]


@pytest.mark.parametrize("number", ["-1", "many", "9999999999999", "1e3", "٣"])
def test_it_refuses_a_number_of_pictures_that_is_none(
	host: EmbeddedHost, bob: Browser, phone: str, number: str
) -> None:
	assert host.webhook("twilio_message", text_params(phone, "hi", NumMedia=number)).status_code == 400
	assert bob.entries() == []


def test_it_takes_at_most_ten_pictures(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	urls = [f"https://127.0.0.1/{number}" for number in range(40)]
	host.text(phone, "many", media=urls)

	assert len(bob.entries()[0]["attachments"]) == 10


# Trouble


@pytest.mark.embedded("SQLite has one lock for all")
def test_it_answers_5xx_quickly_while_the_database_is_locked(
	host: EmbeddedHost, bob: Browser, phone: str
) -> None:
	sid = make_sid("SM")
	with sqlite3.connect(host.folder / "thread.db", isolation_level=None) as holder:
		holder.execute("BEGIN IMMEDIATE")
		began = time.monotonic()
		answer = host.webhook("twilio_message", text_params(phone, "while locked", sid=sid))
		took = time.monotonic() - began
		holder.execute("ROLLBACK")

	assert answer.status_code == 503
	assert took < 15, "Twilio waits no longer"
	assert bob.entries() == []
	host.text(phone, "while locked", sid=sid)
	assert bob.texts() == ["while locked"]


def test_it_takes_no_texts_that_are_not_wanted(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone, email=new_email()))
	own_host.set(capture_texts=0)

	own_host.text(phone, "unwanted")
	own_host.set(capture_texts=1)
	own_host.text(phone, "wanted")
	assert browser.texts() == ["wanted"]


def test_it_passes_no_text_on_that_is_not_wanted(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	own_host.set(forward_texts=0)
	own_host.text(phone, "quietly")

	assert browser.texts() == ["quietly"]
	stays(lambda: not own_host.texts_to(MOBILE))


def label(entry: dict[str, Any]) -> str:
	return str(entry["label"])


def test_it_labels_a_text_with_the_customers_name(host: EmbeddedHost, bob: Browser, phone: str) -> None:
	host.text(phone, "hello")

	assert [label(entry) for entry in bob.entries()] == ["Bob"]
	assert BUSINESS not in label(bob.entries()[0])
