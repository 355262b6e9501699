"""Texts that came while the server was down appear at their own time, once."""

import time
from datetime import datetime, timezone

import pytest
from support.host import MOBILE, NUMBER, EmbeddedHost, new_email, new_phone
from support.waiting import stays, wait_until

from customer_thread.domain.model import Attachment

PICTURE = Attachment("deck.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"x" * 100)


class Outage:
	"""A server that is down, and a Twilio that says it is some minutes ago."""

	def __init__(self, host: EmbeddedHost) -> None:
		self.host = host
		self.at_us = 0

	def texts(self, minutes_ago: int, phone: str, body: str, *media: Attachment) -> str:
		"""Take in a text while nobody listens; return Twilio's time of it."""
		seconds = int(time.time()) - minutes_ago * 60
		self.host.twilio.clock = lambda: seconds * 1_000_000
		assert self.host.twilio.receive(phone, NUMBER, body, media) is None
		self.host.twilio.clock = lambda: time.time_ns() // 1000
		return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000000Z")


@pytest.fixture
def outage(own_host: EmbeddedHost) -> Outage:
	return Outage(own_host)


def test_it_finds_a_text_that_came_while_it_was_down(own_host: EmbeddedHost, outage: Outage) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	browser.reply("said before")
	own_host.stop()
	first = outage.texts(25, phone, "are you there?")
	second = outage.texts(20, phone, "hello?", PICTURE)
	own_host.restart()

	# at Twilio's time: before what was said later
	wait_until(lambda: len(browser.entries()) == 3)
	assert [(entry["text"], entry["at"]) for entry in browser.entries()[:2]] == [
		("are you there?", first),
		("hello?", second),
	]
	wait_until(
		lambda: [file["state"] for entry in browser.entries() for file in entry["attachments"]] == ["ready"]
	)
	wait_until(lambda: own_host.texts_to(MOBILE, "hello?"))
	assert len(own_host.texts_to(MOBILE, "are you there?")) == 1

	# not again: by another look, or by the webhook that comes at last
	for message in own_host.twilio.messages:
		if message.direction == "inbound":
			answer = own_host.twilio.post_message(message)
			assert answer is not None
			assert answer.status_code == 200
	own_host.restart()
	stays(lambda: len(browser.entries()) == 3 and len(own_host.texts_to(MOBILE)) == 3)


def test_it_takes_nothing_twice_that_came_by_webhook(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	seconds = int(time.time()) - 600
	own_host.twilio.clock = lambda: seconds * 1_000_000
	own_host.receive(phone, "by webhook")
	own_host.twilio.clock = lambda: time.time_ns() // 1000
	listed = own_host.twilio.requests["list"]

	own_host.restart()

	wait_until(lambda: own_host.twilio.requests["list"] > listed)
	stays(lambda: browser.texts() == ["by webhook"])


def test_it_heeds_a_stop_that_it_missed(own_host: EmbeddedHost, outage: Outage) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone, email=new_email()))
	own_host.stop()
	outage.texts(20, phone, "STOP")
	own_host.restart()

	wait_until(lambda: browser.texts() == ["STOP"])
	sent = own_host.staff.do("send", customer=browser.customer, text="hello")
	assert [row["channel"] for row in sent["deliveries"]] == ["Email"]


def test_it_obeys_a_command_that_it_missed(own_host: EmbeddedHost, outage: Outage) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	code = own_host.staff.code(browser.customer)
	own_host.stop()
	outage.texts(5, MOBILE, f"#{code} on my way")
	own_host.restart()

	wait_until(lambda: browser.texts() == ["on my way"])
	wait_until(lambda: own_host.texts_to(phone, "on my way"))
	own_host.restart()
	stays(lambda: len(own_host.texts_to(phone, "on my way")) == 1 and len(browser.entries()) == 1)


def test_it_keeps_a_strangers_missed_text_unmatched(own_host: EmbeddedHost, outage: Outage) -> None:
	stranger = new_phone()
	own_host.stop()
	outage.texts(20, stranger, "who am I?")
	own_host.restart()

	wait_until(lambda: own_host.staff.unmatched(stranger))


def test_it_does_well_when_twilio_does_not_answer(own_host: EmbeddedHost, outage: Outage) -> None:
	browser = own_host.sign_in(own_host.add_customer("Bob"))
	own_host.twilio.fail_next(500, 20500, on="list")
	own_host.restart()

	assert browser.reply("still here")
	wait_until(lambda: "could not look for missed texts" in own_host.logged())


def test_it_takes_nothing_in_that_is_not_wanted(own_host: EmbeddedHost, outage: Outage) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	own_host.set(capture_texts=0)
	own_host.stop()
	outage.texts(20, phone, "unwanted")
	own_host.restart()

	stays(lambda: browser.entries() == [], seconds=1)
	# and it would have been found
	own_host.set(capture_texts=1)
	own_host.restart()
	wait_until(lambda: browser.texts() == ["unwanted"])
