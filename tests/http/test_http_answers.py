"""Customers answer what the system asked: by text, by mail, on the page; seen from outside, by a clock of our own."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from support.clocked_host import ClockedHost
from support.host import MOBILE, new_email, new_phone, reply_token
from support.mails import mail
from support.people import Browser
from support.waiting import stays, wait_until

from customer_thread.domain.times import to_us

pytestmark = pytest.mark.embedded
HERE = ZoneInfo("America/New_York")


@dataclass
class Sarah:
	"""A customer who was asked by text whether she will be there tomorrow at 10:00."""

	host: ClockedHost
	browser: Browser
	phone: str
	address: str
	key: str
	at: datetime

	@property
	def when(self) -> str:
		"""Return when it is, as the contractor reads it."""
		return f"{self.at:%a %b} {self.at.day}, {self.at.hour % 12 or 12}:00{self.at:%p}".replace(
			"AM", "am"
		).replace("PM", "pm")

	def keep(self, key: str = "", **given: object) -> None:
		"""Keep an appointment as another program does."""
		values = {"title": "Deck", "starts_at": self.at.isoformat(), "state": "Scheduled", **given}
		customer = self.browser.customer
		self.host.staff.do("record_appointment", customer=customer, source_key=key or self.key, **values)

	def move(self, hours: int) -> None:
		"""Give it another time."""
		self.at += timedelta(hours=hours)
		self.keep()

	def texts(self, words: str) -> None:
		"""Text the business."""
		self.host.receive(self.phone, words)

	def got(self) -> list[str]:
		"""Return the texts to her phone."""
		return [text.body for text in self.host.texts_to(self.phone)]

	def cards(self) -> list[str]:
		"""Return the cards that say that she will be there, as far as they stand."""
		found = [entry["card"] for entry in self.browser.entries()]
		return [
			card["title"].partition(" — ")[2]
			for card in found
			if card and card["type"] == "Appointment confirmed" and not card["void"]
		]

	def told(self, holding: str) -> list[str]:
		"""Return the lines to the contractor of this customer that hold this."""
		return [text.body for text in self.host.texts_to(MOBILE, holding) if self.name in text.body]

	@property
	def name(self) -> str:
		"""Return her name, which nobody else has."""
		return f"Sarah {self.key}"


@pytest.fixture(scope="module")
def clocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedHost]:
	"""Return a business whose reminder is switched on."""
	host = ClockedHost(tmp_path_factory.mktemp("answers") / "data")
	host.set_up()
	host.set(default_timezone="America/New_York")
	host.start()
	database = sqlite3.connect(host.folder / "thread.db", timeout=20)
	with database:
		database.execute("UPDATE `tabThread Automation` SET enabled = 1 WHERE name = 'appointment-reminder'")
	database.close()
	yield host
	host.close()


@pytest.fixture(scope="module")
def weeks() -> Iterator[int]:
	"""Return a counter of the weeks that have gone by."""
	return iter(range(500))


@pytest.fixture
def sarah(clocked: ClockedHost, weeks: Iterator[int]) -> Sarah:
	"""Return somebody who was reminded a minute ago."""
	noon = datetime(2027, 1, 5, 12, tzinfo=HERE) + timedelta(weeks=next(weeks))
	clocked.set_clock(to_us(noon))
	phone, address, key = new_phone(), new_email(), f"{noon:%j}"
	customer = clocked.add_customer(f"Sarah {key}", phone=phone, email=address)
	at = datetime(noon.year, noon.month, noon.day, 10, tzinfo=HERE) + timedelta(days=2)
	made = Sarah(clocked, clocked.sign_in(customer), phone, address, key, at)
	made.keep()
	clocked.set_clock(to_us(at - timedelta(days=1, minutes=60)))
	wait_until(lambda: any("Reply YES to confirm." in text for text in made.got()), what="the reminder")
	return made


@pytest.mark.parametrize("words", ["Yes.", "y!", "ok 👍", "CONFIRM please"])
def test_a_yes_by_text_confirms(sarah: Sarah, words: str) -> None:
	sarah.texts(words)

	assert sarah.cards() == [sarah.when]
	line = f"{sarah.name} confirmed {sarah.when}"
	wait_until(lambda: sarah.told("confirmed") == [line])
	wait_until(lambda: sarah.told(words))
	assert len(sarah.got()) == 1


@pytest.mark.parametrize("words", ["yes but later?", "no", "what time?"])
def test_what_is_no_yes_is_a_message_like_any_other(sarah: Sarah, words: str) -> None:
	sarah.texts(words)

	wait_until(lambda: sarah.told(words))
	assert sarah.cards() == []
	assert not sarah.told("confirmed")


def test_a_yes_on_the_page_confirms(sarah: Sarah) -> None:
	sarah.browser.reply("Yep")
	assert sarah.cards() == [sarah.when]


def test_a_yes_by_mail_confirms(sarah: Sarah) -> None:
	sarah.host.staff.do("send", customer=sarah.browser.customer, text="Hello", channel="email")
	letter = wait_until(lambda: sarah.host.mails_to(sarah.address))[0]
	to = reply_token(letter)
	sarah.host.take(mail(sarah.address, to, f"Confirmed, thanks\n\n{sarah.name}"), to)
	wait_until(lambda: sarah.cards() == [sarah.when])


def test_a_yes_to_one_that_was_moved_hears_the_new_time(sarah: Sarah) -> None:
	before = sarah.when
	sarah.move(28)
	sarah.texts("yes")

	assert sarah.cards() == []
	moved = (
		f"That visit was moved. It is now {sarah.at:%A, %B} {sarah.at.day} at 2:00pm. Reply YES to confirm."
	)
	wait_until(lambda: sarah.got()[1:] == [moved])
	wait_until(lambda: sarah.told(f"about {before}. It was moved to {sarah.when} since"))

	sarah.texts("yes")
	assert sarah.cards() == [sarah.when]


def test_a_yes_to_one_that_was_cancelled_confirms_nothing(sarah: Sarah) -> None:
	sarah.keep(state="Cancelled")
	sarah.texts("yes")
	sarah.texts("yes")

	assert sarah.cards() == []
	wait_until(lambda: sarah.got()[1:] == ["That visit was cancelled."])
	stays(lambda: len(sarah.got()) == 2)


def test_a_yes_to_one_that_is_over_confirms_nothing(sarah: Sarah) -> None:
	sarah.host.set_clock(to_us(sarah.at + timedelta(hours=3)))
	sarah.texts("yes")

	wait_until(lambda: sarah.told("Its time is over"))
	assert sarah.cards() == []
	assert len(sarah.got()) == 1


def test_of_two_questions_the_newest_counts(sarah: Sarah) -> None:
	first = sarah.when
	later = sarah.at + timedelta(days=1)
	sarah.keep(f"{sarah.key} later", starts_at=later.isoformat())
	sarah.host.set_clock(to_us(later - timedelta(days=1, minutes=60)))
	wait_until(lambda: len(sarah.got()) == 2)
	sarah.texts("yes")

	newest = f"{later:%a %b} {later.day}, 10:00am"
	assert sarah.cards() == [newest]
	wait_until(lambda: sarah.told("confirmed") == [f"{sarah.name} confirmed {newest}"])
	sarah.texts("yes")
	assert sarah.cards() == [newest, first]


def test_cancel_changes_nothing_and_says_that_it_stops_texts(sarah: Sarah) -> None:
	sarah.texts("CANCEL")

	line = (
		f"{sarah.name} wrote “CANCEL” about {sarah.when}. Nothing was changed, and their phone takes no more texts "
		"from you: CANCEL is also an opt-out word."
	)
	wait_until(lambda: sarah.told("opt-out word") == [line])
	assert [entry["card"]["type"] for entry in sarah.browser.entries() if entry["card"]] == [
		"Appointment scheduled"
	]
	assert len(sarah.got()) == 1


def test_a_move_takes_back_that_it_was_confirmed(sarah: Sarah) -> None:
	sarah.texts("yes")
	assert sarah.cards() == [sarah.when]
	sarah.move(2)
	assert sarah.cards() == []
