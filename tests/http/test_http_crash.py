"""kill -9 at any moment loses nothing that was answered with 200, and doubles nothing."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from support.clocked_host import ClockedHost
from support.host import CONTRACTOR, MOBILE, EmbeddedHost, new_email, new_phone, reply_token, text_params
from support.mails import mail
from support.people import Browser, use_link
from support.waiting import stays, wait_until

from customer_thread.domain.model import Attachment
from customer_thread.standalone.demo.twilio_message import make_sid

COUNT = 200
#: after which no request can arrive any more that was under way, µs
ARRIVED = 60_000_000


@pytest.fixture
def bob(own_host: EmbeddedHost) -> Browser:
	"""Return a customer with a phone and an e-mail address."""
	return own_host.sign_in(own_host.add_customer("Bob", phone=new_phone(), email=new_email()))


@pytest.fixture
def clocked_host(tmp_path: Path) -> Iterator[ClockedHost]:
	"""Return a server whose clock a test sets, so that nobody waits for what was under way."""
	running = ClockedHost(tmp_path / "data")
	running.start()
	running.set_up()
	yield running
	running.close()


@pytest.fixture
def kate(clocked_host: ClockedHost) -> Browser:
	"""Return a customer of that server with a phone and an e-mail address."""
	return clocked_host.sign_in(clocked_host.add_customer("Kate", phone=new_phone(), email=new_email()))


def all_texts(browser: Browser) -> list[str]:
	"""Return the words of the whole thread."""
	page = browser.timeline(limit=100)
	found = [entry["text"] for entry in page["entries"]]
	while page["before"]:
		page = browser.timeline(limit=100, before=page["before"])
		found += [entry["text"] for entry in page["entries"]]
	return found


class Burst:
	"""Many calls at once, and a server that dies when so many are answered."""

	def __init__(self, host: EmbeddedHost, call: Callable[[int], bool], dies_after: int) -> None:
		self.host, self.call, self.dies_after = host, call, dies_after
		self.answered: set[int] = set()
		self._lock = threading.Lock()
		self._dead = False

	def run(self, count: int) -> None:
		"""Make the calls."""
		with ThreadPoolExecutor(24) as pool:
			list(pool.map(self._one, range(count)))

	def _one(self, number: int) -> None:
		try:
			good = self.call(number)
		except OSError:
			return
		with self._lock:
			if good:
				self.answered.add(number)
			dies = len(self.answered) >= self.dies_after and not self._dead
			self._dead = self._dead or dies
		if dies:
			self.host.kill()


@pytest.mark.embedded("two jobs for each of 200 texts to one phone take a site more than its time")
def test_it_keeps_every_text_it_answered_when_killed(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	sids = [make_sid("SM") for _ in range(COUNT)]

	def post(number: int) -> bool:
		params = text_params(phone, f"text {number}.", sid=sids[number])
		return own_host.webhook("twilio_message", params).status_code == 200

	burst = Burst(own_host, post, dies_after=70)
	burst.run(COUNT)
	assert 70 <= len(burst.answered) < COUNT, "it was not killed in the middle"
	own_host.restart()

	there = Counter(all_texts(browser))
	assert set(there.values()) <= {1}
	assert {f"text {number}." for number in burst.answered} <= set(there)
	# Twilio posts all of them again
	with ThreadPoolExecutor(16) as pool:
		assert all(pool.map(post, range(COUNT)))
	assert Counter(all_texts(browser)) == Counter(f"text {number}." for number in range(COUNT))
	# and each was passed on once
	wait_until(lambda: len(own_host.texts_to(MOBILE)) >= COUNT)
	forwarded = Counter(
		text.body.partition(": ")[2].partition(" (#")[0] for text in own_host.texts_to(MOBILE)
	)
	assert forwarded == Counter(f"text {number}." for number in range(COUNT))


def test_it_keeps_every_reply_it_answered_when_killed(own_host: EmbeddedHost) -> None:
	browser = own_host.sign_in(own_host.add_customer("Bob"))
	ids = [str(uuid.uuid4()) for _ in range(100)]

	def post(number: int) -> bool:
		return browser.post("reply", text=f"reply {number}.", client_id=ids[number]).status_code == 200

	burst = Burst(own_host, post, dies_after=30)
	burst.run(100)
	assert 30 <= len(burst.answered) < 100
	own_host.restart()

	there = Counter(all_texts(browser))
	assert set(there.values()) <= {1}
	assert {f"reply {number}." for number in burst.answered} <= set(there)
	with ThreadPoolExecutor(16) as pool:
		assert all(pool.map(post, range(100)))
	assert Counter(all_texts(browser)) == Counter(f"reply {number}." for number in range(100))


@pytest.mark.embedded("a site fetches its mails")
def test_it_keeps_every_mail_it_took_when_killed(own_host: EmbeddedHost, bob: Browser) -> None:
	own_host.staff.do("send", customer=bob.customer, text="estimate", channel="email")
	to = reply_token(wait_until(lambda: own_host.mailbox.messages)[0])
	letters = [mail("bob@x.example", to, f"mail {number}.") for number in range(60)]
	address = own_host.mail_url

	def post(number: int) -> bool:
		return own_host.mail(letters[number], "bob@x.example", to)[0] == 250

	burst = Burst(own_host, post, dies_after=15)
	burst.run(60)
	assert 15 <= len(burst.answered) < 60
	own_host.restart()
	assert own_host.mail_url
	assert address

	there = Counter(all_texts(bob))
	assert {f"mail {number}." for number in burst.answered} <= set(there)
	assert all(post(number) for number in range(60))
	wanted = Counter([f"mail {number}." for number in range(60)] + ["estimate"])
	assert Counter(all_texts(bob)) == wanted


@pytest.mark.embedded("a site takes up what a dead worker had claimed after some minutes only")
def test_it_sends_once_what_it_was_sending_when_killed(clocked_host: ClockedHost, kate: Browser) -> None:
	# it tells nobody but whoever asks
	clocked_host.twilio.callback_delay = 3600
	clocked_host.twilio.hang_next(30)
	first = kate.reply("being sent")["id"]
	wait_until(lambda: clocked_host.texts_to(MOBILE, "being sent"))
	second = kate.reply("waiting")["id"]
	assert kate.entry(first)["state"] == kate.entry(second)["state"] == "sending"

	clocked_host.kill()
	clocked_host.restart()

	wait_until(lambda: clocked_host.texts_to(MOBILE, "waiting"))
	[delivery] = clocked_host.staff.deliveries(kate.customer, first)
	assert (delivery["attempts"], delivery["provider_id"]) == (1, None)
	# it is asked for once the request can no longer arrive
	clocked_host.set_clock(clocked_host.clock.now_us() + ARRIVED)
	clocked_host.restart()
	[delivery] = wait_until(
		lambda: [row for row in clocked_host.staff.deliveries(kate.customer, first) if row["provider_id"]]
	)
	assert len(clocked_host.texts_to(MOBILE)) == 2
	assert delivery["provider_id"] == clocked_host.texts_to(MOBILE, "being sent")[0].sid
	assert delivery["attempts"] == 2


def test_it_sends_once_what_never_reached_the_provider(own_host: EmbeddedHost, bob: Browser) -> None:
	# nobody listens there: it waits for its next try
	own_host.set(twilio_api_base="http://127.0.0.1:9")
	entry = bob.reply("not out yet")["id"]
	wait_until(lambda: own_host.staff.deliveries(bob.customer, entry)[0]["attempts"] == 1)
	own_host.kill()
	own_host.set(twilio_api_base=own_host.twilio.url)
	own_host.restart()

	# it is stored, and she can do nothing about the provider
	assert bob.entry(entry)["state"] == "sent"
	assert own_host.staff.deliveries(bob.customer, entry)[0]["state"] == "Queued"
	assert own_host.texts_to(MOBILE) == []


@pytest.mark.embedded("a site takes up what a dead worker had claimed after some minutes only")
def test_it_sends_twenty_queued_replies_once_each_over_three_kills(
	clocked_host: ClockedHost, kate: Browser
) -> None:
	for number in range(20):
		kate.reply(f"queued {number}.")
		if number % 6 == 5:
			clocked_host.kill()
			clocked_host.set_clock(clocked_host.clock.now_us() + ARRIVED)
			clocked_host.restart()

	wait_until(lambda: len(clocked_host.texts_to(MOBILE)) >= 20)
	stays(lambda: len(clocked_host.texts_to(MOBILE)) == 20)
	assert len({text.body for text in clocked_host.texts_to(MOBILE)}) == 20
	assert clocked_host.mails_to(CONTRACTOR) == []


def test_it_fetches_the_pictures_it_had_not_fetched_when_killed(own_host: EmbeddedHost) -> None:
	phone = new_phone()
	browser = own_host.sign_in(own_host.add_customer("Bob", phone=phone))
	pictures = [
		Attachment(f"{number}.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"x" * 200_000) for number in range(5)
	]
	own_host.receive(phone, "look", pictures)
	own_host.kill()
	own_host.restart()

	wait_until(
		lambda: (
			[file["state"] for entry in browser.entries() for file in entry["attachments"]] == ["ready"] * 5
		)
	)


@pytest.mark.embedded("a site's sessions and tokens are Frappe's")
def test_it_knows_everybody_again_after_a_restart(own_host: EmbeddedHost, bob: Browser) -> None:
	staff = own_host.staff
	link = own_host.sign_in_path(bob.customer)
	bob.reply("before")

	own_host.restart()

	assert bob.texts() == ["before"]
	bob.reply("after")
	assert staff.get("threads").status_code == 200
	assert use_link(requests.Session(), own_host.url + link, allow_redirects=False).status_code == 303


def test_it_finishes_what_is_in_hand_when_told_to_stop(own_host: EmbeddedHost, bob: Browser) -> None:
	own_host.twilio.hang_next(0.7)
	entry = bob.reply("in hand")["id"]
	wait_until(lambda: own_host.texts_to(MOBILE, "in hand"))

	assert own_host.stop() == 0
	own_host.restart()

	[delivery] = own_host.staff.deliveries(bob.customer, entry)
	assert delivery["provider_id"]
	assert delivery["attempts"] == 1
	assert len(own_host.texts_to(MOBILE, "in hand")) == 1
